import { expect, test } from 'vitest';
import type { ObjectDescription } from '#core/contract/connector.ts';
import { checkDictionary, loadDictionary } from './dictionary.ts';
import { openLibrary } from './library.ts';
import { lintDictionary, type LintOptions } from './lint.ts';
import type { Problem } from './problem.ts';
import { buildValueTable } from './value-table.ts';

const values = new Map([
  [
    'status',
    buildValueTable(
      {
        rows: [
          { record: 'A', entity: 'active' },
          { record: 'X', entity: 'gone' },
        ],
        ignoreCase: true,
      },
      'status',
    ),
  ],
]);
const object: ObjectDescription = {
  name: 'contacts',
  fields: [
    { name: 'name', label: 'Name', type: 'string', required: true, maxLength: 80 },
    { name: 'state', label: 'State', type: 'picklist', values: ['A', 'B'] },
    { name: 'changed', label: 'Changed', type: 'datetime', readOnly: true },
  ],
};

function lint(rules: string, described = false): Problem[] {
  const text = `connector: test\nobject: contacts\nentity: contact\nversion: 1\nrules:\n${rules}\n`;
  const dictionary = loadDictionary(text, { file: 'o.yaml' });
  return lintDictionary(dictionary, { values, ...(described ? { object } : {}) });
}

const found: [string, string, boolean, Partial<Problem>][] = [
  [
    'a text step on a list',
    '  - { to: jobTitle, from: a, steps: [{ split: ";" }, trim], direction: read }',
    false,
    { code: 'step.order', severity: 'error' },
  ],
  [
    'a text step on several sources',
    '  - { to: jobTitle, from: [a, b], steps: [trim], direction: read }',
    false,
    { code: 'step.order' },
  ],
  [
    'a list for a text field',
    '  - { to: jobTitle, from: a, steps: [{ split: ";" }] }',
    false,
    { code: 'entity.typeMismatch' },
  ],
  ['a constant that is no picklist value', '  - { to: status, value: activ }', false, { code: 'entity.notAValue' }],
  [
    'a row that is no picklist value',
    '  - { to: status, from: a, steps: [{ values: status }] }',
    false,
    { code: 'entity.notAValue', message: expect.stringContaining('gone') },
  ],
  [
    'a picklist value without a row',
    '  - { to: status, from: a, steps: [{ values: status }] }',
    false,
    { code: 'values.missingRow', severity: 'warning' },
  ],
  ['a key in a constant', '  - { from: key, value: pat-na1-0000 }', false, { code: 'secret.constant' }],
  [
    'steps whose input does not matter',
    '  - { to: jobTitle, from: a, steps: [trim, { value: x }], direction: read }',
    false,
    { code: 'rule.unreachable' },
  ],
  [
    'a way back that does not lead back',
    '  - { to: jobTitle, from: a, steps: [{ prefix: "x" }], back: [trim] }',
    false,
    { code: 'rule.breaksRoundTrip', message: expect.stringContaining('becomes') },
  ],
  [
    'an unknown field of the record',
    '  jobTitle: nmae',
    true,
    { code: 'record.unknownField', mend: 'Did you mean "name"?' },
  ],
  ['a field of the record that is read only', '  - { to: custom.x, from: changed }', true, { code: 'record.readOnly' }],
  ['a text that may be too long', '  jobTitle: name', true, { code: 'record.tooLong', severity: 'warning' }],
  [
    'a value the record does not know',
    '  - { to: status, from: state, steps: [{ values: status }] }',
    true,
    { code: 'record.notAValue' },
  ],
  ['a required field of the record', '  jobTitle: state', true, { code: 'record.requiredUnmapped' }],
];
test.each(found)('%s is found', (_, rules, described, expected) => {
  expect(lint(rules, described)).toContainEqual(expect.objectContaining({ file: 'o.yaml', ...expected }));
});

const losing: [string, string, string][] = [
  ['{ case: lower }', 'jobTitle', 'is written as'],
  ['{ case: title }', 'custom.x', 'is written as'],
  ['{ round: 0 }', 'custom.n', '42.4'],
  ['{ duration: { from: ms, to: secs, round: nearest } }', 'custom.n', '42.4'],
];
test.each(losing)('the step %s is named with a value it makes coarser', (step, to, part) => {
  expect(lint(`  - { to: ${to}, from: a, steps: [${to === 'custom.n' ? 'number' : 'trim'}, ${step}] }`)).toEqual([
    expect.objectContaining({
      code: 'rule.breaksRoundTrip',
      severity: 'warning',
      message: expect.stringMatching(new RegExp(`^"${to}" loses on the way: .*${part}`)),
    }),
  ]);
  expect(lint(`  - { to: ${to}, from: a, steps: [${step}], direction: read }`)).toEqual([]);
});

test('steps that only tidy up are not held against a rule', () => {
  const steps = ['trim', 'collapse', 'phone', 'email', 'date', 'number', '{ date: epochMs }', 'html', 'personName'];
  for (const step of steps) {
    const to = step === 'personName' ? '[firstName, lastName]' : 'custom.x';
    expect(lint(`  - { to: ${to}, from: a, steps: [blankToNull, ${step}] }`), step).toEqual([]);
  }
});

const witnesses: [string, RegExp][] = [
  ['{ substring: 1 }', /: "Ann" and "ann" both become "nn"/],
  ['{ truncate: 80 }', /both become "xxx/],
  ["{ replace: '[0-9]+' }", /: "Ticket 41" and "Ticket 42" both become "Ticket "/],
  ['{ mask: 2 }', /both become/],
  ['first', /: \["a","b"\] and \["a","c"\] both become "a"/],
];
test.each(witnesses)('the lossy step %s is named with two values it makes one', (step, message) => {
  const text = `connector: t\nobject: o\nentity: contact\nversion: 1\nrules: [{ to: custom.x, from: a, steps: [${step}] }]\n`;
  expect(checkDictionary(text, { file: 'o.yaml' }).problems).toEqual([
    expect.objectContaining({ code: 'rule.lossyTwoWay', message: expect.stringMatching(message) }),
  ]);
});

test('a rule that only writes is told where the steps of writing belong', () => {
  const rule = '{ to: custom.x, from: a, steps: [{ truncate: 5 }], direction: write }';
  const text = `connector: t\nobject: o\nentity: contact\nversion: 1\nrules: [${rule}]\n`;
  expect(checkDictionary(text, { file: 'o.yaml' }).problems).toEqual([
    expect.objectContaining({
      code: 'rule.lossyTwoWay',
      message: expect.stringContaining('writes by undoing its steps'),
      mend: expect.stringContaining('under "back:"'),
    }),
  ]);
});

test('samples of the description and of the tests are tried as well', () => {
  // Only a value that begins with "Q7" does not come back.
  const rules =
    "  - { to: jobTitle, from: name, steps: [{ prefix: 'Q7' }], back: [{ extract: '(?s)^(?:Q7)?(.*)$' }, { replace: '^Q7' }] }";
  const code = 'rule.breaksRoundTrip';
  const text = `connector: test\nobject: contacts\nentity: contact\nversion: 1\nrules:\n${rules}\n`;
  const dictionary = loadDictionary(text, { file: 'o.yaml' });
  const codes = (options: Partial<LintOptions>): string[] =>
    lintDictionary(dictionary, { values, ...options }).map((problem) => problem.code);
  expect(codes({})).not.toContain(code);
  const described = {
    name: 'contacts',
    fields: [{ name: 'name', label: '', type: 'string', samples: ['Q7x'] }],
  } as const;
  expect(codes({ object: described })).toContain(code);
  const test = { name: 't', direction: 'read', record: { name: 'Q7x' }, entity: {}, events: [] } as const;
  expect(codes({ tests: [{ ...test, events: [] }] })).toContain(code);
});

test('a required field of the entity that no rule reads is named', () => {
  const text = 'connector: t\nobject: o\nentity: account\nversion: 1\nrules: { domain: d }\n';
  expect(lintDictionary(loadDictionary(text, { file: 'o.yaml' }), { values })).toMatchObject([
    { code: 'entity.requiredUnmapped', severity: 'warning', line: 5 },
  ]);
});

test('a sound dictionary has nothing to say against it', () => {
  expect(
    lint(
      '  - { to: jobTitle, from: name, steps: [{ limit: 80 }] }\n  - { to: custom.x, from: changed, direction: read }',
      true,
    ),
  ).toEqual([]);
});

test('the shipped dictionaries have no errors', () => {
  const library = openLibrary();
  const errors = library.entries
    .flatMap(({ dictionary }) => lintDictionary(dictionary, { values: library.values }))
    .filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
});
