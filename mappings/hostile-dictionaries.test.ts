import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { compile } from './language/compile.ts';
import { checkDictionary, loadDictionary } from './language/dictionary.ts';
import { openLibrary } from './language/library.ts';
import { lintDictionary } from './language/lint.ts';
import { renderProblem } from './language/problem.ts';

/** What hangs or overflows fails by the time limit of its test; nothing here is a measurement. */
const patience = { timeout: 60_000 };
const head = 'connector: test\nobject: o\nentity: contact\nversion: 1\n';
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const manyRules = (count: number): string =>
  many(count, (index) => `  - { to: custom.f${index}, from: f${index} }`).join('\n');
const deepFlow = (levels: number): string => `${'{a: '.repeat(levels)}1${'}'.repeat(levels)}`;
const doubling = (levels: number): string =>
  ['a0: &a0 [x, x]', ...many(levels, (index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)].join('\n');

const refused: [name: string, text: string, code: string][] = [
  ['a key of 100 kB', `${'k'.repeat(100_000)}: 1`, 'file.syntax'],
  ['a key of 100 kB said to be one', `? ${'k'.repeat(100_000)}\n: 1`, 'file.forbiddenKey'],
  ['a key of 100 kB in JSON', JSON.stringify({ ['k'.repeat(100_000)]: 1 }), 'file.forbiddenKey'],
  ['a path of 100 kB', `${head}rules:\n  - { to: jobTitle, from: ${'k'.repeat(100_000)} }`, 'schema.invalid'],
  ['a path of a hundred parts', `${head}rules: { jobTitle: ${many(100, () => 'a').join('.')} }`, 'path.invalid'],
  ['ten thousand rules', `${head}rules:\n${manyRules(10_000)}`, 'file.tooLarge'],
  ['ten thousand short rules', `${head}rules:\n${'- a: b\n'.repeat(10_000)}`, 'rules.tooMany'],
  [
    'ten thousand rules from one anchor',
    `${head}x: &r { to: a, from: b }\nrules: [${'*r,'.repeat(10_000)}]`,
    'schema.unknownKey',
  ],
  ['deep nesting in brackets', deepFlow(50_000), 'file.tooDeep'],
  [
    'deep nesting below the looks of a line',
    many(2000, (index) => `${' '.repeat(index % 100)}[{a: `).join('\n'),
    'file.tooDeep',
  ],
  ['deep nesting by lines', many(300, (depth) => `${' '.repeat(depth)}a:`).join('\n'), 'file.tooDeep'],
  ['a bomb of anchors', doubling(30), 'file.tooLarge'],
  ['a bomb of texts', `a: &a ${'x'.repeat(100_000)}\nb: [${'*a,'.repeat(1000)}]`, 'file.tooLarge'],
  ['twenty thousand aliases', `a: &a x\nb: [${'*a,'.repeat(20_000)}]`, 'schema.invalid'],
  ['an anchor that holds itself', 'a: &a [*a]', 'file.tooDeep'],
  ['anchors that hold each other', 'a: &a { b: &b { c: *a, d: *b } }', 'file.tooDeep'],
  ['an alias of nothing', 'a: *nothing', 'file.syntax'],
  ['a tag that makes objects', 'a: !!js/function "function () {}"\nrules: []', 'schema.invalid'],
  ['a prototype as a key', `${head}rules: {}\n__proto__: { polluted: true }`, 'file.forbiddenKey'],
  ['a prototype as a merge', `${head}rules: {}\n<<: { __proto__: { polluted: true } }`, 'file.forbiddenKey'],
  ['a prototype in a path', `${head}rules: { custom.x: a.__proto__.polluted }`, 'path.forbidden'],
  ['a prototype in brackets', `${head}rules: { "custom['constructor']": a }`, 'path.forbidden'],
  [
    'a prototype in a constant',
    `${head}rules: [{ to: custom.x, value: { __proto__: { polluted: true } } }]`,
    'file.forbiddenKey',
  ],
  [
    'a prototype in a step',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ pick: __proto__.x }] }]`,
    'step.argument',
  ],
  ['a step of the prototype', `${head}rules: [{ to: custom.x, from: a, steps: [toString] }]`, 'step.unknown'],
  [
    'a table of the prototype',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ values: toString }] }]`,
    'values.unknown',
  ],
  [
    'a pattern that looks around',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ replace: '(?=(a+)+)b' }] }]`,
    'pattern.superLinear',
  ],
  [
    'a pattern that looks back',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ extract: '(a*)\\1+$' }] }]`,
    'pattern.superLinear',
  ],
  [
    'a pattern of half a million parts',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ extract: '(${'a'.repeat(480)}){1000}' }] }]`,
    'pattern.superLinear',
  ],
  [
    'a pattern of counts of counts',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ extract: '((a{900}){900}){900}' }] }]`,
    'pattern.superLinear',
  ],
  [
    'a table of 100,000 rows',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ values: { rows: [${'{record: a, entity: b},'.repeat(100_000)}] } }] }]`,
    'file.tooLarge',
  ],
  [
    'a table of 6,000 rows',
    `${head}rules: [{ to: custom.x, from: a, steps: [{ values: { rows: [${many(6000, (index) => `{record: a${index}, entity: b}`).join(',')}] } }] }]`,
    'step.argument',
  ],
  ['a constant of a megabyte', `${head}rules: [{ to: custom.x, value: ${'x'.repeat(1_000_000)} }]`, 'file.tooLarge'],
  ['fifty-one steps', `${head}rules: [{ to: custom.x, from: a, steps: [${'trim,'.repeat(51)}] }]`, 'schema.invalid'],
  [
    '2,000 rules of 50 steps',
    `${head}s: &s [${'trim,'.repeat(50)}]\nrules:\n${many(2000, (index) => `- {to: custom.f${index}, from: a, steps: *s}`).join('\n')}`,
    'file.tooLarge',
  ],
  [
    'steps within steps',
    `${head}rules: [{ to: custom.x, from: a, steps: [${'{when: {do: ['.repeat(50)}trim${']}}'.repeat(50)}] }]`,
    'file.tooDeep',
  ],
  ['a date that is no number', `${head}rules: []\nidentity: [.nan, 2026-11-22]`, 'identity.unmapped'],
  ['nothing but noise', '\u0000\u0007\ud800\uffff', 'schema.invalid'],
];

test.each(refused)('%s is refused with a clear problem', patience, (_, text, code) => {
  const { dictionary, problems } = checkDictionary(text, { file: 'hostile.yaml', values: new Map() });
  expect(dictionary).toBeNull();
  expect(problems.map((problem) => problem.code)).toContain(code);
  for (const problem of problems) expect(renderProblem(problem).length).toBeLessThan(1500);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

const step = (steps: string): string => `${head}rules: [{ to: custom.x, from: a, direction: read, steps: [${steps}] }]`;
const text = 'ab'.repeat(50_000);
const run: [name: string, dictionary: string, value: string][] = [
  ['a pattern that drives other engines mad', step("{ replace: '(a+)+$' }"), `${'a'.repeat(100_000)}!`],
  ['a pattern of many ways', step("{ extract: '(a|b|ab)*c' }"), text],
  ['a replacement that swells', step(`{ replace: { find: '.', with: '${'x'.repeat(1000)}' } }`), text],
  ['a replacement that swells by groups', step(`{ replace: { find: '(?s)(.*)', with: '${'$1'.repeat(500)}' } }`), text],
  ['a template that swells', step(`{ template: '${'{0}'.repeat(600)}' }`), text],
  ['fifty prefixes', step(`{ prefix: '${'x'.repeat(200)}' },`.repeat(50)), text],
  ['fifty splits and joins', step("{ split: 'a' }, { join: 'b' },".repeat(25)), text],
  [
    'a table of five thousand rows',
    step(`{ values: { rows: [${many(5000, (index) => `{record: a${index}, entity: b${index}}`).join(',')}] } }`),
    'a4999',
  ],
];

test.each(run)('%s is run within its budget', patience, (_, dictionary, value) => {
  const { read, traceRead } = compile(loadDictionary(dictionary, { file: 'o.yaml' }));
  const { entity, events } = read({ a: value });
  expect(JSON.stringify(entity).length).toBeLessThan(1_100_000);
  expect(traceRead({ a: value })).toMatchObject({ entity, events });
});

test('2,000 rules of 20 steps are checked, linted and run', patience, () => {
  const rules = many(2000, (index) => {
    const steps = index === 0 ? `&s [${'trim,'.repeat(20)}]` : '*s';
    return `- { to: custom.f${index}, from: f${index}, steps: ${steps} }`;
  });
  const dictionary = loadDictionary(`${head}rules:\n${rules.join('\n')}\n`, { file: 'wide.yaml' });
  expect(lintDictionary(dictionary, { values: new Map() })).toEqual([]);
  const record: JsonObject = Object.fromEntries(many(2000, (index) => [`f${index}`, ' x ']));
  expect(Object.keys(compile(dictionary).read(record).entity['custom'] ?? {})).toHaveLength(2000);
});

test('dictionaries that extend themselves, each other, or a thousand others are refused one by one', patience, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const write = (name: string, parent: string, rules = ''): void => {
      mkdirSync(join(folder, name), { recursive: true });
      const text2 = `connector: ${name}\nobject: o\nentity: contact\nversion: 1\nextends: ${parent}/o\nrules: [${rules}]\n`;
      writeFileSync(join(folder, name, 'o.yaml'), text2);
    };
    write('self', 'self');
    for (const [name, next] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ] as const)
      write(name, next);
    for (let index = 0; index < 1000; index += 1) write(`chain-${index}`, `chain-${index + 1}`);
    const library = openLibrary({ userFolder: folder });
    const files = new Set(library.problems.map((problem) => problem.file));
    for (const name of ['self', 'a', 'b', 'c', 'chain-0', 'chain-500', 'chain-999'])
      expect(files).toContain(`${name}/o.yaml`);
    expect(new Set(library.problems.map((problem) => problem.code))).toEqual(new Set(['extends.missing']));
    expect(library.find('hubspot', 'contacts')).not.toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
