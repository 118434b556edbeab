import type { FieldType } from '#core/contract/entities.ts';

/** How likely a field of one type is to hold what a target of another type wants, given that the names agree. */
const fits: Record<FieldType, Partial<Record<FieldType, number>>> = {
  string: {
    string: 1,
    picklist: 0.9,
    number: 0.6,
    url: 0.5,
    phone: 0.3,
    email: 0.3,
    reference: 0.6,
    datetime: 0.2,
    list: 0.2,
    boolean: 0.15,
  },
  phone: { phone: 1, string: 0.9, number: 0.6, list: 0.2 },
  email: { email: 1, string: 0.85, list: 0.3 },
  url: { url: 1, string: 0.9 },
  datetime: { datetime: 1, string: 0.75, number: 0.75 },
  number: { number: 1, string: 0.75, picklist: 0.4 },
  boolean: { boolean: 1, picklist: 0.7, string: 0.6, number: 0.5 },
  picklist: { picklist: 1, string: 0.75, boolean: 0.5, number: 0.6, reference: 0.2 },
  reference: { reference: 1, number: 0.8, string: 0.75, picklist: 0.4, object: 0.15 },
  list: { list: 1, string: 0.6 },
  object: { object: 1 },
};
const unlikely = 0.08;

export function typeFit(target: FieldType, field: FieldType): number {
  return fits[target][field] ?? unlikely;
}

/** Below `custom` a name that gives no type away takes everything; a whole object or list there is rarely wanted. */
export function customFit(target: FieldType, field: FieldType): number {
  if (target !== 'object') return typeFit(target, field);
  return field === 'object' || field === 'list' ? 0.4 : 1;
}
