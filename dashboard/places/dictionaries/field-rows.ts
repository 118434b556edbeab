/** The two columns of fields a dictionary joins, as rows in the order they are shown. Pure. */
import { entityFields, type EntityField, type EntityKind } from '#core/contract/entities.ts';
import type { DescribedField } from '#core/contract/connector.ts';

export interface FieldRow {
  readonly path: string;
  readonly label: string;
  readonly type: string;
  readonly depth: number;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isDeprecated: boolean;
  /** False for a path that rules use and no description knows. */
  readonly isKnown: boolean;
}

const plainRow = { depth: 0, isRequired: false, isReadOnly: false, isDeprecated: false, isKnown: true };

/**
 * Fields in the order of the rules that used them when the page was opened, then the rest as described: lines cross
 * less, and nothing moves while someone works.
 */
export function recordRows(
  fields: readonly DescribedField[],
  used: readonly string[],
  order: readonly string[],
): readonly FieldRow[] {
  const known = new Set(fields.map((field) => field.name));
  const rows = fields.map((field): FieldRow => ({
    ...plainRow,
    path: field.name,
    label: field.label,
    type: field.type,
    isRequired: field.required === true,
    isReadOnly: field.readOnly === true,
    isDeprecated: field.deprecated === true,
  }));
  const strangers = [...new Set(used)]
    .filter((path) => !known.has(path))
    .map((path) => strangerRow(path, fields.length > 0));
  const place = new Map([...new Set(order)].map((path, index) => [path, index]));
  const placeOf = (row: FieldRow) => place.get(row.path) ?? order.length;
  return [...rows, ...strangers].toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Where no description is at hand, a used path is as good as known. */
function strangerRow(path: string, isDescribed: boolean): FieldRow {
  return { ...plainRow, path, label: path, type: '', isKnown: !isDescribed };
}

/** `labelOf` gives a path its name in the reader's language. */
export function entityRows(
  kind: EntityKind,
  used: readonly string[],
  labelOf: (path: string) => string,
): readonly FieldRow[] {
  const rows = entityFields[kind]
    .flatMap((field) => rowsOf(field, { path: field.name, depth: 0 }))
    .map((row) => ({ ...row, label: labelOf(row.path) }));
  const shown = new Set(rows.map((row) => row.path));
  for (const path of new Set(used)) {
    if (shown.has(path)) continue;
    const root = /^[^.[]*/u.exec(path)?.[0] ?? path;
    const last = rows.findLastIndex(
      (row) => row.path === root || (/^[.[]/u.test(row.path.slice(root.length)) && row.path.startsWith(root)),
    );
    const isKnown = last >= 0;
    const row: FieldRow = { ...plainRow, path, label: labelOf(path), type: '', depth: isKnown ? 1 : 0, isKnown };
    rows.splice(isKnown ? last + 1 : rows.length, 0, row);
  }
  return rows;
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

function rowsOf(field: EntityField, { path, depth }: Place): FieldRow[] {
  const own: FieldRow = {
    ...plainRow,
    path,
    depth,
    label: path,
    type: field.type,
    isRequired: field.required === true && depth === 0,
  };
  if (field.of === undefined) return [own];
  const inner = field.of;
  if (field.type === 'object') {
    return [own, ...inner.flatMap((part) => rowsOf(part, { path: `${path}.${part.name}`, depth: depth + 1 }))];
  }
  return [own, ...elementsOf(path, inner).flatMap(({ at, part }) => rowsOf(part, { path: at, depth: depth + 1 }))];
}

/** Labelled lists offer one place for each label, others their first element. */
function elementsOf(path: string, inner: readonly EntityField[]): readonly { at: string; part: EntityField }[] {
  const labels = inner.find((part) => part.name === 'label')?.values ?? [];
  return inner
    .filter((part) => part.name !== 'label')
    .flatMap((part) =>
      labels.length === 0
        ? [{ at: `${path}[0].${part.name}`, part }]
        : labels.map((label) => ({ at: `${path}[label=${label}].${part.name}`, part })),
    );
}

export function matchingRows(rows: readonly FieldRow[], search: string, isShown: (row: FieldRow) => boolean) {
  const wanted = search.trim().toLowerCase();
  return rows.filter(
    (row) => isShown(row) && (wanted === '' || `${row.label} ${row.path} ${row.type}`.toLowerCase().includes(wanted)),
  );
}
