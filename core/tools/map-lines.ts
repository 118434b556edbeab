/** Bytes to lines to records, without ever holding more than one line and one chunk. */
import type { JsonObject } from '#core/contract/json.ts';
import { jsonFaultAt } from './map-json-fault.ts';

/** A line of input: the record it holds, or why it holds none. */
export type Line = { readonly line: number; readonly record: JsonObject } | LineFault;
export interface LineFault {
  readonly line: number;
  /** Counts characters from 1. */
  readonly column: number;
  readonly message: string;
  readonly mend: string;
  /** The line, cut to a readable width, and a caret under the place. */
  readonly excerpt: string;
}

export function isFault(line: Line): line is LineFault {
  return 'message' in line;
}

/** A line longer than this is no record; reading on would only fill the memory. */
const maxLineBytes = 16 * 1024 * 1024;
const excerptWidth = 100;
const newline = 0x0a;

/** Splits chunks at line feeds. `push` gives the lines a chunk completes, `end` the last one if it was left open. */
export function createLineSplitter(): { push(chunk: Uint8Array): Line[]; end(): Line[] } {
  let rest: Buffer[] = [];
  let held = 0;
  let number = 0;
  const finish = (last: Uint8Array): Line[] => {
    number += 1;
    const size = held + last.length;
    const bytes = size > maxLineBytes ? null : rest.length === 0 ? last : Buffer.concat([...rest, last]);
    rest = [];
    held = 0;
    if (bytes === null) return [tooLong(number)];
    const line = readLine(bytes, number);
    return line === null ? [] : [line];
  };
  return {
    push: (chunk) => {
      const lines: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        lines.push(...finish(chunk.subarray(start, end)));
        start = end + 1;
      }
      held += chunk.length - start;
      // What is too long already is only counted; a copy, because streams use their buffers again.
      if (held > maxLineBytes) rest = [];
      else if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)));
      return lines;
    },
    end: () => (held === 0 ? [] : finish(new Uint8Array())),
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Null for a blank line. */
function readLine(bytes: Uint8Array, line: number): Line | null {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    const mend = 'Save the file as UTF-8.';
    return fault(Buffer.from(bytes).toString('latin1'), { line, at: 0, message: 'The line is not UTF-8.', mend });
  }
  return text.trim() === '' ? null : readText(text.trimEnd(), line);
}

function readText(text: string, line: number): Line {
  try {
    return asRecord(JSON.parse(text), text, line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = jsonFaultAt(text);
    const what = at >= text.length ? 'The line ends in the middle of its JSON.' : 'The line is not JSON.';
    const isOpening = /^\s*[[{]\s*$/.test(text);
    const mend = isOpening
      ? 'This looks like one JSON text over several lines: save it as a .json file and name that.'
      : 'Write one record a line: { "field": "value" }.';
    return fault(text, { line, at, message: what, mend });
  }
}

/** Any parsed JSON as a line; only an object is a record. */
export function asRecord(value: unknown, text: string, line: number): Line {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject) return { line, record: value as JsonObject };
  const mend = 'A record is written { "field": "value" }.';
  return fault(text, { line, at: text.length - text.trimStart().length, message: 'This is no JSON object.', mend });
}

function tooLong(line: number): LineFault {
  const message = `The line is longer than ${maxLineBytes / 1024 / 1024} MB.`;
  return fault('', { line, at: 0, message, mend: 'Write one record a line.' });
}

function fault(text: string, what: { line: number; at: number; message: string; mend: string }): LineFault {
  const { line, at, message, mend } = what;
  const from = Math.max(0, at - Math.floor(excerptWidth / 2));
  const margin = `${line} | `;
  const shown = text.slice(from, from + excerptWidth).replaceAll(/\p{Cc}/gu, ' ');
  return {
    line,
    column: at + 1,
    message,
    mend,
    excerpt: `${margin}${shown}\n${' '.repeat(margin.length + at - from)}^`,
  };
}
