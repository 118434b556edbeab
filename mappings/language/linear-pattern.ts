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

export function compilePattern(pattern: string, ignoreCase = false): RE2JS {
  return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
}
