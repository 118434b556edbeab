import { RE2JS } from 're2js';
import { z } from 'zod';

/** Regular expressions run on RE2: time grows with the text, never with the pattern's ambiguity. */
export const linearPattern = z
  .string()
  .min(1)
  .max(500)
  .superRefine((pattern, context) => {
    if (mostRepeated(pattern) * pattern.length > largestRepeat) {
      context.addIssue({ code: 'custom', message: 'repeats too long a part too often', params: lessOften });
      return;
    }
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

/** A counted repeat is written out inside the engine, so its cost is the count times what is repeated. */
const largestRepeat = 50_000;

function mostRepeated(pattern: string): number {
  const counts = [...pattern.matchAll(/\{(\d{1,6})(?:,(\d{0,6}))?\}/g)];
  return Math.max(1, ...counts.map((count) => Math.max(Number(count[1]), Number(count[2] ?? 0))));
}

/** What keeps a pattern from being run in linear time, and what to write in its place. */
export interface SuperLinearPart {
  readonly name: string;
  readonly mend: string;
}

const lessOften: SuperLinearPart = {
  name: 'a repeat of too long a part',
  mend: 'Repeat with * or +, and check the length with "truncate" or "substring".',
};

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

const compiled = new Map<string, RE2JS>();
const mostCompiled = 500;

/** The same pattern is compiled once, however many rules use it; the oldest makes room for new ones. */
export function compilePattern(pattern: string, ignoreCase = false): RE2JS {
  const key = `${ignoreCase ? 'i' : '-'}${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const fresh = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  const [oldest] = compiled.keys();
  if (oldest !== undefined && compiled.size >= mostCompiled) compiled.delete(oldest);
  compiled.set(key, fresh);
  return fresh;
}

/**
 * Every match replaced, `$1` and so on standing for groups; null when there is too much to replace. Each search takes linear
 * time, but as many searches as there are letters would not.
 */
export function replaceMatches(text: string, pattern: RE2JS, replacement: string): string | null {
  if (text.length * (replacement.length + 1) > mostWritten) return null;
  if (text.length > mostMatches) {
    const matcher = pattern.matcher(text);
    for (let count = 0; matcher.find(); count += 1) if (count >= mostMatches) return null;
  }
  return pattern.matcher(text).replaceAll(replacement);
}

const mostMatches = 10_000;
const mostWritten = 50_000_000;
