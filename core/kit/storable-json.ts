/** What JSON writes for NUL and for half of a surrogate pair, unless the backslash before it is itself escaped. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][\da-f]{2})/g;

/**
 * JSON that PostgreSQL takes: it refuses NUL and halves of surrogate pairs, in values and in names, and files, callers and
 * dictionaries may well bring them.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(unstorable, (_all, before: string, code: string) =>
    code === '0000' ? before : `${before}\ufffd`,
  );
}
