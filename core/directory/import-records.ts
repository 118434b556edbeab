/** The records of a CSV text that comes in pieces, one by one, in constant memory. */
import { Readable } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { HubError } from '#core/contract/errors.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file the record ends on, from 1. */
  readonly line: number;
}

/** A record this long has lost a quotation mark somewhere. */
const longestRecord = 200_000;

const options: Options = {
  bom: true,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: longestRecord,
  // Found out by itself it would be the first one only, and files glued together mix them.
  record_delimiter: ['\r\n', '\n', '\r'],
};

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The first records of a text that may end anywhere; what follows a lost quotation mark is left out. */
export function firstCsvRecords(text: string, delimiter: string, count: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  const keep = (parsed: unknown): null => {
    const { record, info } = parsed as Parsed;
    records.push({ cells: record, line: info.lines });
    return null;
  };
  try {
    parseNow(text, { ...options, delimiter, to: count, on_record: keep });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records;
}

/** Pieces must not cut a character in two. Throws `input.invalid` with the line at fault when the text is no CSV from there on. */
export async function* csvRecords(
  pieces: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  const parser = parse({ ...options, delimiter });
  const source = Readable.from(pieces, { objectMode: false, encoding: 'utf-8' });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const item of parser) {
      const { record, info } = item as Parsed;
      yield { cells: record, line: info.lines };
    }
  } catch (error) {
    throw csvProblem(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function csvProblem(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const { lines: line = 0 } = error as { lines?: number };
  const isQuote = error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED';
  const what = isQuote ? 'A quotation mark is opened and never closed' : `This is no CSV any more (${error.code})`;
  return new HubError('input.invalid', `${what}, near line ${line}. Mend the file there and import it again.`, {
    field: 'csv',
  });
}
