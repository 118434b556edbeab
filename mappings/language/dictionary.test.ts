import { describe, expect, test } from 'vitest';
import { checkDictionary, loadDictionary } from './dictionary.ts';
import { DictionaryError, type Problem, renderProblem } from './problem.ts';
import { buildValueTable } from './value-table.ts';

const values = new Map([
  ['priority', buildValueTable({ rows: [{ record: 'a', entity: 'b' }], ignoreCase: true }, 'priority')],
]);
const head = 'connector: test\nobject: contact\nentity: contact\nversion: 1\n';

function problems(rules: string, start = head): readonly Problem[] {
  return checkDictionary(`${start}rules:\n${rules}\n`, { file: 'contact.yaml', values }).problems;
}

const refused: [string, string, Partial<Problem>][] = [
  [
    'unknown step',
    '  - { to: firstName, from: a, steps: [trimm] }',
    { code: 'step.unknown', line: 6, column: 39, mend: 'Did you mean "trim"?' },
  ],
  ['unknown argument', '  - { to: firstName, from: a, steps: [{ case: { too: lower } }] }', { code: 'step.argument' }],
  [
    'wrong argument',
    '  - { to: firstName, from: a, steps: [{ case: lowr }] }',
    { code: 'step.argument', line: 6, column: 47 },
  ],
  [
    'a form of time by a name that is not ours',
    '  - { to: custom.at, from: a, steps: [{ date: epochSec }] }',
    { code: 'step.argument', line: 6 },
  ],
  ['missing argument', '  - { to: firstName, from: a, steps: [replace] }', { code: 'step.argument' }],
  [
    'step inside when',
    '  - { to: firstName, from: a, steps: [{ when: { do: [trimm] } }], direction: read }',
    { code: 'step.unknown', column: 54 },
  ],
  [
    'back-tracking pattern',
    "  - { to: firstName, from: a, steps: [{ replace: '(?=a)b' }], direction: read }",
    { code: 'pattern.superLinear' },
  ],
  [
    'unknown entity field',
    '  fristName: a',
    { code: 'entity.unknownField', line: 6, column: 3, mend: expect.stringContaining('"firstName"') },
  ],
  [
    'unknown inner field',
    '  address.town: a',
    { code: 'entity.unknownField', message: expect.stringContaining('in "address"') },
  ],
  [
    'two writers',
    '  - firstName: a\n  - { to: firstName, from: b, direction: read }',
    { code: 'target.twoWriters', line: 7 },
  ],
  [
    'a writer inside another',
    '  - { to: custom, from: a, direction: read }\n  - { to: custom.x, from: b, direction: read }',
    { code: 'target.twoWriters' },
  ],
  ['two writers of the record', '  - firstName: a\n  - lastName: a', { code: 'target.twoWriters' }],
  [
    'lossy both ways',
    '  - { to: firstName, from: a, steps: [trim, { substring: 2 }] }',
    { code: 'rule.lossyTwoWay', line: 6, column: 45, mend: expect.stringContaining('back') },
  ],
  [
    'unknown rule key',
    '  - { to: firstName, from: a, step: [trim] }',
    { code: 'schema.unknownKey', column: 31, mend: 'Did you mean "steps"?' },
  ],
  [
    'unknown value table',
    '  - { to: firstName, from: a, steps: [{ values: priorty }] }',
    { code: 'values.unknown', mend: 'Did you mean "priority"?' },
  ],
  ['bad path', '  - { to: firstName, from: "a..b" }', { code: 'path.invalid' }],
  ['prototype path', '  - { to: custom.x, from: a.__proto__.b }', { code: 'path.forbidden' }],
  ['constructor path', '  - { to: custom.constructor, from: a }', { code: 'path.forbidden' }],
  ['no source', '  - { to: firstName, steps: [trim] }', { code: 'schema.invalid' }],
  ['a default that is missing', '  - { to: firstName, from: a, onError: default }', { code: 'rule.noDefault' }],
  ['the same key twice', '  firstName: a\n  firstName: b', { code: 'file.duplicateKey', line: 7, column: 3 }],
];

test.each(refused)('%s is refused at its place', (_, rules, expected) => {
  expect(problems(rules)).toContainEqual(
    expect.objectContaining({ severity: 'error', file: 'contact.yaml', ...expected }),
  );
});

test('a problem shows the line, a caret and how to mend it', () => {
  const [problem] = problems('  - { to: firstName, from: a, steps: [trimm] }');
  expect(problem && renderProblem(problem)).toBe(
    [
      'contact.yaml:6:39 error step.unknown: There is no step "trimm".',
      '6 |   - { to: firstName, from: a, steps: [trimm] }',
      `${' '.repeat(42)}^`,
      '  mend: Did you mean "trim"?',
    ].join('\n'),
  );
});

test('every problem is reported, not only the first', () => {
  expect(
    problems('  - { to: firstName, from: a, steps: [trimm] }\n  - { to: lastName, from: b, onNul: keep }'),
  ).toHaveLength(2);
});

test('short and long forms mean the same', () => {
  const forms = [
    '  firstName: FirstName',
    '  - firstName: FirstName',
    '  - { to: firstName, from: FirstName }',
    '  firstName: { from: [FirstName] }',
  ];
  const ids = forms.map((rules) =>
    loadDictionary(`${head}rules:\n${rules}\n`, { file: 'x.yaml' }).rules.map((rule) => [rule.id, rule.from[0]?.text]),
  );
  expect(ids).toEqual(forms.map(() => [['firstName', 'FirstName']]));
});

test('JSON is read as well', () => {
  const text = JSON.stringify({
    connector: 'test',
    object: 'o',
    entity: 'contact',
    version: 1,
    rules: { firstName: 'a' },
  });
  expect(loadDictionary(text, { file: 'x.json' }).rules).toHaveLength(1);
});

describe('hostile files are refused quickly with a clear problem', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x,x]',
    ...'bcdefghij'
      .split('')
      .map(
        (name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefghij'[index]}`).join(',')}]`,
      ),
  ].join('\n');
  const wide = Array.from({ length: 10_000 }, (_, index) => `  - { to: custom.f${index}, from: f${index} }`).join('\n');
  const manyKeys = Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join('\n');
  const hostile: [string, string, string][] = [
    ['an anchor bomb', bomb, 'file.tooLarge'],
    ['a circle of anchors', 'a: &a [*a]', 'file.tooDeep'],
    ['deep flow nesting', '['.repeat(100_000), 'file.tooDeep'],
    [
      'deep block nesting',
      Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'file.tooDeep',
    ],
    ['deep nesting on one line', `${'- '.repeat(50_000)}a`, 'file.tooDeep'],
    ['a long file', `# ${'x'.repeat(600_000)}`, 'file.tooLarge'],
    ['a key of 100 kB', `${'k'.repeat(100_000)}: 1`, 'file.syntax'],
    ['a path of 100 kB', `${head}rules:\n  - { to: firstName, from: ${'k'.repeat(100_000)} }`, 'schema.invalid'],
    ['a prototype key', `${head}rules: {}\n__proto__: { polluted: true }`, 'file.forbiddenKey'],
    ['a constructor key', `${head}rules: {}\ntitle: { constructor: x }`, 'file.forbiddenKey'],
    ['ten thousand rules', `${head}rules:\n${wide}`, 'file.tooLarge'],
    ['three thousand rules', `${head}rules:\n${wide.split('\n').slice(0, 3000).join('\n')}`, 'rules.tooMany'],
    ['forty thousand keys', manyKeys, 'file.tooLarge'],
    ['broken YAML', 'a: [1, 2', 'file.syntax'],
    ['nothing', '', 'schema.invalid'],
    ['a list', '- a', 'schema.invalid'],
    ['binary', '\u0000\u0001', 'schema.invalid'],
  ];
  test.each(hostile)('%s', { timeout: 20_000 }, (_, text, code) => {
    const { dictionary, problems: found } = checkDictionary(text, { file: 'hostile.yaml' });
    expect(dictionary).toBeNull();
    expect(found.map((problem) => problem.code)).toContain(code);
    expect(found.every((problem) => problem.excerpt.length < 400 && problem.message.length < 600)).toBe(true);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('two thousand rules are within budget', () => {
    const rules = wide.split('\n').slice(0, 2000).join('\n');
    expect(loadDictionary(`${head}rules:\n${rules}`, { file: 'wide.yaml' }).rules).toHaveLength(2000);
  });
});

test('loading throws one error with all problems in it', () => {
  const load = () => loadDictionary(`${head}rules:\n  fristName: a\n`, { file: 'x.yaml' });
  expect(load).toThrow(DictionaryError);
  expect(load).toThrow(/x\.yaml:6:3 error entity\.unknownField[\s\S]*mend: Did you mean "firstName"/);
});

test.each([
  ['', 'The file is empty.'],
  ['# nothing yet', 'The file is empty.'],
  ['[a, b]', 'The file must hold names with values.'],
])('a file that is no dictionary at all (%j) is told how to begin', (text, message) => {
  const { problems } = checkDictionary(text, { file: 'o.yaml' });
  expect(problems).toEqual([expect.objectContaining({ message, mend: 'Begin with "connector:".', line: 1 })]);
});
