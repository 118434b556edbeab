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
      const construct = superLinearPart(pattern);
      const why = thrown instanceof Error ? thrown.message.replace('error parsing regexp: ', '') : String(thrown);
      context.addIssue(
        construct === null
          ? { code: 'custom', message: `is not a pattern: ${why}` }
          : {
              code: 'custom',
              message: `uses ${construct.name}, which no engine runs in linear time`,
              params: construct,
            },
      );
    }
  });

/** What keeps a pattern from being run in linear time, and what to write in its place. */
export interface SuperLinearPart {
  readonly name: string;
  readonly mend: string;
}

const constructs: readonly (readonly [RegExp, string, string])[] = [
  [
    /^\(\?<?=/,
    'a look-around',
    'Take what stands around the match into groups and put it back with $1, or use "extract" with one group.',
  ],
  [
    /^\(\?<?!/,
    'a negative look-around',
    'Say what may stand there with a class such as [^a-z], or sort the cases out with "when" before.',
  ],
  [
    /^\(\?>|^[*+?}]\+/,
    'an atomic or possessive part',
    'Leave the extra sign out: in linear time nothing is tried twice.',
  ],
  [/^\(\?\(/, 'a condition', 'Write the two cases as two patterns, with "when" to choose between them.'],
  [
    /^\\(?:[1-9]|k[<{'])/,
    'a back reference',
    'Spell both parts out, or take them apart with "split" or "extract" and compare them with "when".',
  ],
  [
    /^\{\d+(?:,\d*)?\}/,
    'a repeat of more than 1,000 times',
    'Repeat with * or +, and check the length with "truncate" or "substring".',
  ],
];

function superLinearPart(pattern: string): SuperLinearPart | null {
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    if (!isInClass) {
      const found = constructs.find(([looks]) => looks.test(rest));
      if (found !== undefined && !isModestRepeat(rest)) return { name: found[1], mend: found[2] };
    }
    if (rest.startsWith('\\')) at += 1;
    else if (rest.startsWith('[')) isInClass = true;
    else if (rest.startsWith(']')) isInClass = false;
  }
  return null;
}

/** A refused pattern may still hold counts that are no trouble by themselves. */
function isModestRepeat(rest: string): boolean {
  const count = /^\{(\d+)(?:,(\d*))?\}/.exec(rest);
  return count !== null && Math.max(Number(count[1]), Number(count[2] ?? 0)) < 100;
}

/** The construct named by an issue of `linearPattern`; null for every other issue. */
export function superLinearIn(issue: z.core.$ZodIssue): SuperLinearPart | null {
  const { name, mend } = issue.code === 'custom' ? (issue.params ?? {}) : {};
  return typeof name === 'string' && typeof mend === 'string' ? { name, mend } : null;
}

export function isLinearPattern(pattern: string): boolean {
  return linearPattern.safeParse(pattern).success;
}

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
