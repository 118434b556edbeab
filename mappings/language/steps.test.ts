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

const built: BuiltStep[] = stepKinds.flatMap((kind) => buildSteps(kind.examples, around));
const quiet: LossNotes = { note: () => undefined };

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
  // Berlin puts its clocks forward at 02:00 on 29 March and back at 03:00 on 25 October.
  [{ date: { zone: 'Europe/Berlin' } }, '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  [{ date: { zone: 'Europe/Berlin' } }, '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  [{ date: { zone: 'Europe/Berlin', repeatedHour: 'second' } }, '2026-10-25T02:30', '2026-10-25T01:30:00.000Z'],
  [{ date: { zone: 'Europe/Berlin' } }, '2026-10-25T02:30+01:00', '2026-10-25T01:30:00.000Z'],
  [{ date: { format: 'dd/MM/yyyy HH:mm ZZ', zone: 'UTC' } }, '25/10/2026 02:30 +01:00', '2026-10-25T01:30:00.000Z'],
  [
    { date: { format: "yyyy'年'M'月'd'日' H:mm", zone: 'Asia/Shanghai' } },
    '2026年1月2日 9:05',
    '2026-01-02T01:05:00.000Z',
  ],
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
  [{ reference: 'companies' }, 123, 'companies/123'],
  [{ reference: 'companies' }, ' ', null],
  [{ reference: { object: 'Account', by: 'Code__c' } }, { Code__c: 'A1', attributes: {} }, 'Account(Code__c)/A1'],
  [{ reference: { object: 'companies', mustResolve: true } }, '123', 'fault reference.unknown'],
  [{ reference: { object: 'companies', none: ['0'] } }, 0, null],
  [{ reference: 'companies' }, [1], 'fault type.mismatch'],
  [{ xml: 'Order/Line/@sku' }, '<Order><Line sku="A"/><Line sku="B"/></Order>', 'A'],
  [{ xml: { path: 'Order/Line/@sku', all: true } }, '<Order><Line sku="A"/></Order>', ['A']],
  [{ xml: '//name' }, '<s:E xmlns:s="x"><s:Body><name> Ann &amp; Bob </name></s:Body></s:E>', 'Ann & Bob'],
  ['xml', '<a id="1"><b>x</b><b/><c><![CDATA[<d>]]></c></a>', { '@id': '1', b: ['x', null], c: '<d>' }],
  [{ xml: { lists: ['b'] } }, '<a><b>x</b></a>', { b: ['x'] }],
  ['xml', '<a>&e;</a>', 'fault xml.unreadable'],
  ['xml', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', 'fault xml.doctype'],
  ['xml', '<a><__proto__/></a>', 'fault xml.unreadable'],
  ['xml', '<a>'.repeat(100) + '</a>'.repeat(100), 'fault xml.tooDeep'],
  ['xml', 'plain text', 'fault xml.unreadable'],
  [
    'address',
    '1 Main St\nSuite 5\nSan Francisco, CA 94105\nUSA',
    {
      street: '1 Main St\nSuite 5',
      city: 'San Francisco',
      region: 'CA',
      postalCode: '94105',
      country: 'USA',
    },
  ],
  [
    { address: { by: ', ' } },
    'Unter den Linden 1, 10117 Berlin',
    { street: 'Unter den Linden 1', city: 'Berlin', region: null, postalCode: '10117', country: null },
  ],
  [
    'address',
    ['10 Downing Street', 'London', 'SW1A 2AA', null],
    { street: '10 Downing Street', city: 'London', region: null, postalCode: 'SW1A 2AA', country: null },
  ],
  [
    'address',
    '518057 中国广东省深圳市南山区科技园路1号',
    { street: '南山区科技园路1号', city: '深圳市', region: '广东省', postalCode: '518057', country: '中国' },
  ],
  [
    'address',
    '北京市朝阳区建国路88号 100022',
    { street: '朝阳区建国路88号', city: '北京市', region: null, postalCode: '100022', country: null },
  ],
  [
    'address',
    '〒100-0001 東京都千代田区千代田1-1',
    { street: '千代田1-1', city: '千代田区', region: '東京都', postalCode: '100-0001', country: null },
  ],
  ['address', 'no city here', 'fault address.unreadable'],
  ['hash', 'a', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
  ['money', 'RMB 1.5万', [15_000, 'CNY']],
  ['money', '(1,234.50)', [-1234.5, null]],
  ['money', 'US$ -5', [-5, 'USD']],
  ['money', '12.5-', [-12.5, null]],
  ['money', '-(5)', 'fault money.unreadable'],
  [{ money: 'JPY' }, '¥1,088', [1088, 'JPY']],
  [{ money: 'JPY' }, '1088.4', [1088, 'JPY']],
  [{ money: { currency: 'EUR', minor: true } }, 1050, [10.5, 'EUR']],
  [{ money: { currency: 'JPY', minor: true } }, 1050, [1050, 'JPY']],
  [{ money: { decimal: ',', thousands: '.' } }, 1234.5, [1234.5, null]],
  ['mask', '4111111111111111', '••••••••••••1111'],
];

test.each(examples)('%j of %j is %j', (spec, value, expected) => {
  expect(run([spec], value)).toEqual(expected);
});

/** What steps note when they read and when they undo. */
function notesOf(spec: StepSpec, direction: 'forward' | 'backward', value: JsonValue): string[] {
  const kinds: string[] = [];
  for (const step of buildSteps([spec], around)) step[direction]?.(value, { note: (kind) => kinds.push(kind) });
  return kinds;
}

test('the hours that clocks skip and repeat are named, not passed over', () => {
  const berlin = { date: { format: 'dd/MM/yyyy HH:mm', zone: 'Europe/Berlin' } };
  expect(notesOf(berlin, 'forward', '29/03/2026 02:30')).toEqual(['defaulted']);
  expect(notesOf(berlin, 'forward', '25/10/2026 02:30')).toEqual([]);
  expect(notesOf(berlin, 'backward', '2026-10-25T00:30:00.000Z')).toEqual([]);
  expect(notesOf(berlin, 'backward', '2026-10-25T01:30:00.000Z')).toEqual(['truncated']);
});

test.each(['HH:mm', 'dd/MM HH:mm', "d 'May'"])('the format %s without a year is refused', (format) => {
  expect(() => buildSteps([{ date: format }], around)).toThrow('holds no year');
  expect(() => buildSteps([{ day: format }], around)).toThrow('holds no year');
});

test('an extension that is left out is named', () => {
  expect(run(['phone'], '415-555-0123 x5')).toBe('+14155550123');
  expect(notesOf('phone', 'forward', '415-555-0123 x5')).toEqual(['truncated']);
  expect(notesOf('phone', 'backward', '+14155550123;ext=5')).toEqual(['truncated']);
  expect(notesOf('phone', 'forward', '415-555-0123')).toEqual([]);
  expect(notesOf({ phone: { extension: 'keep' } }, 'forward', '415-555-0123 x5')).toEqual([]);
});

test('an address is written even where it cannot be read back, and says what is lost', () => {
  expect(notesOf({ address: 'european' }, 'backward', { street: 'A 1', city: 'Ulm', postalCode: '89073' })).toEqual([]);
  expect(notesOf({ address: 'european' }, 'backward', { city: 'Ulm', region: 'BW', postalCode: '89073' })).toEqual([
    'truncated',
  ]);
});

test('a pattern that takes other engines for ever is run in a moment', () => {
  expect(run([{ replace: '(a+)+$' }], `${'a'.repeat(50_000)}!`)).toHaveLength(50_001);
});
