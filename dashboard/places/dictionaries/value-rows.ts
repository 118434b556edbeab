/** The rows of a value table inside its text: read for a form, changed in place, comments kept. Pure. */
import { z } from 'zod';
import { isMap, isSeq, parseDocument, type Document } from 'yaml';

export const sides = ['record', 'entity'] as const;
export type TableSide = (typeof sides)[number];
export type ValueRow = Readonly<Record<TableSide, readonly string[]>>;
export interface ValueTable {
  readonly rows: readonly ValueRow[];
  readonly default: Readonly<Record<TableSide, string>>;
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const cell = z.union([scalar, z.array(scalar)]).optional();
const table = z.looseObject({
  rows: z.array(z.looseObject({ record: cell, entity: cell })),
  default: z.looseObject({ record: scalar.optional(), entity: scalar.optional() }).nullish(),
});

/** Null while the text cannot be shown as a table. */
export function readTable(text: string): ValueTable | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const parsed = table.safeParse(plainOf(document)).data;
  if (parsed === undefined) return null;
  return {
    rows: parsed.rows.map(({ record, entity }) => ({ record: wordsOf(record), entity: wordsOf(entity) })),
    default: { record: String(parsed.default?.record ?? ''), entity: String(parsed.default?.entity ?? '') },
  };
}

function plainOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

const wordsOf = (value: z.output<typeof cell>): string[] =>
  value === undefined || value === null ? [] : [value].flat().map(String);

export function withCell(text: string, index: number, { side, words }: { side: TableSide; words: readonly string[] }) {
  return changed(text, (document) => {
    const row = document.getIn(['rows', index], true);
    if (!isMap(row)) return;
    // A value that is kept stays what it was: `4` must not become a text.
    const held = new Map(cellOf(row.toJSON(), side).map((value) => [String(value), value]));
    const next = words.map((word) => held.get(word) ?? word);
    row.set(side, document.createNode(next.length === 1 ? next[0] : next, { flow: true }));
  });
}

function cellOf(row: unknown, side: TableSide): readonly z.output<typeof scalar>[] {
  const parsed = z.looseObject({ [side]: cell }).safeParse(row).data?.[side];
  const value = cell.safeParse(parsed).data;
  return value === undefined ? [] : [value].flat();
}

export function withNewRow(text: string): string {
  return changed(text, (document) => {
    const rows = document.get('rows', true);
    if (isSeq(rows)) rows.items.push(document.createNode({ record: '', entity: '' }, { flow: true }));
  });
}

export function withoutRow(text: string, index: number): string {
  return changed(text, (document) => document.deleteIn(['rows', index]));
}

export function withDefault(text: string, side: TableSide, word: string): string {
  return changed(text, (document) => {
    if (word !== '') {
      if (!isMap(document.get('default', true))) document.set('default', document.createNode({}, { flow: true }));
      document.setIn(['default', side], word);
      return;
    }
    document.deleteIn(['default', side]);
    const rest = document.get('default', true);
    if (isMap(rest) && rest.items.length === 0) document.delete('default');
  });
}

function changed(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  change(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
