import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { fieldGetter, isPathText } from '../path.ts';
import { type Apply, defineStep, mismatch, noArguments, onList, onText, StepFault, type StepKind } from '../step.ts';
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
      if (items.every(isEmpty)) return null;
      let result = before;
      for (const hole of holes) {
        const item = items[hole.index] ?? '';
        if (typeof item === 'object') return mismatch('single values', item);
        result += (typeof item === 'string' ? item : String(item)) + hole.after;
        if (result.length > maxResult) return new StepFault('text.tooLong', 'the result is too long');
      }
      return result.trim();
    };
  },
});

function isEmpty(item: JsonValue): boolean {
  return item === null || item === '';
}

const first = defineStep({
  name: 'first',
  summary: 'Gives the first element of a list.',
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

/** An element, or one field of it: what `filter`, `distinct` and `sort` look at. */
const field = z.string().max(100).refine(isPathText, 'is not a path such as address.city').optional();

type Look = (item: JsonValue) => JsonValue;

function lookAt(path: string | undefined): Look {
  return path === undefined ? itself : fieldGetter(path);
}

const itself: Look = (item) => item;

function isText(item: JsonValue): boolean {
  return typeof item === 'string';
}

const distinct = defineStep({
  name: 'distinct',
  summary: 'Keeps the first of equal elements, or of those with an equal field.',
  args: z.strictObject({ field }),
  short: 'field',
  input: 'list',
  output: 'list',
  fidelity: 'coarse',
  examples: ['distinct', { distinct: 'label' }],
  forward: (args) => distinctBy(lookAt(args.field)),
  backward: (args) => distinctBy(lookAt(args.field)),
});

function distinctBy(look: Look): Apply {
  return onList((list) => withoutRepeats(list, look));
}

/** Below this many texts, looking along the list is cheaper than a set of keys. */
const fewItems = 16;

function withoutRepeats(list: readonly JsonValue[], look: Look): JsonValue[] {
  if (look === itself && list.length <= fewItems && list.every(isText)) {
    return list.filter((item, index) => list.indexOf(item) === index);
  }
  const seen = new Set<string>();
  return list.filter((item) => {
    const seenAs = look(item);
    const key = typeof seenAs === 'string' ? `"${seenAs}` : JSON.stringify(seenAs);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const sort = defineStep({
  name: 'sort',
  summary:
    'Sorts a list, or by one field of its elements: numbers by size, texts by code point, mixed ones by spelling.',
  args: z.strictObject({ descending: z.boolean().default(false), field }),
  short: 'descending',
  input: 'list',
  output: 'list',
  fidelity: 'coarse',
  examples: ['sort', { sort: true }, { sort: { field: 'number' } }],
  forward: (args) => sortedBy(lookAt(args.field), args.descending),
  backward: (args) => sortedBy(lookAt(args.field), args.descending),
});

function sortedBy(look: Look, descending: boolean): Apply {
  return onList((list) => {
    const rows = list.map((item) => ({ item, key: look(item) }));
    rows.sort((a, b) => (descending ? compare(b.key, a.key) : compare(a.key, b.key)));
    return rows.map((row) => row.item);
  });
}

function compare(left: JsonValue, right: JsonValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left === right ? 0 : 1;
  const [a, b] = [left, right].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1;
}

const filter = defineStep({
  name: 'filter',
  summary: 'Keeps the elements that meet the conditions, asked of the element or of one field of it.',
  args: z.strictObject({ field, ...conditionShape }),
  input: 'list',
  output: 'list',
  fidelity: 'lossy',
  examples: [{ filter: { matches: 'a' } }, { filter: { field: 'label', is: 'mobile' } }],
  forward: (args) => {
    const tests = conditions(args);
    const look = lookAt(args.field);
    return onList((list) =>
      list.filter((item) => {
        const value = look(item);
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
];
