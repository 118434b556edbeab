import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compile } from '../compile.ts';
import { checkDictionary, loadDictionary } from '../dictionary.ts';
import { lintDictionary } from '../lint.ts';
import { buildSteps } from '../pipeline.ts';
import type { Problem } from '../problem.ts';
import { isSlow } from '../slow.ts';
import { StepFault } from '../step.ts';

const around = { table: () => undefined, region: 'US', timeZone: 'UTC' };

/** With the largest budget, so that a busy machine does not fail the test. */
function evaluate(expression: string, gives: string, value: JsonValue): JsonValue | string {
  const [step] = buildSteps([{ jsonata: { expression, gives, budgetMs: 250 } }], around);
  const result = step?.forward(value, { note: () => undefined }) ?? null;
  return result instanceof StepFault ? `${result.code}: ${result.reason}` : result;
}

const several = (gives: string): string =>
  `jsonata.cardinality: gives a list of 2 where "gives: ${gives}" promises a single value`;
const table: [expression: string, gives: string, result: JsonValue][] = [
  ['missing', 'one', null],
  ['missing', 'list', []],
  ['missing', 'text', null],
  ['nothing', 'list', []],
  ['[]', 'one', null],
  ['[]', 'list', []],
  ['[]', 'number', null],
  ['tags[0]', 'list', ['a']],
  ['tags[$ = "a"]', 'list', ['a']],
  ['tags[$ = "a"]', 'one', 'a'],
  ['[tags[0]]', 'one', 'a'],
  ['[tags[0]]', 'text', 'a'],
  ['tags', 'list', ['a', 'b']],
  ['tags', 'one', several('one')],
  ['tags', 'text', several('text')],
  ['tags', 'object', several('object')],
  ['[[tags]]', 'list', [['a', 'b']]],
  ['[null]', 'list', [null]],
  ['name', 'text', 'Ann'],
  ['age', 'text', '42'],
  ['age', 'number', 42],
  ['"42"', 'number', 42],
  ['name', 'number', 'type.mismatch: wants a number, got text "Ann"'],
  ['age > 18', 'boolean', true],
  ['"true"', 'boolean', 'type.mismatch: wants true or false, got text "true"'],
  ['{"a": age}', 'object', { a: 42 }],
  ['[{"a": age}]', 'object', { a: 42 }],
  ['{"a": age}', 'text', 'type.mismatch: wants text, got an object'],
  ['name', 'object', 'type.mismatch: wants an object, got text "Ann"'],
];

test.each(table)('%s gives %s', (expression, gives, result) => {
  const record = { name: 'Ann', age: 42, tags: ['a', 'b'], nothing: null };
  expect(evaluate(expression, gives, record)).toEqual(result);
});

test('the short form gives a single value, and null goes past', () => {
  const [step] = buildSteps([{ jsonata: 'lines[qty > 1].name' }], around);
  expect(step).toMatchObject({ nulls: 'pass', output: 'any', fidelity: 'lossy', backward: null });
  const lines = [
    { name: 'bolt', qty: 1 },
    { name: 'nut', qty: 2 },
  ];
  expect(step?.forward({ lines }, { note: () => undefined })).toBe('nut');
  expect(
    evaluate('$sum($.(price * qty))', 'number', [
      { price: 2, qty: 3 },
      { price: 1.5, qty: 2 },
    ]),
  ).toBe(9);
});

test('the input may be any JSON, and lists stay lists', () => {
  expect(evaluate('$', 'list', ['x'])).toEqual(['x']);
  expect(evaluate('$count($)', 'one', ['x', 'y'])).toBe(2);
  expect(evaluate('$ & "!"', 'text', 'x')).toBe('x!');
});

test('what cannot be answered is a fault with the reason JSONata gives', () => {
  expect(evaluate('$number("x")', 'one', {})).toMatch(/^jsonata\.failed: unable to cast value to a number/);
  expect(evaluate('$error("no price")', 'one', {})).toBe('jsonata.failed: no price');
  expect(evaluate('1/0', 'number', {})).toBe('jsonata.failed: the expression gives no finite number');
  expect(evaluate('$uppercase', 'one', {})).toBe('jsonata.failed: the expression gives a function');
  expect(evaluate('{"f": function($x){$x}}', 'one', {})).toBe('jsonata.failed: the expression gives a function');
});

test('the day it is asked, the zone of the machine and chance make no difference', () => {
  expect(evaluate('$fromMillis($toMillis("10:11", "[H01]:[m01]"))', 'text', {})).toBe('1970-01-01T10:11:00.000Z');
  expect(evaluate('$toMillis("2026-11-22T09:00:00")', 'number', {})).toBe(Date.UTC(2026, 10, 22, 9));
  expect(evaluate('$toMillis("2026-11-22T09:00:00+08:00")', 'number', {})).toBe(Date.UTC(2026, 10, 22, 1));
});

test('base64 works without Node and without a browser', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'hello é!', '\u0000ÿ']) {
    const base64 = Buffer.from(text, 'latin1').toString('base64');
    expect(evaluate('$base64encode($)', 'text', text)).toBe(base64);
    expect(evaluate('$base64decode($)', 'text', base64)).toBe(text);
  }
  expect(evaluate('$base64encode($)', 'text', '王')).toMatch(/^jsonata\.failed/);
});

function dictionaryOf(rules: string): string {
  return `connector: test\nobject: o\nentity: contact\nversion: 1\nidentity: [emails]\nrules:\n${rules}\n`;
}

function problemsOf(rules: string): readonly Problem[] {
  return checkDictionary(dictionaryOf(`  - emails: e\n${rules}`), { file: 'o.yaml' }).problems;
}

const refused: [string, string, string][] = [
  ['a bracket that is not closed', "'(1 + 2'", 'cannot be read at character 6: expected ")" before end of expression'],
  ['a word too many', "'a b'", 'cannot be read at character 3: syntax error: "b"'],
  ['a place in the second line', '"a +\\n  b c"', 'cannot be read at line 2, character 5: syntax error: "c"'],
  [
    'the time of day',
    "'$now()'",
    'cannot be read at character 4: $now is not available: it would answer differently each time',
  ],
  ['chance', "'tags.$random()'", '$random is not available: it would answer differently each time'],
  ['chance under another name', "'($f := $shuffle; $f(tags))'", '$shuffle is not available'],
  ['expressions in texts', `'$eval("$now()")'`, '$eval is not available: it would run what nobody has checked'],
  ['another kind of copy', "'($clone := function($x){$x}; $ ~> |$|{}|)'", '$clone is not available'],
  ['no expression', "''", '"expression" too small'],
];

test.each(refused)('refused with its place: %s', (_, expression, message) => {
  for (const written of [expression, `{ expression: ${expression}, gives: text }`]) {
    const [problem, ...others] = problemsOf(
      `  - { to: jobTitle, from: a, steps: [{ jsonata: ${written} }], direction: read }`,
    );
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'step.argument', severity: 'error', line: 8 });
    expect(problem?.message).toContain(message);
    expect(problem?.excerpt).toContain('jsonata');
  }
});

test('budgets have limits', () => {
  for (const [name, value] of Object.entries({ budgetMs: 251, depth: 501, gives: 'several', other: 1 })) {
    const [problem] = problemsOf(
      `  - { to: jobTitle, from: a, steps: [{ jsonata: { expression: a, ${name}: ${value} } }], direction: read }`,
    );
    expect(problem).toMatchObject({ code: 'step.argument' });
    expect(problem?.message).toContain(name);
  }
  const endless = `'${'('.repeat(3999)}'`;
  expect(problemsOf(`  - { to: jobTitle, from: a, steps: [{ jsonata: ${endless} }], direction: read }`)).toHaveLength(
    1,
  );
});

test('a rule that also writes needs its way back written', () => {
  const [problem] = problemsOf("  - { to: jobTitle, from: a, steps: [{ jsonata: 'b' }] }");
  expect(problem).toMatchObject({ code: 'rule.lossyTwoWay' });
});

test('the linter marks the step as slow, also inside a when, and names plain steps', () => {
  const text = dictionaryOf(
    [
      '  - { to: emails, from: e }',
      "  - { to: jobTitle, from: a, steps: [trim, { jsonata: { expression: '$ & $', gives: text } }], direction: read }",
      "  - { to: lastName, from: b, steps: [{ when: { matches: x, do: [{ jsonata: '$' }] } }], direction: read }",
      "  - { to: firstName, from: c, back: [{ jsonata: { expression: '$', gives: text } }] }",
    ].join('\n'),
  );
  const dictionary = loadDictionary(text, { file: 'o.yaml' });
  const slow = lintDictionary(dictionary, { values: new Map() }).filter(({ code }) => code === 'step.slow');
  expect(slow.map(({ line, severity }) => [line, severity])).toEqual([
    [8, 'warning'],
    [9, 'warning'],
    [10, 'warning'],
  ]);
  expect(slow[0]?.mend).toMatch(/pick, filter/);
  expect(isSlow(dictionary)).toBe(true);
  expect(isSlow(loadDictionary(dictionaryOf('  - emails: e'), { file: 'p.yaml' }))).toBe(false);
});

test('in a dictionary a fault leaves the target alone and is an event', () => {
  const rules = `  - { to: jobTitle, from: tags, steps: [{ jsonata: { expression: $, gives: text, budgetMs: 250 } }], direction: read }`;
  const { read, traceRead } = compile(loadDictionary(dictionaryOf(`  - emails: e\n${rules}`), { file: 'o.yaml' }));
  const record: JsonObject = { tags: ['a', 'b'] };
  const { entity, events } = read(record);
  expect(entity).toEqual({});
  expect(events).toMatchObject([{ kind: 'omitted', rule: 'jobTitle', code: 'jsonata.cardinality' }]);
  expect(traceRead(record).events).toEqual(events);
  expect(read({ tags: ['a'] }).entity).toEqual({ jobTitle: 'a' });
});
