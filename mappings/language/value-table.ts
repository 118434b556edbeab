import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { longestLine } from './limits.ts';

const cell = z.union([z.string(), z.number(), z.boolean()]);
const cells = z.union([cell, z.array(cell).min(1).max(200)]);
const localText = z.record(z.string(), z.string());

/**
 * A two-way table of values. In a row, the first value of each side is the one written; the others are only understood.
 * So `{ record: [Urgent, 紧急], entity: urgent }` reads both and writes `Urgent`.
 */
export const valueTableSchema = z.strictObject({
  values: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is a kebab-case name'),
  title: localText.optional(),
  ignoreCase: z.boolean().default(true),
  rows: z
    .array(z.strictObject({ record: cells, entity: cells }))
    .min(1)
    .max(5000),
  default: z.strictObject({ record: cell.nullable().optional(), entity: cell.nullable().optional() }).optional(),
});
export type ValueTableDefinition = z.output<typeof valueTableSchema>;
export const inlineTableSchema = valueTableSchema.omit({ values: true, title: true });

export type Cell = string | number | boolean;
export interface ValueTable {
  readonly name: string;
  readonly toEntity: Column;
  readonly toRecord: Column;
  /** Keys that stand in two rows of the same side, where the later row could never be reached. */
  readonly ambiguous: readonly string[];
  /** As written: what each row understands, the value it writes first. */
  readonly rows: readonly { readonly record: readonly Cell[]; readonly entity: readonly Cell[] }[];
}
export interface Column {
  /** `undefined` = no row. */
  find(value: JsonValue): { readonly value: Cell; readonly row: number } | undefined;
  /** `undefined` = no default. */
  readonly otherwise: Cell | null | undefined;
  /** Everything that has a row, as written in the table. */
  readonly cells: readonly Cell[];
}

export function buildValueTable(definition: Omit<ValueTableDefinition, 'values' | 'title'>, name: string): ValueTable {
  const ambiguous: string[] = [];
  const column = (from: 'record' | 'entity', to: 'record' | 'entity'): Column => {
    const found = new Map<string, { value: Cell; row: number }>();
    /** Texts as the table spells them: most values are, and need no folding. */
    const spelled = new Map<JsonValue, { value: Cell; row: number }>();
    definition.rows.forEach((row, index) => {
      const [written = ''] = listOf(row[to]);
      for (const key of listOf(row[from]).map((value) => keyOf(value, definition.ignoreCase))) {
        if (found.has(key)) ambiguous.push(`${from} ${key}`);
        else found.set(key, { value: written, row: index });
      }
    });
    for (const cell of definition.rows.flatMap((row) => listOf(row[from]))) {
      const held = found.get(keyOf(cell, definition.ignoreCase));
      if (typeof cell === 'string' && held !== undefined) spelled.set(cell, held);
    }
    return {
      find: (value) =>
        spelled.get(value) ?? (isFoldable(value) ? found.get(keyOf(value, definition.ignoreCase)) : undefined),
      otherwise: definition.default?.[to],
      cells: definition.rows.flatMap((row) => listOf(row[from])),
    };
  };
  const toEntity = column('record', 'entity');
  const toRecord = column('entity', 'record');
  const rows = definition.rows.map((row) => ({ record: listOf(row.record), entity: listOf(row.entity) }));
  return { name, toEntity, toRecord, ambiguous, rows };
}

function isFoldable(value: JsonValue): value is Cell {
  return typeof value === 'string' ? value.length <= longestLine : typeof value !== 'object';
}

function listOf(value: Cell | Cell[]): Cell[] {
  return Array.isArray(value) ? value : [value];
}

/** Nothing to trim, nothing to fold: most values of most tables. */
const plainAscii = /^[!-~](?:[ -~]*[!-~])?$/;

/** Full-width letters and surrounding blanks never tell two picklist values apart. */
function keyOf(value: Cell, ignoreCase: boolean): string {
  if (typeof value === 'string' && plainAscii.test(value)) return ignoreCase ? value.toLowerCase() : value;
  const text = String(value).normalize('NFKC').trim();
  return ignoreCase ? text.toLowerCase() : text;
}
