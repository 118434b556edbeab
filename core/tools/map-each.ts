/** One pass over the input of a `map` command: every record is visited, every unreadable line named, all of it counted. */
import type { JsonObject } from '#core/contract/json.ts';
import type { CommandIo } from './command.ts';
import { isFault, type LineFault } from './map-lines.ts';
import { createProgress, type Progress } from './map-progress.ts';
import { faultTitle, openRecords, renderFault } from './map-records.ts';

export interface EachOptions {
  readonly json: boolean;
  /** Whether `visit` prints; a bar is then drawn only where the output does not go to the same terminal. */
  readonly printsAlong: boolean;
  visit(record: JsonObject, line: number): void;
}

/** After so many, a fault gets one line instead of four. */
const shownInFull = 20;

export async function forEachRecord(
  file: string | undefined,
  io: CommandIo,
  options: EachOptions,
): Promise<{ records: number; faults: number }> {
  const { name, totalBytes, batches } = openRecords(file, io);
  const progress = createProgress(io, { totalBytes, printsAlong: options.printsAlong, json: options.json });
  const count = { records: 0, faults: 0 };
  const isRow = options.json && options.printsAlong;
  try {
    for await (const { lines, bytes } of batches) {
      const before = { ...count };
      for (const line of lines) {
        if (isFault(line)) {
          count.faults += 1;
          report(line, { name, io, progress, isRow, isFull: count.faults <= shownInFull });
        } else {
          count.records += 1;
          options.visit(line.record, line.line);
        }
      }
      progress.step(bytes, count.records - before.records, count.faults - before.faults);
      await io.drained?.();
    }
  } finally {
    progress.end();
  }
  if (count.faults > 0 && !isRow) {
    io.err(`${count.records} records read, ${count.faults} lines could not be read.`);
  }
  return count;
}

interface Reporting {
  readonly name: string;
  readonly io: CommandIo;
  readonly progress: Progress;
  /** Among results that are rows of JSON it is one of them, so that nothing read is missing there. */
  readonly isRow: boolean;
  readonly isFull: boolean;
}

function report(fault: LineFault, { name, io, progress, isRow, isFull }: Reporting): void {
  const { line, column, message, mend } = fault;
  if (isRow) io.out(JSON.stringify({ line, error: { code: 'record.unreadable', column, message, mend } }));
  else progress.say(isFull ? renderFault(fault, name) : faultTitle(fault, name));
}
