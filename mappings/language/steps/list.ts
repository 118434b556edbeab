import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { compileGetter, isPathFault, parsePath } from '../path.ts';
import { defineStep, mismatch, noArguments, onList, onText, StepFault, type StepKind } from '../step.ts';
import { conditions, conditionShape } from './choice.ts';

const maxItems = 10_000;
const maxResult = 1_000_000;

const split = defineStep({
  name: 'split',
  summary: 'Cuts a text into a list, blanks taken off and empty parts left out; the way back joins it.',
  args: z.strictObject({ by: z.string().min(1).max(20), join: z.string().min(1).max(20).optional() }),
  short: 'by',
  input: 'text',
  output: 'list',
  fidelity: 'normalising',
  examples: [{ split: ';' }, { split: { by: ',', join: ', ' } }],
  forward: ({ by }) => onText((text) => parts(text, by)),
  backward: ({ by, join: glue }) => onList((list) => joined(list, by, glue ?? by)),
});

const join = defineStep({
  name: 'join',
  summary: 'Joins a list of texts, leaving empty ones out; the way back splits it.',
  args: z.strictObject({ with: z.string().max(20) }),
  short: 'with',
  input: 'list',
  output: 'text',
  fidelity: ({ with: glue }) => (glue === '' ? 'lossy' : 'normalising'),
  examples: [{ join: ';' }, { join: '' }],
  forward: ({ with: glue }) => onList((list) => joined(list, glue, glue)),
  backward: ({ with: glue }) => onText((text) => parts(text, glue)),
});

function parts(text: string, by: string): string[] | StepFault {
  const found: string[] = [];
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf(by, start);
    const part = (end === -1 ? text.slice(start) : text.slice(start, end)).trim();
    if (part !== '') found.push(part);
    if (found.length > maxItems) return new StepFault('list.tooLong', `has more than ${maxItems} parts`);
    if (end === -1) break;
    start = end + by.length;
  }
  return found;
}

/** An element that holds the separator is several elements: it would be, once read back. */
function joined(list: readonly JsonValue[], by: string, glue: string): JsonValue | StepFault {
  let text = '';
  for (const item of list) {
    if (typeof item === 'object' && item !== null) return mismatch('a list of texts', item);
    const bare = item === null ? '' : String(item).trim();
    const whole = by !== '' && bare.includes(by) ? reglued(bare, by, glue) : bare;
    if (whole !== '') text = text === '' ? whole : text + glue + whole;
    if (text.length > maxResult) return new StepFault('text.tooLong', 'the result is too long');
  }
  return text;
}

function reglued(text: string, by: string, glue: string): string {
  const found = parts(text, by);
  return found instanceof StepFault ? text : found.join(glue);
}

const template = defineStep({
  name: 'template',
  summary:
    'Puts the values of a list into a text: {0}, {1} … in the order of the rule’s sources. Null if all are empty.',
  args: z.strictObject({ text: z.string().min(1).max(2000) }),
  short: 'text',
  input: 'any',
  output: 'text',
  fidelity: 'lossy',
  examples: [{ template: '{0} of {1}' }],
  forward: ({ text }) => {
    const [before = '', ...rest] = text.split(/\{(\d{1,2})\}/);
    const holes = rest.flatMap((piece, at) =>
      at % 2 === 0 ? [{ index: Number(piece), after: rest[at + 1] ?? '' }] : [],
    );
    return (value) => {
      const items = Array.isArray(value) ? value : [value];
      if (items.every((item) => item === null || item === '')) return null;
      let result = before;
      for (const hole of holes) {
        const item = items[hole.index] ?? '';
        if (typeof item === 'object') return mismatch('single values', item);
        result += String(item) + hole.after;
      }
      return result.trim();
    };
  },
});

const first = defineStep({
  name: 'first',
  summary: 'Gives the first element of a list; the way back makes a list of one.',
  args: noArguments,
  input: 'list',
  output: 'any',
  fidelity: 'lossy',
  forward: () => (value) => (Array.isArray(value) ? (value[0] ?? null) : value),
});

const last = defineStep({
  name: 'last',
  summary: 'Gives the last element of a list.',
  args: noArguments,
  input: 'list',
  output: 'any',
  fidelity: 'lossy',
  forward: () => (value) => (Array.isArray(value) ? (value.at(-1) ?? null) : value),
});

const wrap = defineStep({
  name: 'wrap',
  summary: 'Makes a list of one; the way back takes the only element out.',
  args: noArguments,
  input: 'any',
  output: 'list',
  fidelity: 'exact',
  forward: () => (value) => [value],
  backward: () => onList((list) => list[0] ?? null),
});

const compact = defineStep({
  name: 'compact',
  summary: 'Leaves nulls and empty texts out of a list.',
  args: noArguments,
  input: 'list',
  output: 'list',
  fidelity: 'normalising',
  forward: () => onList(compacted),
  backward: () => onList(compacted),
});

function compacted(list: readonly JsonValue[]): JsonValue[] {
  return list.filter((item) => item !== null && item !== '');
}

const distinct = defineStep({
  name: 'distinct',
  summary: 'Keeps the first of equal elements.',
  args: noArguments,
  input: 'list',
  output: 'list',
  fidelity: 'normalising',
  forward: () => onList(withoutRepeats),
  backward: () => onList(withoutRepeats),
});

function withoutRepeats(list: readonly JsonValue[]): JsonValue[] {
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = typeof item === 'string' ? `"${item}` : JSON.stringify(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const sort = defineStep({
  name: 'sort',
  summary: 'Sorts a list: numbers by size, texts by code point, mixed lists by their spelling.',
  args: z.strictObject({ descending: z.boolean().default(false) }),
  short: 'descending',
  input: 'list',
  output: 'list',
  fidelity: 'normalising',
  examples: ['sort', { sort: true }],
  forward: ({ descending }) => onList((list) => sorted(list, descending)),
  backward: ({ descending }) => onList((list) => sorted(list, descending)),
});

function sorted(list: readonly JsonValue[], descending: boolean): JsonValue[] {
  return list.toSorted((a, b) => (descending ? compare(b, a) : compare(a, b)));
}

function compare(left: JsonValue, right: JsonValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [left, right].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1;
}

const filter = defineStep({
  name: 'filter',
  summary: 'Keeps the elements that meet the conditions, asked of the element or of one field of it.',
  args: z.strictObject({ field: z.string().max(100).optional(), ...conditionShape }),
  input: 'list',
  output: 'list',
  fidelity: 'lossy',
  examples: [{ filter: { matches: 'a' } }, { filter: { field: 'label', is: 'mobile' } }],
  forward: (args) => {
    const tests = conditions(args);
    const pickField = args.field === undefined ? null : fieldGetter(args.field);
    return onList((list) =>
      list.filter((item) => {
        const value = pickField === null ? item : pickField(item);
        return tests.every((test) => test(value));
      }),
    );
  },
});

const count = defineStep({
  name: 'count',
  summary: 'Gives the number of elements of a list.',
  args: noArguments,
  input: 'list',
  output: 'number',
  fidelity: 'lossy',
  forward: () => onList((list) => list.length),
});

const pathText = z.string().refine((text) => !isPathFault(parsePath(text)), 'is not a path such as address.city');

const pick = defineStep({
  name: 'pick',
  summary: 'Gives what stands at a path inside an object.',
  args: z.strictObject({ path: pathText }),
  short: 'path',
  input: 'object',
  output: 'any',
  fidelity: 'lossy',
  examples: [{ pick: 'a.b' }, { pick: 'list[0]' }],
  forward: ({ path }) => fieldGetter(path),
});

function fieldGetter(text: string): (value: JsonValue) => JsonValue {
  const path = parsePath(text);
  if (isPathFault(path)) return () => null;
  const get = compileGetter(path);
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (get(value) ?? null) : null;
}

const json = defineStep({
  name: 'json',
  summary: 'Reads JSON out of a text; the way back writes it.',
  args: noArguments,
  input: 'text',
  output: 'any',
  fidelity: 'normalising',
  forward: () => onText(readJson),
  backward: () => (value) => {
    const text = JSON.stringify(value);
    return text.length > maxResult ? new StepFault('text.tooLong', 'the result is too long') : text;
  },
});

function readJson(text: string): JsonValue | StepFault {
  if (text.length > maxResult) return new StepFault('json.tooLong', 'is too long');
  try {
    return safeJson(JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)));
  } catch {
    return new StepFault('json.unreadable', 'is not JSON');
  }
}

/** JSON.parse answers JSON by definition; numbers beyond range are the one thing it can make that JSON cannot write. */
function safeJson(value: unknown): JsonValue {
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value as JsonValue);
}

export const listSteps: readonly StepKind[] = [
  split,
  join,
  template,
  first,
  last,
  wrap,
  compact,
  distinct,
  sort,
  filter,
  count,
  pick,
  json,
];
