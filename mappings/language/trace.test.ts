import { expect, test } from 'vitest';
import { compile, type CompiledDictionary } from './compile.ts';
import { checkDictionary, loadDictionary } from './dictionary.ts';
import { StepFault } from './step.ts';

const head = 'connector: crm\nobject: contacts\nentity: contact\nversion: 1\nrules:\n';

function dictionary(rules: string): CompiledDictionary {
  return compile(loadDictionary(head + rules, { file: 'crm/contacts.yaml' }));
}

test.each([
  ['the only step', 'steps: [number]', 'steps[0]'],
  ['the first of two', 'steps: [number, text]', 'steps[0]'],
  ['the last of two', 'steps: [trim, number]', 'steps[1]'],
  ['one of three', 'steps: [trim, number, text]', 'steps[1]'],
  ['the last of three', 'steps: [trim, collapse, number]', 'steps[2]'],
  [
    'a step inside a step',
    'steps: [trim, { when: { blank: true, otherwise: [trim, number] } }]',
    'steps[1].when.otherwise[1]',
  ],
  [
    'two levels down',
    'steps: [{ when: { do: [{ when: { do: [number, text] } }] } }]',
    'steps[0].when.do[0].when.do[0]',
  ],
])('a fault names %s, traced or not', (_, steps, at) => {
  const { read, traceRead } = dictionary(`  - { to: custom.n, from: a, direction: read, ${steps} }`);
  const { events } = read({ a: 'many' });
  expect(events).toEqual([
    { kind: 'omitted', rule: 'custom.n', code: 'type.mismatch', reason: expect.any(String), at },
  ]);
  expect(traceRead({ a: 'many' }).events).toEqual(events);
});

test('on the way back a fault names the step as the rule has it', () => {
  const undone = dictionary('  - { to: custom.n, from: a, steps: [{ scale: 2 }, { round: 1 }] }');
  expect(undone.write({ custom: { n: 'x' } }).events).toMatchObject([{ at: 'steps[1]' }]);
  const written = dictionary('  - { to: custom.n, from: a, steps: [trim], back: [trim, number] }');
  expect(written.write({ custom: { n: 'x' } }).events).toMatchObject([{ at: 'back[1]' }]);
});

test('a fault in a list names the element too', () => {
  const { read, traceRead } = dictionary(
    "  - { to: 'custom.n[]', from: 'a[]', direction: read, steps: [trim, number] }",
  );
  const record = { a: ['1', 'x', '3', [4]] };
  expect(read(record)).toMatchObject({
    entity: { custom: { n: [1, null, 3, null] } },
    events: [
      { kind: 'nulled', code: 'type.mismatch', at: 'steps[1]', element: 1 },
      { kind: 'nulled', code: 'type.mismatch', at: 'steps[0]', element: 3 },
    ],
  });
  expect(traceRead(record).events).toEqual(read(record).events);
});

test('what every step made of a list is a list', () => {
  const { traceRead } = dictionary("  - { to: 'custom.n[]', from: 'a[]', direction: read, steps: [trim, number] }");
  expect(traceRead({ a: [' 1 ', 'x'] }).rows).toEqual([
    {
      rule: 'custom.n[]',
      from: [' 1 ', 'x'],
      steps: [
        ['1', 'x'],
        [1, null],
      ],
      to: [1, null],
    },
  ]);
  const bare = dictionary("  - { to: 'custom.n[]', from: 'a[]' }");
  expect(bare.traceRead({ a: [1] }).rows).toEqual([{ rule: 'custom.n[]', from: [1], steps: [], to: [1] }]);
});

test('steps inside a step are shown, in the order they ran, and only in the rule they belong to', () => {
  const { traceRead } = dictionary(
    `  - { to: firstName, from: a, direction: read, steps: [trim, { when: { blank: true, do: [{ value: none }], otherwise: [{ case: upper }, { prefix: x }] } }] }
  - { to: lastName, from: a, direction: read, steps: [trim] }`,
  );
  const { rows } = traceRead({ a: ' ann ' });
  expect(rows[0]).toMatchObject({ steps: ['ann', 'xANN'], to: 'xANN' });
  expect(rows[0]?.inside).toEqual([
    { at: 'steps[1].when.otherwise', names: ['case', 'prefix'], from: 'ann', steps: ['ANN', 'xANN'] },
  ]);
  expect(rows[1]).not.toHaveProperty('inside');
});

test('a table that does not exist is found inside steps too', () => {
  const text = `${head}  - { to: firstName, from: a, direction: read, steps: [{ when: { blank: false, do: [{ values: nowhere }] } }] }\n`;
  const { problems } = checkDictionary(text, { file: 'crm/contacts.yaml', values: new Map() });
  expect(problems.map(({ code }) => code)).toEqual(['values.unknown']);
});

test.each([
  ['element by element', "{ to: 'custom.n[]', from: 'a[]', direction: read, steps: [trim] }"],
  ['without steps', "{ to: 'custom.n[]', from: 'a[]', direction: read }"],
  ['below the list', "{ to: 'custom.n[]', from: 'a[].b', direction: read }"],
  ['as a whole', "{ to: custom.n, from: 'a[]', direction: read, steps: [{ join: ',' }] }"],
  ['as a whole, without steps', "{ to: custom.n, from: 'a[]', direction: read }"],
])('what stands where a list should is told of: %s', (_, rule) => {
  const { read, traceRead } = dictionary(`  - ${rule}`);
  const { entity, events } = read({ a: 'vip' });
  expect(entity).toEqual({});
  expect(events).toMatchObject([{ kind: 'omitted', code: 'type.mismatch', reason: 'wants a list, got text "vip"' }]);
  expect(events[0]).not.toHaveProperty('at');
  expect(traceRead({ a: 'vip' }).events).toEqual(events);
  expect(read({})).toEqual({ entity: {}, events: [] });
  expect(read({ a: null })).toMatchObject({ events: [] });
});

test('faults are shown without a place where they have none', () => {
  expect(JSON.stringify(new StepFault('a.b', 'c'))).toBe('{"code":"a.b","reason":"c"}');
});
