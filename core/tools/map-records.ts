/** The records a `map` command is given: lines of JSON, or one JSON text with an object or a list, from a file or stdin. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HubError } from '#core/contract/errors.ts';
import { type JsonObject, jsonObject } from '#core/contract/json.ts';
import type { CommandIo } from './command.ts';

/** One at a time, so that a file larger than memory can be mapped. */
export async function* readRecords(file: string | undefined, io: CommandIo): AsyncGenerator<JsonObject> {
  if (file?.endsWith('.json') === true) {
    const whole: unknown = parse(await readFile(resolve(io.cwd, file), 'utf8'), file);
    for (const [index, record] of (Array.isArray(whole) ? whole : [whole]).entries()) {
      yield asRecord(record, `${file} record ${index + 1}`);
    }
    return;
  }
  const input: Readable =
    file === undefined || file === '-' ? process.stdin : createReadStream(resolve(io.cwd, file), 'utf8');
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const place = `${file ?? 'stdin'} line ${line}`;
    if (text.trim() !== '') yield asRecord(parse(text, place), place);
  }
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${place} is not JSON. Give one record a line, or a .json file with a record or a list of them.`;
    throw new HubError('input.invalid', message, { cause });
  }
}

function asRecord(value: unknown, place: string): JsonObject {
  const parsed = jsonObject.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HubError('input.invalid', `${place} is no JSON object; a record is written { "field": value, … }.`);
}
