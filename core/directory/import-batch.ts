/** Rows in batches that can be stored at once: two rows that may mean the same contact are never in one. Pure. */
import { HubError } from '#core/contract/errors.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { emptyDraft } from './contact-change.ts';
import type { ImportRow } from './import-row.ts';
import { twinAsk } from './twin.ts';

const batchRows = 500;

export async function* batchesOf(
  rows: AsyncIterable<ImportRow>,
  habits: Partial<NumberHabits>,
): AsyncGenerator<ImportRow[]> {
  let batch: ImportRow[] = [];
  let keys = new Set<string>();
  for await (const row of rows) {
    const own = keysOf(row, habits);
    if (batch.length >= batchRows || own.some((key) => keys.has(key))) {
      yield batch;
      batch = [];
      keys = new Set();
    }
    batch.push(row);
    for (const key of own) keys.add(key);
  }
  if (batch.length > 0) yield batch;
}

function keysOf(row: ImportRow, habits: Partial<NumberHabits>): string[] {
  if (row.isRejected) return [];
  const { emailKeys, e164s, sortKey } = twinAsk(0, row.externalId, { ...emptyDraft, ...row.patch }, habits);
  return [
    ...(row.externalId === null ? [] : [`id ${row.externalId}`]),
    ...emailKeys.map((address) => `email ${address}`),
    ...e164s.map((e164) => `number ${e164} ${sortKey}`),
  ];
}

/** No contact is this long; a file without line ends is something else. */
const longestLine = 1_000_000;

/**
 * About how many records a text has; quoted line ends make it a little high. Refuses a line that would have to be held
 * in memory whole.
 */
export function countLines(text: string): number {
  let lines = 0;
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end - start > longestLine) {
      const where = `Line ${lines + 1} has ${end - start} characters; at most ${longestLine} are read.`;
      throw new HubError('input.invalid', `${where} Is this a CSV file?`, { field: 'csv' });
    }
    lines += 1;
    start = end + 1;
  }
  return Math.max(0, lines - 1);
}
