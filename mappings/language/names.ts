/**
 * Names that lead to the prototype of an object. They are refused in paths and in files, so that a compiled rule may
 * read `record[name]` without asking first whether the property is the record's own.
 */
const forbidden = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

export function isForbiddenName(name: string): boolean {
  return forbidden.has(name);
}
