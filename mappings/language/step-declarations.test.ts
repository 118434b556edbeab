import { expect, test } from 'vitest';
import type { JsonValue } from '#core/contract/json.ts';
import { buildSteps, chain, forwardLinks, type PlacedStep } from './pipeline.ts';
import { createSampler } from './samples.ts';
import { type Fidelity, type LossNotes, StepFault, type StepKind, type ValueType } from './step.ts';
import { stepKinds } from './steps.ts';
import { buildValueTable } from './value-table.ts';

/** What every step promises: takes, gives, what it does with null, and whether its way back exists. */
const promised: Record<string, readonly [ValueType, ValueType, 'pass' | 'take', Fidelity | 'depends']> = {
  trim: ['text', 'text', 'pass', 'normalising'],
  collapse: ['text', 'text', 'pass', 'normalising'],
  blankToNull: ['any', 'any', 'pass', 'normalising'],
  case: ['text', 'text', 'pass', 'coarse'],
  replace: ['text', 'text', 'pass', 'lossy'],
  extract: ['text', 'text', 'pass', 'lossy'],
  substring: ['text', 'text', 'pass', 'lossy'],
  truncate: ['text', 'text', 'pass', 'lossy'],
  limit: ['text', 'text', 'pass', 'coarse'],
  pad: ['text', 'text', 'pass', 'normalising'],
  prefix: ['text', 'text', 'pass', 'exact'],
  unprefix: ['text', 'text', 'pass', 'normalising'],
  text: ['scalar', 'text', 'pass', 'normalising'],
  html: ['text', 'text', 'pass', 'depends'],
  number: ['scalar', 'number', 'pass', 'normalising'],
  round: ['number', 'number', 'pass', 'coarse'],
  scale: ['number', 'number', 'pass', 'normalising'],
  duration: ['number', 'number', 'pass', 'depends'],
  clock: ['text', 'number', 'pass', 'normalising'],
  money: ['scalar', 'list', 'pass', 'normalising'],
  date: ['scalar', 'datetime', 'pass', 'normalising'],
  day: ['text', 'text', 'pass', 'normalising'],
  phone: ['text', 'text', 'pass', 'depends'],
  email: ['text', 'text', 'pass', 'normalising'],
  personName: ['text', 'list', 'pass', 'normalising'],
  wholeName: ['list', 'text', 'pass', 'normalising'],
  url: ['text', 'text', 'pass', 'normalising'],
  address: ['any', 'object', 'pass', 'normalising'],
  values: ['scalar', 'any', 'pass', 'normalising'],
  boolean: ['scalar', 'boolean', 'pass', 'normalising'],
  value: ['any', 'any', 'take', 'lossy'],
  coalesce: ['list', 'any', 'pass', 'lossy'],
  require: ['scalar', 'any', 'pass', 'normalising'],
  when: ['any', 'any', 'take', 'lossy'],
  split: ['text', 'list', 'pass', 'normalising'],
  join: ['list', 'text', 'pass', 'depends'],
  template: ['any', 'text', 'pass', 'lossy'],
  first: ['list', 'any', 'pass', 'lossy'],
  last: ['list', 'any', 'pass', 'lossy'],
  wrap: ['any', 'list', 'pass', 'exact'],
  compact: ['list', 'list', 'pass', 'normalising'],
  distinct: ['list', 'list', 'pass', 'coarse'],
  sort: ['list', 'list', 'pass', 'coarse'],
  filter: ['list', 'list', 'pass', 'lossy'],
  count: ['list', 'number', 'pass', 'lossy'],
  pick: ['object', 'any', 'pass', 'lossy'],
  json: ['text', 'any', 'pass', 'normalising'],
  xml: ['text', 'any', 'pass', 'lossy'],
  reference: ['any', 'text', 'pass', 'normalising'],
  hash: ['text', 'text', 'pass', 'lossy'],
  mask: ['text', 'text', 'pass', 'lossy'],
  jsonata: ['any', 'any', 'pass', 'lossy'],
};

const rows = [{ record: 'Urgent', entity: 'urgent' }];
const around = {
  table: () => buildValueTable({ rows, ignoreCase: true }, 'priority'),
  region: 'US',
  timeZone: 'UTC',
};
const quiet: LossNotes = { note: () => undefined };
const built = (kind: StepKind): PlacedStep[] => buildSteps(kind.examples, around);

test('every step keeps to the table of promises', () => {
  const declared = stepKinds.map((kind) => [kind.name, [kind.input, kind.output, kind.nulls, kind.fidelity]]);
  expect(Object.fromEntries(declared)).toEqual(promised);
});

function isOf(type: ValueType, value: JsonValue): boolean {
  if (value === null || type === 'any') return true;
  if (type === 'list') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  if (type === 'scalar') return typeof value !== 'object';
  if (type === 'number' || type === 'boolean') return typeof value === type;
  return typeof value === 'string';
}

/** Plain values of every type, and odd ones. */
const samples: readonly JsonValue[] = [
  ...['Ann Lee', '42', '2026-11-22T01:00:00Z', '+14155550123', 'ann@acme.test', 'acme.test', 'EUR 5.00', '0:42'],
  ...['2026-11-22', '{"a":1}', '<a>1</a>', 'Urgent', '1 Main St\nUlm, CA 94105', 'true', 'a;b'],
  ...[0, 42, 1.5, true, ['Ann', 'Lee'], [1, 2], [], [{ label: 'mobile' }], { a: { b: 1 } }, { street: 'a' }],
  { lines: [{ name: 'x', qty: 2, price: 3 }] },
];
const sampler = createSampler(3);
const values: readonly JsonValue[] = [...samples, ...Array.from({ length: 300 }, () => sampler.json(1))];

test.each(stepKinds.map((kind) => [kind.name, kind] as const))('%s does what it declares', (_, kind) => {
  let worked = 0;
  for (const step of built(kind)) {
    expect([step.input, step.nulls]).toEqual([kind.input, kind.nulls]);
    // Where it may be anything, arguments may say closer what it is.
    if (kind.output !== 'any') expect(step.output).toBe(kind.output);
    if (kind.fidelity !== 'depends') expect(step.fidelity).toBe(kind.fidelity);
    expect(step.backward === null).toBe(step.fidelity === 'lossy');
    for (const value of values) {
      const there = step.forward(value, quiet);
      if (there instanceof StepFault || there === null) continue;
      worked += 1;
      expect(isOf(step.output, there), `${kind.name} of ${JSON.stringify(value)}`).toBe(true);
      const back = step.backward?.(there, quiet) ?? null;
      if (back instanceof StepFault) continue;
      expect(isOf(step.returns, back), `${kind.name} undone from ${JSON.stringify(there)}`).toBe(true);
      if (step.fidelity === 'exact' && isOf(step.input, value) && typeof value !== 'number') {
        expect(back).toEqual(value);
      }
    }
    if (kind.nulls === 'pass') expect(chain(forwardLinks([step]))(null, quiet)).toBeNull();
  }
  expect(worked).toBeGreaterThan(0);
});

test('every step has examples, and none needs arguments that its examples leave out', () => {
  for (const kind of stepKinds) {
    expect(kind.examples.length, kind.name).toBeGreaterThan(0);
    if (kind.needsArgs) expect(kind.examples).not.toContain(kind.name);
  }
});
