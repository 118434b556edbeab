import { z } from 'zod';
import { compilePattern, linearPattern, nativePattern, replaceMatches } from '../linear-pattern.ts';
import { type Apply, defineStep, noArguments, onText, StepFault, type StepKind } from '../step.ts';

const maxResult = 1_000_000;

const trimmed = onText((text) => text.trim());
/** Most texts have single spaces only, and to see that is cheaper than to write them anew. */
const collapsed = onText((text) => {
  const bare = text.trim();
  return /\s\s|[^\S ]/.test(bare) ? bare.replaceAll(/\s+/g, ' ') : bare;
});
const blankNulled: Apply = (value) => (typeof value === 'string' && value.trim() === '' ? null : value);

const trim = defineStep({
  name: 'trim',
  summary: 'Takes blanks off both ends.',
  args: noArguments,
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  forward: () => trimmed,
  backward: () => trimmed,
});

const collapse = defineStep({
  name: 'collapse',
  summary: 'Takes blanks off both ends and makes every run of blanks inside one space.',
  args: noArguments,
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  forward: () => collapsed,
  backward: () => collapsed,
});

const blankToNull = defineStep({
  name: 'blankToNull',
  summary: 'A text of nothing but blanks becomes null.',
  args: noArguments,
  input: 'any',
  output: 'any',
  fidelity: 'normalising',
  forward: () => blankNulled,
  backward: () => blankNulled,
});

const letterCase = defineStep({
  name: 'case',
  summary: 'Changes letters to lower, upper or title case.',
  args: z.strictObject({ to: z.enum(['lower', 'upper', 'title']) }),
  short: 'to',
  input: 'text',
  output: 'text',
  fidelity: 'coarse',
  examples: [{ case: 'lower' }, { case: 'upper' }, { case: 'title' }],
  forward: ({ to }) => onText(caseChanges[to]),
  backward: ({ to }) => onText(caseChanges[to]),
});

const caseChanges = {
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
  title: titleCase,
};

function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

const replace = defineStep({
  name: 'replace',
  summary: 'Replaces every match of a pattern; $1 stands for the first group. Patterns run in linear time (RE2).',
  args: z.strictObject({
    find: linearPattern,
    with: z.string().max(1000).default(''),
    ignoreCase: z.boolean().default(false),
  }),
  short: 'find',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: [
    { replace: '[^0-9]+' },
    { replace: { find: '(a)(b)?', with: '$2$1' } },
    { replace: { find: 'a', with: '$9' } },
  ],
  forward: (args) => {
    const pattern = compilePattern(args.find, args.ignoreCase);
    const native = args.ignoreCase || args.with.includes('$') ? null : nativePattern(args.find);
    if (native !== null) return onText((text) => replaceNative(text, native, args.with));
    return onText((text) => {
      try {
        const result = replaceMatches(text, pattern, args.with);
        return result === null || result.length > maxResult ? tooLong : result;
      } catch {
        return new StepFault('text.replace', `"${args.with}" names a group the pattern does not have`);
      }
    });
  },
});

const tooLong = new StepFault('text.tooLong', 'the result is too long, or there is too much to replace');

/** Most texts are short and most replacements too; where the two together are not, the room left is counted. */
function replaceNative(text: string, pattern: RegExp, replacement: string): string | StepFault {
  if (text.length * (replacement.length + 1) <= maxResult) return text.replaceAll(pattern, replacement);
  let room = maxResult;
  const result = text.replaceAll(pattern, () => {
    room -= replacement.length;
    return room < 0 ? '' : replacement;
  });
  return room < 0 || result.length > maxResult ? tooLong : result;
}

/** Finding where a match begins and ends takes RE2 a tenth of a second for so many characters. */
const longestSearched = 250_000;
const tooLongToSearch = new StepFault('text.tooLong', `has more than ${longestSearched} characters`);

const extract = defineStep({
  name: 'extract',
  summary: 'Gives the first match of a pattern (its first group, if it has one), or null.',
  args: z.strictObject({ find: linearPattern, ignoreCase: z.boolean().default(false) }),
  short: 'find',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: [{ extract: '(\\d+)' }, { extract: 'x*' }],
  forward: (args) => {
    const pattern = compilePattern(args.find, args.ignoreCase);
    const group = pattern.groupCount() > 0 ? 1 : 0;
    return onText((text) => {
      if (text.length > longestSearched) return tooLongToSearch;
      const matcher = pattern.matcher(text);
      return matcher.find() ? matcher.group(group) : null;
    });
  },
});

const substring = defineStep({
  name: 'substring',
  summary: 'Gives the characters from one position up to another; negative positions count from the end.',
  args: z.strictObject({ from: z.int().default(0), to: z.int().optional() }),
  short: 'from',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: [{ substring: 1 }, { substring: { from: -3 } }, { substring: { from: 2, to: 1 } }],
  forward: ({ from, to }) => onText((text) => Array.from(text).slice(from, to).join('')),
});

const lengthArgs = z.strictObject({ to: z.int().min(1).max(maxResult), ellipsis: z.boolean().default(true) });

const truncate = defineStep({
  name: 'truncate',
  summary: 'Cuts a text that is longer than allowed, and says so in the events.',
  args: lengthArgs,
  short: 'to',
  input: 'text',
  output: 'text',
  fidelity: 'lossy',
  examples: [{ truncate: 5 }, { truncate: { to: 1, ellipsis: false } }],
  forward: cutting,
});

/** `truncate` for fields that go both ways: what a person typed into the hub may be longer than the record's field. */
const limit = defineStep({
  name: 'limit',
  summary: 'Lets a text by when reading; on the way back one that is too long is cut, and the events say so.',
  args: lengthArgs,
  short: 'to',
  input: 'text',
  output: 'text',
  fidelity: 'coarse',
  examples: [{ limit: 5 }, { limit: { to: 1, ellipsis: false } }],
  forward: () => onText((text) => text),
  backward: cutting,
});

function cutting({ to, ellipsis }: z.output<typeof lengthArgs>): Apply {
  return onText((text, notes) => {
    if (text.length <= to) return text;
    notes.note('truncated', `${text.length} characters cut to ${to}`);
    const kept = ellipsis ? `${text.slice(0, to - 1)}…` : text.slice(0, to);
    return kept.isWellFormed() ? kept : text.slice(0, to - 2) + (ellipsis ? '…' : '');
  });
}

const pad = defineStep({
  name: 'pad',
  summary: 'Fills a text up to a length.',
  args: z.strictObject({
    to: z.int().min(1).max(1000),
    with: z.string().length(1).default('0'),
    side: z.enum(['start', 'end']).default('start'),
  }),
  short: 'to',
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  examples: [{ pad: 6 }, { pad: { to: 3, with: 'x', side: 'end' } }],
  forward: (args) => onText((text) => padded(text, args)),
  backward: (args) => onText((text) => padded(text, args)),
});

function padded(text: string, args: { readonly to: number; readonly with: string; readonly side: string }): string {
  return args.side === 'start' ? text.padStart(args.to, args.with) : text.padEnd(args.to, args.with);
}

const prefix = defineStep({
  name: 'prefix',
  summary: 'Puts a text in front; on the way back it is taken off where it stands.',
  args: z.strictObject({ with: z.string().min(1).max(200) }),
  short: 'with',
  input: 'text',
  output: 'text',
  fidelity: 'exact',
  examples: [{ prefix: 'tel:' }],
  forward: (args) => onText((text) => args.with + text),
  backward: (args) => onText((text) => (text.startsWith(args.with) ? text.slice(args.with.length) : text)),
});

const unprefix = defineStep({
  name: 'unprefix',
  summary: 'Takes a text off the front where it stands; on the way back it is put in front.',
  args: z.strictObject({ with: z.string().min(1).max(200) }),
  short: 'with',
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  examples: [{ unprefix: 'tel:' }],
  forward: (args) => onText((text) => (text.startsWith(args.with) ? text.slice(args.with.length) : text)),
  backward: (args) => onText((text) => args.with + text),
});

const asText = defineStep({
  name: 'text',
  summary: 'Spells a number or boolean as text.',
  args: noArguments,
  input: 'scalar',
  output: 'text',
  returns: () => 'text',
  fidelity: 'normalising',
  forward: () => onText((text) => text),
  backward: () => onText((text) => text),
});

export const textSteps: readonly StepKind[] = [
  trim,
  collapse,
  blankToNull,
  letterCase,
  replace,
  extract,
  substring,
  truncate,
  limit,
  pad,
  prefix,
  unprefix,
  asText,
];
