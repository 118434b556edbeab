/** A bar on standard error for input that takes a while; nothing where nobody watches. */
import type { CommandIo } from './command.ts';

export interface Progress {
  /** `bytes` so far; records and faults since the last call. */
  step(bytes: number, records: number, faults: number): void;
  /** A line for standard error, with the bar out of its way. */
  say(line: string): void;
  /** Takes the bar off the screen. */
  end(): void;
}

export interface ProgressOptions {
  /** Size of the input; null when it cannot be known. */
  readonly totalBytes: number | null;
  /** Whether results go to the same terminal as they come, where a bar would only be in the way. */
  readonly printsAlong: boolean;
  readonly json: boolean;
  readonly now?: () => number;
}

const firstAfterMs = 500;
const everyMs = 100;
const barWidth = 24;

export function createProgress(io: CommandIo, options: ProgressOptions): Progress {
  const screen = options.json || (options.printsAlong && io.screen?.isOutput === true) ? null : (io.screen ?? null);
  const now = options.now ?? Date.now;
  const began = now();
  let next = began + firstAfterMs;
  let isDrawn = false;
  const seen = { bytes: 0, records: 0, faults: 0 };
  const clear = (): void => {
    if (isDrawn) screen?.draw('\r\u001b[K');
    isDrawn = false;
  };
  return {
    step: (bytes, records, faults) => {
      seen.bytes = bytes;
      seen.records += records;
      seen.faults += faults;
      if (screen === null || now() < next) return;
      const line = progressLine(seen, options.totalBytes, now() - began);
      screen.draw(`\r${line.slice(0, Math.max(10, screen.columns - 1))}\u001b[K`);
      isDrawn = true;
      next = now() + everyMs;
    },
    say: (line) => {
      clear();
      io.err(line);
    },
    end: clear,
  };
}

function progressLine(
  seen: { readonly bytes: number; readonly records: number; readonly faults: number },
  totalBytes: number | null,
  elapsedMs: number,
): string {
  const rate = Math.round((seen.records * 1000) / Math.max(1, elapsedMs));
  const counts = `${seen.records.toLocaleString('en')} records  ${rate.toLocaleString('en')}/s`;
  const faults = seen.faults === 0 ? '' : `  ${seen.faults.toLocaleString('en')} unreadable`;
  if (totalBytes === null || totalBytes === 0) return `${counts}${faults}`;
  const share = Math.min(1, seen.bytes / totalBytes);
  const filled = Math.round(share * barWidth);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
  const left = Math.round(((elapsedMs / 1000) * (1 - share)) / Math.max(share, 0.001));
  return `${bar} ${Math.floor(share * 100)} %  ${counts}  ${left} s left${faults}`;
}
