import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { EditError } from './edit-error.ts';
import { layOut } from './edit-layout.ts';
import { insertPair, patchAt, placeOf, readText } from './edit-patch.ts';
import { renderPair } from './edit-render.ts';
import { removeSlot } from './edit-splice.ts';
import { didYouMean } from './nearest-name.ts';
import { isObject } from './path.ts';
import { headSchema } from './schema.ts';
import { valueTableSchema } from './value-table.ts';

/** Names in the order files write them; a new one finds its place by it. */
const dictionaryFields = Object.keys(headSchema.shape);
const tableFields = Object.keys(valueTableSchema.shape);
const lists = new Set(['rules', 'tests', 'rows']);

export function headOf(value: JsonValue): JsonObject {
  if (value === null) return {};
  if (isObject(value)) return value;
  throw new EditError('invalid', 'The text holds no mapping; a file begins with names such as "connector:".');
}

/** Null takes the field out. */
export function setHead(text: string, field: string, value: JsonValue): string {
  const head = headOf(readText(text));
  const known = fieldsOf(head).filter((name) => !lists.has(name));
  if (!known.includes(field) && !(value === null && Object.hasOwn(head, field) && !lists.has(field))) {
    throw new EditError('invalid', `"${field}" is no field of the head. ${didYouMean(field, known)}`);
  }
  return setField(text, field, value);
}

/** The same for every name of the file's top level. */
export function setField(text: string, field: string, value: JsonValue): string {
  const head = headOf(readText(text));
  const isThere = Object.hasOwn(head, field);
  if (value === null) return isThere ? removeSlot(layOut(text), [], placeOf(text, [], field)) : text;
  if (isThere) return patchAt(text, [field], value);
  if (Object.keys(head).length === 0 && layOut(text).layoutAt([]) === null) {
    const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return `${start}${renderPair(field, value, 'yaml')}\n`;
  }
  const order = fieldsOf(head);
  const earlier = order.slice(0, order.indexOf(field)).filter((name) => Object.hasOwn(head, name));
  const present = layOut(text).layoutAt([])?.keys ?? [];
  const before = earlier.toSorted((left, right) => present.indexOf(right) - present.indexOf(left))[0] ?? null;
  return insertPair(text, [], { key: field, value, before });
}

function fieldsOf(head: JsonObject): string[] {
  return Object.hasOwn(head, 'values') || Object.hasOwn(head, 'rows') ? tableFields : dictionaryFields;
}
