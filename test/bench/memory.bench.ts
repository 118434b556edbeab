/** What the hub process itself holds when nothing happens: built, on its embedded PostgreSQL (which is not counted). */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubProcess } from '../faults/hub-process.ts';
import { figure, finish } from './figure.ts';

const idleSecs = 20;
const dataDir = mkdtempSync(path.join(tmpdir(), 'tieline-memory-'));

/** Megabytes of a field of `/proc/<pid>/status`, which counts in kibibytes. */
function megabytes(status: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
  return found === null ? Number.NaN : (Number(found[1]) * 1024) / 1e6;
}

const hub = await HubProcess.start({ dataDir });
try {
  await sleep(idleSecs * 1000);
  const status = readFileSync(`/proc/${hub.pid}/status`, 'utf8');
  figure('idle_rss', megabytes(status, 'VmRSS'), 'MB', '<250');
  figure('idle_rss_peak', megabytes(status, 'VmHWM'), 'MB');
} finally {
  await hub.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
finish();
