/** JSON that PostgreSQL takes: it refuses NUL and halves of surrogate pairs, which files and callers may well send. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\u0000', '') : part,
  );
}
