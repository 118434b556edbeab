import type { FieldType } from '#core/contract/entities.ts';
import type { ValueType } from './step.ts';

const single: readonly ValueType[] = ['any', 'scalar', 'text', 'number', 'boolean', 'datetime'];
/** What may end up in a field of each type; types not named take any single value. */
const takes: Partial<Record<FieldType, readonly ValueType[]>> = {
  list: ['any', 'list'],
  object: ['any', 'object'],
  number: ['any', 'scalar', 'number'],
  boolean: ['any', 'scalar', 'boolean'],
  datetime: ['any', 'scalar', 'datetime'],
};

export function fitsField(type: FieldType, given: ValueType): boolean {
  return (takes[type] ?? single).includes(given);
}

/** Whether it is at least one value where one is wanted: a text may still spell the number that a field is. */
export function hasShapeOf(type: FieldType, given: ValueType): boolean {
  return fitsField(type, given) || (type !== 'object' && single.includes(given));
}

/** What a declared field gives to a rule without steps. Ids and picklists are spelled as numbers by some systems. */
export function valueTypeOf(type: FieldType): ValueType {
  if (type === 'picklist' || type === 'reference') return 'scalar';
  if (type === 'string' || type === 'phone' || type === 'email' || type === 'url') return 'text';
  return type;
}
