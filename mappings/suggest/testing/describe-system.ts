import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import type { EntityKind, FieldType } from '#core/contract/entities.ts';

export interface OtherSystem {
  readonly name: string;
  readonly entity: EntityKind;
  readonly object: ObjectDescription;
  readonly expected: readonly { readonly to: string; readonly from: string }[];
}

/** One line a field: name | label | type | target | values. A type with ! cannot be written. */
export function describeSystem(name: string, entity: EntityKind, lines: string): OtherSystem {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const fields = rows.map(([field = '', label = '', written = 'string', , values = '']): DescribedField => {
    const type = written.replace('!', '') as FieldType;
    const isReadOnly = written.endsWith('!');
    const isPicklist = values !== '';
    return {
      ...{ name: field, label, type },
      ...(isReadOnly ? { readOnly: true } : {}),
      ...(isPicklist ? { values: values.split(', ') } : {}),
    };
  });
  const expected = rows.flatMap(([from = '', , , to = '']) => (to === '' ? [] : [{ to, from }]));
  return { name, entity, object: { name: name.split('/').at(-1) ?? name, fields }, expected };
}
