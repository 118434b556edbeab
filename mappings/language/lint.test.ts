import { expect, test } from 'vitest';
import type { ObjectDescription } from '#core/contract/connector.ts';
import { loadDictionary } from './dictionary.ts';
import { openLibrary } from './library.ts';
import { lintDictionary } from './lint.ts';
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
