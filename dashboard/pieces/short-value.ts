import type { JsonValue } from '#core/contract/json.ts';

/** A value in one line, for tables and next to fields. A text that could be taken for a number or an object is quoted. */
export function shortValue(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^(?:$|[\d{["-]|true$|false$|null$)/u.test(value.trim()) && isJson(value) ? JSON.stringify(value) : value;
}

function isJson(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
