/** JSON values typed by hand: `normal` is a text, `5` a number, `"5"` a text again. Pure. */
import type { JsonValue } from '#core/contract/json.ts';
import { z } from 'zod';

export function readScalar(text: string): JsonValue | undefined {
  if (text.trim() === '') return undefined;
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
}

export function scalarText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return readScalar(value) === value ? value : JSON.stringify(value);
}
