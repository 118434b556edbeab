/** The records a `map` command is given: lines of JSON, or one JSON text with an object or a list, from a file or stdin. */
import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { CommandIo } from './command.ts';
import { asRecord, createLineSplitter, isFault, type Line, type LineFault } from './map-lines.ts';
import { jsonFaultAt } from './map-json-fault.ts';

export interface Batch {
  readonly lines: readonly Line[];
  /** Read so far, this batch included. */
  readonly bytes: number;
}
export interface Input {
  /** `stdin`, or the file as it was named. */
  readonly name: string;
  readonly totalBytes: number | null;
  /** A chunk at a time; the next one is read when it is asked for. */
  readonly batches: AsyncIterable<Batch>;
}

/** A whole JSON text has to fit into memory several times over. */
const maxWholeBytes = 256 * 1024 * 1024;

export function openRecords(file: string | undefined, io: CommandIo): Input {
  if (file === undefined || file === '-') {
    return { name: 'stdin', totalBytes: null, batches: linesOf(io.input ?? process.stdin) };
  }
  const path = resolve(io.cwd, file);
  const size = statSync(path, { throwIfNoEntry: false });
  if (size?.isDirectory() !== false) {
    throw new HubError('input.invalid', `There is no file ${file} in ${io.cwd}. Name a file with one record a line.`);
  }
  const batches = file.endsWith('.json') ? whole(path, file, size.size) : linesOf(createReadStream(path));
  return { name: file, totalBytes: size.size, batches };
}

/** The same, record by record, for commands that cannot do with a part: the first unreadable line ends it. */
export async function* readRecords(file: string | undefined, io: CommandIo): AsyncGenerator<JsonObject> {
  const input = openRecords(file, io);
  for await (const { lines } of input.batches) {
    for (const line of lines) {
      if (isFault(line)) throw new HubError('input.invalid', renderFault(line, input.name));
      yield line.record;
    }
  }
}

export function renderFault(fault: LineFault, name: string): string {
  return `${faultTitle(fault, name)}\n${fault.excerpt}\n  mend: ${fault.mend}`;
}

export function faultTitle(fault: LineFault, name: string): string {
  return `${name}:${fault.line}:${fault.column} error record.unreadable: ${fault.message}`;
}

async function* linesOf(input: Readable): AsyncGenerator<Batch> {
  const splitter = createLineSplitter();
  let bytes = 0;
  for await (const chunk of input) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    bytes += data.length;
    yield { lines: splitter.push(data), bytes };
  }
  yield { lines: splitter.end(), bytes };
}

async function* whole(path: string, name: string, bytes: number): AsyncGenerator<Batch> {
  if (bytes > maxWholeBytes) {
    const message = `${name} is too large to be read as one JSON text. Write one record a line and name it .ndjson.`;
    throw new HubError('input.tooLarge', message);
  }
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const at = jsonFaultAt(text);
    const before = text.slice(0, at).split('\n');
    const place = `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    const message = `${place} is not JSON. Give a record or a list of them, or one record a line in an .ndjson file.`;
    throw new HubError('input.invalid', message, { cause });
  }
  const records: unknown[] = Array.isArray(value) ? value : [value];
  yield { lines: records.map((record, index) => asRecord(record, JSON.stringify(record), index + 1)), bytes };
}
