/** One hub per data folder. A lock left by a killed hub is recognised by its pid and start time, and taken over. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HubError } from '#core/contract/errors.ts';
import { isAlive, startTicks } from './processes.ts';

export interface FolderLock {
  release(): void;
}

export function lockFolder(dataDir: string): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'hub.pid');
  const mine = `${process.pid}\n${startTicks(process.pid) ?? ''}\n`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (tryLink(draft, file)) return { release: () => releaseIfMine(file, mine) };
      const held = readHolder(file);
      if (held !== null && isHolderAlive(held)) throw refusal(dataDir, held.pid);
      // Moved, not deleted: if another starter took over meanwhile, its lock is what we find and put back.
      setAside(file, draft);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw refusal(dataDir, 0);
}

interface Holder {
  readonly pid: number;
  readonly ticks: string;
}

function readHolder(file: string): Holder | null {
  try {
    const [pid, ticks] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), ticks: ticks ?? '' };
  } catch {
    return null;
  }
}

function isHolderAlive({ pid, ticks }: Holder): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  const now = startTicks(pid);
  return now === null || ticks === '' ? pid !== process.pid : now === ticks;
}

/** A hard link appears at once with its content, and fails when the name exists: an atomic "create if absent". */
function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function setAside(file: string, draft: string): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== null && isHolderAlive(moved)) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function releaseIfMine(file: string, mine: string): void {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true });
  } catch {
    // Someone removed the folder; nothing is left to release.
  }
}

function refusal(dataDir: string, pid: number): HubError {
  const who = pid > 0 ? `Another hub (process ${pid})` : 'Another hub';
  return new HubError(
    'config.invalid',
    `${who} is already running on the data folder ${dataDir}. Stop it first, or give this one its own folder with ` +
      'TIELINE_DATA_DIR.',
  );
}
