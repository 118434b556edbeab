import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import type { Dictionary } from './dictionary.ts';
import { isObject } from './path.ts';
import type { Cell, Column, ValueTable } from './value-table.ts';

export type RowChange = DictionaryDiff['rows'][number];
export type Tables = ReadonlyMap<string, ValueTable>;

/** The names of shared tables its steps look things up in, also inside steps that hold steps. */
export function tablesUsedBy(dictionary: Dictionary): Set<string> {
  const names = new Set<string>();
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isObject(value)) return;
    const { values } = value;
    const table = isObject(values ?? null) ? (values as JsonObject)['table'] : values;
    if (typeof table === 'string') names.add(table);
    Object.values(value).forEach(visit);
  };
  for (const rule of dictionary.rules) visit([...rule.steps, ...(rule.back ?? [])] as JsonValue);
  return names;
}

/** Rows that came, went or changed. A row is known again by any value the two have in common. */
export function diffTables(name: string, tables: { readonly before: Tables; readonly after: Tables }): RowChange[] {
  const before = rowsOf(tables.before.get(name));
  const after = rowsOf(tables.after.get(name));
  const gone = before.filter((row) => !after.some((other) => isDeepStrictEqual(row, other)));
  const come = after.filter((row) => !before.some((other) => isDeepStrictEqual(row, other)));
  const changes = come.map((row): RowChange => {
    const index = gone.findIndex((other) => isAlike(row, other));
    const [former] = index === -1 ? [] : gone.splice(index, 1);
    return { table: name, after: row, ...(former === undefined ? {} : { before: former }) };
  });
  return [...changes, ...gone.map((row) => ({ table: name, before: row }))];
}

type Row = { record: Cell[]; entity: Cell[] } | { default: JsonObject };

function rowsOf(table: ValueTable | undefined): Row[] {
  if (table === undefined) return [];
  const rows = new Map<number, { record: Cell[]; entity: Cell[] }>();
  const gather = (column: Column, side: 'record' | 'entity'): void => {
    for (const cell of column.cells) {
      const found = column.find(cell);
      if (found === undefined) continue;
      const row = rows.get(found.row) ?? { record: [], entity: [] };
      row[side].push(cell);
      rows.set(found.row, row);
    }
  };
  gather(table.toEntity, 'record');
  gather(table.toRecord, 'entity');
  const { otherwise: entity } = table.toEntity;
  const { otherwise: record } = table.toRecord;
  const standIn = { ...(entity === undefined ? {} : { entity }), ...(record === undefined ? {} : { record }) };
  return [...rows.values(), ...(Object.keys(standIn).length === 0 ? [] : [{ default: standIn }])];
}

function isAlike(left: Row, right: Row): boolean {
  if ('default' in left || 'default' in right) return 'default' in left && 'default' in right;
  return (
    left.record.some((cell) => right.record.includes(cell)) || left.entity.some((cell) => right.entity.includes(cell))
  );
}
