/** Rows in batches that can be stored at once: two rows that may mean the same contact are never in one. Pure. */
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

/** About how many records a text has; quoted line ends make it a little high. */
export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return Math.max(0, text.endsWith('\n') ? lines - 1 : lines);
}
