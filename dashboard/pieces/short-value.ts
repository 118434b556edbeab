import type { JsonValue } from '#core/contract/json.ts';

/** A value in one line, for tables and next to fields. */
export function shortValue(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value === '' ? '""' : value;
  return JSON.stringify(value);
}
