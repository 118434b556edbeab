import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { longestLine } from '../limits.ts';
import { compilePattern, linearPattern } from '../linear-pattern.ts';
import {
  type Apply,
  defineStep,
  describe,
  mismatch,
  same,
  StepFault,
  type StepKind,
  type StepSurroundings,
} from '../step.ts';
import { buildValueTable, type Column, inlineTableSchema, type ValueTable } from '../value-table.ts';

const values = defineStep({
  name: 'values',
  summary: 'Translates through a two-way value table: a shared one by name, or rows written in place.',
  args: z
    .strictObject({
      table: z.string().optional(),
      rows: inlineTableSchema.shape.rows.optional(),
      ignoreCase: z.boolean().default(true),
      default: inlineTableSchema.shape.default,
      /** What becomes of a value that has no row: a fault (see onError), itself, or the table's default. */
      unlisted: z.enum(['fault', 'keep']).default('fault'),
    })
    .refine((args) => args.table !== undefined || args.rows !== undefined, {
      path: ['table'],
      message: 'names a table, or rows stand in its place',
    }),
  short: 'table',
  input: 'scalar',
  output: 'any',
  fidelity: 'normalising',
  examples: [{ values: 'priority' }, { values: { rows: [{ record: 1, entity: 'one' }], unlisted: 'keep' } }],
  forward: (args, around) => translate(tableOf(args, around).toEntity, args.unlisted, args.table),
  backward: (args, around) => translate(tableOf(args, around).toRecord, args.unlisted, args.table),
});

function tableOf(
  args: {
    readonly table?: string | undefined;
    readonly rows?: z.output<typeof inlineTableSchema.shape.rows> | undefined;
    readonly ignoreCase: boolean;
    readonly default?: z.output<typeof inlineTableSchema.shape.default>;
  },
  around: StepSurroundings,
): ValueTable {
  if (args.rows !== undefined) {
    return buildValueTable({ rows: args.rows, ignoreCase: args.ignoreCase, default: args.default }, 'in place');
  }
  const table = around.table(args.table ?? '');
  if (table === undefined) throw new Error(`there is no value table "${args.table ?? ''}"`);
  return table;
}

function translate(column: Column, unlisted: 'fault' | 'keep', name = 'in place'): Apply {
  return (value, notes) => {
    if (typeof value === 'object') return mismatch('a single value', value);
    const found = column.find(value);
    if (found !== undefined) return found.value;
    if (unlisted === 'keep') return value;
    if (column.otherwise === undefined)
      return new StepFault('values.noRow', `${describe(value)} has no row in the table "${name}"`);
    notes.note('defaulted', `${describe(value)} has no row in the table "${name}"`);
    return column.otherwise;
  };
}

const boolean = defineStep({
  name: 'boolean',
  summary: 'Reads yes and no in the spellings given; the way back writes the first of each.',
  args: z.strictObject({
    true: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .min(1)
      .default([true, 'true', 'yes', 'y', '1', 1, 'on', '是']),
    false: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .min(1)
      .default([false, 'false', 'no', 'n', '0', 0, 'off', '否']),
  }),
  input: 'scalar',
  output: 'boolean',
  returns: (args) => (typeof args.true[0] === 'boolean' ? 'boolean' : 'scalar'),
  fidelity: 'normalising',
  examples: ['boolean', { boolean: { true: ['J'], false: ['N'] } }],
  forward: (args) => {
    const rows = new Map<string, boolean>();
    for (const spelling of args.false) rows.set(plain(spelling), false);
    for (const spelling of args.true) rows.set(plain(spelling), true);
    return (value) => {
      if (typeof value === 'object') return mismatch('yes or no', value);
      return rows.get(plain(value)) ?? new StepFault('boolean.unreadable', `${describe(value)} is neither yes nor no`);
    };
  },
  backward: (args) => (value) =>
    typeof value === 'boolean' ? ((value ? args.true[0] : args.false[0]) ?? value) : mismatch('true or false', value),
});

function plain(value: string | number | boolean): string {
  return String(value).slice(0, longestLine).normalize('NFKC').trim().toLowerCase();
}

const constant = defineStep({
  name: 'value',
  summary: 'Gives this value, whatever came in.',
  args: z.strictObject({ is: z.json() }),
  short: 'is',
  input: 'any',
  output: 'any',
  nulls: 'take',
  fidelity: 'lossy',
  examples: [{ value: 'none' }, { value: { is: [1] } }],
  forward:
    ({ is }) =>
    () =>
      is,
});

const coalesce = defineStep({
  name: 'coalesce',
  summary: 'Gives the first value of a list that is neither null nor a blank text.',
  args: z.strictObject({}),
  input: 'list',
  output: 'any',
  fidelity: 'lossy',
  forward: () => (value) => (Array.isArray(value) ? (value.find((item) => !isBlank(item)) ?? null) : value),
});

const requires = defineStep({
  name: 'require',
  summary: 'Lets a value by only if it matches; anything else becomes a fault with the reason given.',
  args: z.strictObject({ matches: linearPattern, reason: z.string().max(200).default('does not match') }),
  short: 'matches',
  input: 'scalar',
  output: 'any',
  fidelity: 'normalising',
  examples: [{ require: '^\\d+$' }],
  forward: (args) => {
    const pattern = compilePattern(args.matches);
    return (value) =>
      typeof value !== 'object' && pattern.test(String(value)) ? value : new StepFault('require.refused', args.reason);
  },
  backward: () => same,
});

const steps = z.array(z.union([z.string(), z.record(z.string(), z.json())])).max(50);
const condition = {
  is: z.json().optional(),
  in: z.array(z.json()).max(1000).optional(),
  matches: linearPattern.optional(),
  blank: z.boolean().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
};

const when = defineStep({
  name: 'when',
  summary: 'Runs one list of steps when the value meets every condition, another one otherwise.',
  args: z.strictObject({ ...condition, do: steps.default([]), otherwise: steps.default([]) }),
  nested: ['do', 'otherwise'],
  input: 'any',
  output: 'any',
  nulls: 'take',
  fidelity: 'lossy',
  examples: [
    { when: { matches: 'a', do: ['trim', { case: 'upper' }], otherwise: [{ value: 0 }] } },
    { when: { in: [1, [2], null], above: 0 } },
  ],
  forward: (args, around) => {
    const tests = conditions(args);
    const hit = around.build(args.do, 'do');
    const miss = around.build(args.otherwise, 'otherwise');
    return (value, notes) => (tests.every((test) => test(value)) ? hit(value, notes) : miss(value, notes));
  },
});

type Test = (value: JsonValue) => boolean;

/** Shared with `filter`: every condition named must hold. */
export function conditions(args: z.output<z.ZodObject<typeof condition>>): Test[] {
  const { is, in: list, matches, blank, above, below } = args;
  const tests: Test[] = [];
  if (is !== undefined) tests.push((value) => isSame(value, is));
  if (list !== undefined) tests.push((value) => list.some((item) => isSame(value, item)));
  if (blank !== undefined) tests.push((value) => isBlank(value) === blank);
  if (above !== undefined) tests.push((value) => typeof value === 'number' && value > above);
  if (below !== undefined) tests.push((value) => typeof value === 'number' && value < below);
  if (matches !== undefined) {
    const pattern = compilePattern(matches);
    tests.push((value) => value !== null && typeof value !== 'object' && pattern.test(String(value)));
  }
  return tests;
}
export { condition as conditionShape };

function isBlank(value: JsonValue): boolean {
  return (
    value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
  );
}

function isSame(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  return typeof left === 'object' && typeof right === 'object' && JSON.stringify(left) === JSON.stringify(right);
}

export const choiceSteps: readonly StepKind[] = [values, boolean, constant, coalesce, requires, when];
