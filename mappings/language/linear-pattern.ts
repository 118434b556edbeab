import { RE2JS } from 're2js';
import { z } from 'zod';

/** Regular expressions run on RE2: time grows with the text, never with the pattern's ambiguity. */
export const linearPattern = z
  .string()
  .min(1)
  .max(500)
  .superRefine((pattern, context) => {
    try {
      compilePattern(pattern);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      context.addIssue({ code: 'custom', message: `is not a pattern RE2 can run in linear time: ${why}` });
    }
  });

const atom = String.raw`(?:[\w ,;:#@/%&'"!~=<>-]|\\[dw]|\[\^?(?:\\d|\w-\w|[\w ,;:#@/%'"!~=<>])+\])`;
const simplePattern = new RegExp(`^\\^?${atom}{1,20}\\+?$`);

/**
 * The same pattern for V8's own engine where that means the same and cannot take more than linear time: letters and
 * character classes in a row, of which only the last may repeat (`[^0-9]+`, `^00`). It is ten times as fast, and most
 * patterns people write are of this kind. Null for every other one.
 */
export function nativePattern(pattern: string): RegExp | null {
  return simplePattern.test(pattern) ? new RegExp(pattern, 'gu') : null;
}

export function compilePattern(pattern: string, ignoreCase = false): RE2JS {
  return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
}
