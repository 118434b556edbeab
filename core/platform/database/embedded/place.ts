import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '../../ids.ts';
import type { Binaries } from './binaries.ts';
import { canReach, type RunAs } from './run-as.ts';

export interface Place {
  readonly binariesRoot: string;
  /** Where a new cluster goes; an existing one is found through postgres.json. */
  readonly cluster: string;
}

/** Used only when the hub is root and its checkout lies where nobody else may look, as under /root. */
const shelter = '/var/lib/tieline';

export function placeFor(binaries: Binaries, dataDir: string, runAs: RunAs | null): Place {
  const inside = path.join(dataDir, 'postgres');
  if (runAs === null) return { binariesRoot: binaries.root, cluster: inside };
  const binariesRoot = canReach(runAs, path.join(binaries.root, 'bin')) ? binaries.root : shelteredCopy(binaries);
  if (canReach(runAs, dataDir)) return { binariesRoot, cluster: inside };
  makeShelter();
  // A fresh name: whoever deletes the data folder to start afresh must not meet the old database again.
  return { binariesRoot, cluster: path.join(shelter, `postgres-${newId()}`) };
}

/** Copied under another name first, so that a copy that was cut short is never used. */
function shelteredCopy(binaries: Binaries): string {
  const copy = path.join(shelter, `programs-${os.arch()}-${versionMark(binaries)}`);
  if (existsSync(copy)) return copy;
  makeShelter();
  const draft = `${copy}.${process.pid}`;
  cpSync(binaries.root, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

function makeShelter(): void {
  mkdirSync(shelter, { recursive: true });
  chmodSync(shelter, 0o711);
}

/** Changes with every release of the binaries, because their package is unpacked anew. */
function versionMark(binaries: Binaries): string {
  const { size, mtimeMs } = statSync(binaries.postgres);
  return `${size}-${Math.round(mtimeMs)}`;
}
