import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '#core/contract/json.ts';
import { buildSteps } from './pipeline.ts';
import { createSampler } from './samples.ts';
import { type BuiltStep, type LossNotes, StepFault, type StepSpec } from './step.ts';
import { stepKinds } from './steps.ts';
import { buildValueTable } from './value-table.ts';

const priority = buildValueTable(
  {
    rows: [
      { record: ['Urgent', '紧急'], entity: 'urgent' },
      { record: 'Low', entity: ['low', 'none'] },
    ],
    ignoreCase: true,
    default: { entity: 'low' },
  },
  'priority',
);
const around = {
  table: (name: string) => (name === 'priority' ? priority : undefined),
  region: 'US',
  timeZone: 'Asia/Shanghai',
};

/** Arguments to try each step with; a step without a line here fails the test below. */
const variants: Record<string, readonly StepSpec[]> = {
  trim: ['trim'],
  collapse: ['collapse'],
  blankToNull: ['blankToNull'],
  case: [{ case: 'lower' }, { case: 'upper' }, { case: 'title' }],
  replace: [
    { replace: '[^0-9]+' },
    { replace: { find: '(a)(b)?', with: '$2$1' } },
    { replace: { find: 'a', with: '$9' } },
  ],
  extract: [{ extract: '(\\d+)' }, { extract: 'x*' }],
  substring: [{ substring: 1 }, { substring: { from: -3 } }, { substring: { from: 2, to: 1 } }],
  truncate: [{ truncate: 5 }, { truncate: { to: 1, ellipsis: false } }],
  limit: [{ limit: 5 }, { limit: { to: 1, ellipsis: false } }],
  pad: [{ pad: 6 }, { pad: { to: 3, with: 'x', side: 'end' } }],
  prefix: [{ prefix: 'tel:' }],
  unprefix: [{ unprefix: 'tel:' }],
  text: ['text'],
  html: ['html', { html: { maxLength: 40 } }],
  number: ['number', { number: ',' }, { number: { decimal: ',', thousands: '.', digits: 2, written: 'text' } }],
  round: ['round', { round: 2 }],
  scale: [{ scale: 0.01 }],
  duration: [{ duration: { from: 'ms', to: 'secs', round: 'nearest' } }, { duration: { from: 'days', to: 'ms' } }],
  clock: ['clock'],
  money: ['money', { money: 'EUR' }, { money: { decimal: ',', thousands: '.' } }],
  date: [
    'date',
    { date: 'epochMs' },
    { date: { format: 'epochSecs', written: 'text' } },
    { date: { format: 'dd/MM/yyyy HH:mm', zone: 'Europe/Berlin' } },
  ],
  day: ['day', { day: 'dd.MM.yyyy' }],
  phone: [
    'phone',
    { phone: 'national' },
    { phone: { to: 'digits', otherwise: 'keep', region: 'CN' } },
    { phone: { extension: 'keep' } },
  ],
  email: ['email'],
  personName: ['personName', { personName: 'cjk' }, { personName: 'western' }],
  wholeName: ['wholeName'],
  url: ['url', { url: { schemes: ['https'] } }],
  values: [{ values: 'priority' }, { values: { rows: [{ record: 1, entity: 'one' }], unlisted: 'keep' } }],
  boolean: ['boolean', { boolean: { true: ['J'], false: ['N'] } }],
  value: [{ value: null }, { value: { is: [1] } }],
  coalesce: ['coalesce'],
  require: [{ require: '^\\d+$' }],
  when: [
    { when: { matches: 'a', do: ['trim', { case: 'upper' }], otherwise: [{ value: 0 }] } },
    { when: { in: [1, [2], null], above: 0 } },
  ],
  split: [{ split: ';' }, { split: { by: ',', join: ', ' } }],
  join: [{ join: ';' }, { join: '' }],
  template: [{ template: '{0} of {1}' }],
  first: ['first'],
  last: ['last'],
  wrap: ['wrap'],
  compact: ['compact'],
  distinct: ['distinct'],
  sort: ['sort', { sort: true }],
  filter: [{ filter: { matches: 'a' } }, { filter: { field: 'label', is: 'mobile' } }],
  count: ['count'],
  pick: [{ pick: 'a.b' }, { pick: 'list[0]' }],
  json: ['json'],
  hash: ['hash', { hash: 'salt' }],
  mask: ['mask', { mask: 2 }],
};
const built: BuiltStep[] = stepKinds.flatMap((kind) => buildSteps(variants[kind.name] ?? [], around));
const quiet: LossNotes = { note: () => undefined };

test('every step has arguments to be tried with', () => {
  expect(stepKinds.map((kind) => kind.name).filter((name) => variants[name] === undefined)).toEqual([]);
});

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

/** What is wrong with running a step on a value, in a sentence; null when nothing is. */
function complaint(step: BuiltStep, value: JsonValue): string | null {
  const before = JSON.stringify(value);
  for (const apply of [step.forward, step.backward]) {
    if (apply === null) continue;
    const result = apply(value, quiet);
    if (!(result instanceof StepFault) && !isJson(result)) return `${step.name} of ${before} is no JSON`;
    if (JSON.stringify(value) !== before) return `${step.name} changed its input ${before}`;
  }
  return null;
}

test('no step throws, hangs, changes its input or gives what JSON cannot hold', { timeout: 120_000 }, () => {
  const complaints = (value: JsonValue): (string | null)[] =>
    built.map((step) => complaint(step, value)).filter((found) => found !== null);
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(complaints(value as JsonValue)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  const sampler = createSampler(7);
  for (let count = 0; count < 1500; count += 1) expect(complaints(sampler.json())).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
});

test('a step that can be undone gives the same value again', { timeout: 120_000 }, () => {
  const sampler = createSampler(11);
  const undoable = built.filter((step) => step.backward !== null);
  for (let count = 0; count < 1500; count += 1) {
    const value = sampler.json(1);
    expect(undoable.map((step) => lostBy(step, value)).filter((found) => found !== null)).toEqual([]);
  }
});

function lostBy(step: BuiltStep, value: JsonValue): string | null {
  const there = value === null ? null : step.forward(value, quiet);
  if (there === null || there instanceof StepFault || step.backward === null) return null;
  const notes: string[] = [];
  const back = step.backward(there, { note: (kind) => notes.push(kind) });
  // What a step says it had to cut is lost, but not in silence.
  if (back === null || back instanceof StepFault || notes.length > 0) return null;
  const again = step.forward(back, quiet);
  if (JSON.stringify(again) === JSON.stringify(there)) return null;
  return `${step.name}: ${JSON.stringify(value)} → ${JSON.stringify(there)} → ${JSON.stringify(back)} → ${JSON.stringify(again)}`;
}

test('a text that the record cannot hold is cut on the way back, and named', () => {
  const written = (spec: StepSpec, value: string): [JsonValue | StepFault | undefined, string[]] => {
    const notes: string[] = [];
    const [step] = buildSteps([spec], around);
    return [step?.backward?.(value, { note: (kind) => notes.push(kind) }), notes];
  };
  expect(written({ limit: 5 }, 'abcde')).toEqual(['abcde', []]);
  expect(written({ limit: 5 }, 'abcdef')).toEqual(['abcd…', ['truncated']]);
  expect(written({ html: { maxLength: 12 } }, 'a<b\nc')).toEqual(['a&lt;b<br>c', []]);
  expect(written({ html: { maxLength: 12 } }, 'a<b\ncde')).toEqual(['a&lt;b<br>c…', ['truncated']]);
  expect(written({ html: { maxLength: 12 } }, '🙂<<<')).toEqual(['🙂&lt;&lt;…', ['truncated']]);
});

function run(specs: readonly StepSpec[], value: JsonValue): JsonValue | string {
  let current: JsonValue | StepFault = value;
  for (const step of buildSteps(specs, around)) {
    if (current === null && step.nulls === 'pass') return null;
    current = step.forward(current, quiet);
    if (current instanceof StepFault) return `fault ${current.code}`;
  }
  return current;
}

const examples: [StepSpec, JsonValue, JsonValue][] = [
  ['trim', ' a ', 'a'],
  ['trim', 12, '12'],
  ['trim', [], 'fault type.mismatch'],
  [{ case: 'title' }, "o'brien-smith ÉLAN", "O'Brien-Smith Élan"],
  [{ replace: '[^0-9]+' }, '(415) 555', '415555'],
  [{ extract: '#(\\d+)' }, 'Ticket #42', '42'],
  [{ truncate: 5 }, 'abcdefgh', 'abcd…'],
  [{ truncate: 4 }, 'ab🙂🙂', 'ab…'],
  ['html', '<p>a &amp; b</p><script>x</script>', 'a & b\nx'],
  [{ number: { decimal: ',', thousands: '.' } }, '1.234,50', 1234.5],
  [{ number: { thousands: ' ' } }, '1 234', 1234],
  ['number', '１２', 12],
  ['number', '12a', 'fault type.mismatch'],
  [{ scale: 0.1 }, 3, 0.3],
  [{ duration: { from: 'ms', to: 'secs', round: 'nearest' } }, 42_400, 42],
  ['clock', '1:02:03', 3723],
  ['money', '¥ 1,088.5', [1088.5, 'CNY']],
  [{ money: { decimal: ',', thousands: '.', currency: 'EUR' } }, '1.234,50', [1234.5, 'EUR']],
  ['money', '12 apples', 'fault money.unreadable'],
  ['date', '2026-11-22T09:00', '2026-11-22T01:00:00.000Z'],
  ['date', '2026-02-30T00:00:00Z', 'fault time.unreadable'],
  [{ date: 'epochMs' }, '1795222800000', '2026-11-21T01:00:00.000Z'],
  [{ date: { format: 'dd/MM/yyyy HH:mm', zone: 'Europe/Berlin' } }, '22/07/2026 12:00', '2026-07-22T10:00:00.000Z'],
  [{ day: 'dd.MM.yyyy' }, '31.12.2026', '2026-12-31'],
  ['phone', '(415) 555-0123', '+14155550123'],
  ['phone', '1001', 'fault phone.unreadable'],
  ['phone', 'anonymous', null],
  [{ phone: { otherwise: 'keep' } }, '1001', '1001'],
  [{ phone: { to: 'national', region: 'CN' } }, '+861065529988', '010 6552 9988'],
  ['email', 'Ann <Ann@Acme.Test>', 'ann@acme.test'],
  ['personName', 'Ludwig van Beethoven', ['Ludwig', 'van Beethoven']],
  ['personName', '欧阳小明', ['小明', '欧阳']],
  ['personName', '王伟', ['伟', '王']],
  ['personName', 'Abbott, Ann', ['Ann', 'Abbott']],
  ['wholeName', ['小明', '欧阳'], '欧阳小明'],
  ['wholeName', ['Ann', null], 'Ann'],
  ['url', 'acme.test', 'https://acme.test/'],
  ['url', 'javascript:alert(1)', 'fault url.scheme'],
  ['url', '/var/spool/asterisk/r1.wav', 'fault url.unreadable'],
  [{ values: 'priority' }, ' 紧急 ', 'urgent'],
  [{ values: 'priority' }, 'ＵＲＧＥＮＴ', 'urgent'],
  [{ values: 'priority' }, 'unheard of', 'low'],
  ['boolean', '是', true],
  ['boolean', 'perhaps', 'fault boolean.unreadable'],
  ['coalesce', [null, ' ', 'b', 'c'], 'b'],
  [{ when: { blank: true, do: [{ value: 'none' }] } }, null, 'none'],
  [{ when: { in: ['a', 'b'], do: [{ case: 'upper' }], otherwise: [{ value: 0 }] } }, 'b', 'B'],
  [{ split: ';' }, 'a; b;;', ['a', 'b']],
  [{ join: ', ' }, ['a', null, 2], 'a, 2'],
  [{ template: '{0} ({1})' }, ['Ann', 'Acme'], 'Ann (Acme)'],
  [{ template: '{0} ({1})' }, [null, ''], null],
  [
    { filter: { field: 'label', is: 'mobile' } },
    [{ label: 'mobile', n: 1 }, { label: 'work' }, 3],
    [{ label: 'mobile', n: 1 }],
  ],
  ['distinct', [1, '1', 1, { a: 1 }, { a: 1 }], [1, '1', { a: 1 }]],
  ['sort', [10, 9, 1], [1, 9, 10]],
  [{ pick: 'a[0].b' }, { a: [{ b: 5 }] }, 5],
  ['json', '{"a":[1]}', { a: [1] }],
  ['hash', 'a', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
  ['mask', '4111111111111111', '••••••••••••1111'],
];

test.each(examples)('%j of %j is %j', (spec, value, expected) => {
  expect(run([spec], value)).toEqual(expected);
});

test('a pattern that takes other engines for ever is run in a moment', () => {
  const started = process.hrtime.bigint();
  expect(run([{ replace: '(a+)+$' }], `${'a'.repeat(50_000)}!`)).toHaveLength(50_001);
  expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(20);
});
