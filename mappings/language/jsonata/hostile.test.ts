import { afterAll, expect, test } from 'vitest';
import type { JsonValue } from '#core/contract/json.ts';
import { buildSteps } from '../pipeline.ts';
import { createSampler } from '../samples.ts';
import { StepFault } from '../step.ts';
import { Evaluator } from './evaluator.ts';

const around = { table: () => undefined, region: 'US', timeZone: 'UTC' };
const own = new Evaluator();
afterAll(() => own.close());

function evaluate(
  expression: string,
  value: JsonValue = {},
  settings: { gives?: string; depth?: number } = {},
): JsonValue {
  const [step] = buildSteps([{ jsonata: { expression, budgetMs: 250, ...settings } }], around);
  const result = step?.forward(value, { note: () => undefined }) ?? null;
  return result instanceof StepFault ? `fault ${result.code}` : result;
}

/** The next question finds a worker that answers; one try in ten may be lost to a machine with other things to do. */
function expectToGoOn(): void {
  for (let attempt = 0; attempt < 10; attempt += 1) if (evaluate('1 + 1') === 2) return;
  expect(evaluate('1 + 1')).toBe(2);
}

const timeout = 'fault jsonata.timeout';
const tooLarge = 'fault jsonata.tooLarge';
const endless: [string, string, string][] = [
  ['a recursion without end', '($f := function($x){ $f($x) }; $f(1))', timeout],
  ['two functions that call each other', '($f := function(){ $g() }; $g := function(){ $f() }; $f())', timeout],
  ['a recursion that goes deeper each time', '($f := function($x){ 1 + $f($x) }; $f(1))', 'fault jsonata.depth'],
  ['a pattern that tries every way', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)', timeout],
  ['a loop over a million', '$map([1..1000000], function($v){ $v })', tooLarge],
  ['a loop over the most there may be', '$map([1..99999], function($v){ $sum([1..$v]) })', timeout],
  ['ten million numbers', '$count([1..9999999])', tooLarge],
  ['a list of lists of lists', '($a := [1..90000]; $count($a.($a)))', tooLarge],
  ['lists put behind each other', '($f := function($x){ $f($append($x, $x)) }; $f([1, 2]))', tooLarge],
  ['a text of a gigabyte by padding', '$length($pad("x", 1000000000))', tooLarge],
  ['a text of a gigabyte by joining', '$join([1..99999].($pad("x", 20000)))', timeout],
  ['a text of a gigabyte by doubling', '($f := function($x){ $f($x & $x) }; $f("abcdefgh"))', tooLarge],
  ['a text of a gigabyte by replacing', '$replace($pad("a", 99999, "a"), "a", $pad("b", 99999, "b"))', tooLarge],
  ['a text of a gigabyte by number format', '$fromMillis(0, "[Y,999999999-999999999]")', tooLarge],
  ['a small graph that is a large tree', '$string($reduce([1..60], function($a, $i){ [[$a], [$a]] }, 1))', tooLarge],
  [
    'margins wider than the text',
    '$string($reduce([1..500], function($a, $i){ {"a": $a} }, [1..9999]), true)',
    tooLarge,
  ],
  ['a result of two million characters', '[$pad("x", 900000), $pad("y", 900000)]', tooLarge],
  ['a result that nests without end', '$reduce([1..5000], function($a, $i){ {"a": $a} }, 1)', 'fault value.tooDeep'],
];

test.each(endless)('%s ends within the budget', (_, expression, expected) => {
  const result = evaluate(expression);
  // A bound that is reached late on a busy machine gives way to the time limit; nothing else will do.
  expect([expected, timeout]).toContain(result);
  expectToGoOn();
});

test('a depth of one is enough for a name, and the deepest allowed for a long recursion', () => {
  const factorial = '($f := function($n){ $n < 2 ? 1 : $n * $f($n - 1) }; $f(20))';
  expect(evaluate(factorial, {}, { depth: 20 })).toBe('fault jsonata.depth');
  expect(evaluate(factorial, {}, { depth: 500 })).toBe(2_432_902_008_176_640_000);
});

const greedy = [
  '[1..1000].($pad("x", 999999, "é"))',
  '$reduce([1..90000], function($a, $i){ $append($a, [$pad("x", 100000, "ü")]) }, [])',
  '$map([1..1000], function(){ $base64encode($pad("x", 999999, "a")) })',
  '$map([1..1000], function(){ [1..99999] })',
];

test.each(greedy)('running out of memory ends the worker and not the hub: %s', (expression) => {
  // A budget no dictionary can have, so that memory and not time is what runs out.
  const answer = own.ask({ kind: 'run', expression, input: '{}', depth: 500 }, 1000);
  expect(answer).toHaveProperty('fault');
  const after = own.ask({ kind: 'run', expression: 'a', input: '{"a":1}', depth: 10 }, 2000);
  expect(after).toEqual({ value: 1 });
});

/** Ways out of JSONata that have worked somewhere, or look as if they might. */
const escapes = [
  '$.constructor.constructor("return process")()',
  '$lookup($, "constructor")',
  '$lookup($, "__proto__")',
  '$lookup([1], "constructor")',
  '$lookup("x", "constructor")',
  '__proto__',
  'a.__proto__.polluted',
  '"x".constructor',
  '[1].push',
  '[1].length',
  '$constructor',
  '$__proto__',
  '$toString',
  '$globalThis',
  '$process',
  '$sum.implementation',
  '$sum.implementation.constructor',
  '$sum.*',
  '$sum.**',
  '$spread($sum)',
  '$keys($sum)',
  '(function($x){$x}).environment',
  '(function($x){$x}).*',
  '/a/("a").next',
  '$match("a", /a/).next',
  '[$sum] ~> |$[0]|{"implementation": 1}|',
  '$ ~> |$|{"__proto__": {"polluted": 1}}|',
  '$ ~> |a|{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}|',
  '{"__proto__": {"polluted": 1}}',
  '$merge([{"__proto__": {"polluted": 1}}, {"a": 1}])',
  '[{"k": "__proto__", "v": {"polluted": 1}}]{k: v}',
  '[{"k": "constructor", "v": 1}]{k: v}',
  '$formatNumber(1, "0", {"__proto__": {"polluted": 1}})',
  '{"then": function($resolve){ $resolve("out") }}',
  '{"next": function(){ 1 }}',
  '$each({"a": 1}, function($v, $k, $o){ $o.constructor })',
  '$map([1], function($v, $i, $a){ $a.constructor })',
];

test.each(escapes)('nothing is found outside: %s', (expression) => {
  const hostile = JSON.parse(
    '{"a":{"b":1},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"_jsonata_lambda":true}',
  ) as JsonValue;
  const before = ['Object', 'Array', 'Function', 'String'].map(prototypeNames);
  const result = evaluate(expression, hostile);
  const harmless: JsonValue[] = [null, '1', { a: { b: 1 } }, 'fault jsonata.failed'];
  expect(harmless).toContainEqual(result);
  expect(['Object', 'Array', 'Function', 'String'].map(prototypeNames)).toEqual(before);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  // Nor has anything changed for those who ask next.
  expect(evaluate('[polluted, a.polluted, $sum([1, 2]), $lookup({}, "polluted")]', {}, { gives: 'list' })).toEqual([3]);
});

function prototypeNames(name: string): string[] {
  const made = (globalThis as unknown as Record<string, { readonly prototype: object }>)[name];
  return Object.getOwnPropertyNames(made?.prototype ?? {});
}

test('no expression changes what a later one sees', () => {
  evaluate('($sum := function(){ 7 }; $string := 1; $sum([1]))');
  expect(evaluate('$sum([1, 2]) & $string(3)')).toBe('33');
  for (const name of ['clone', 'now', 'eval']) {
    expect(() => evaluate(`($${name} := function($x){ $x }; 1)`)).toThrow(/not available/);
  }
});

test('any JSON is mapped or refused, and comes back as it went in', { timeout: 120_000 }, () => {
  let refused = 0;
  for (let seed = 0; seed < 2000; seed += 1) {
    const value = createSampler(seed).json(5);
    const before = JSON.stringify(value);
    const result = evaluate('{"same": $}', value);
    expect(JSON.stringify(value)).toBe(before);
    if (typeof result === 'string') refused += 1;
    else expect(result).toEqual({ same: JSON.parse(before) as JsonValue });
    evaluate('**[$string($) = ""]', value, { gives: 'list' });
  }
  expect(refused).toBeLessThan(20);
});

const monsters: [string, JsonValue, JsonValue][] = [
  ['nested 20,000 deep', deep(20_000), 'fault value.tooDeep'],
  ['nested 200 deep', deep(200), 'fault value.tooDeep'],
  ['a text too long', 'a'.repeat(1_000_001), tooLarge],
  ['a long text', 'a'.repeat(900_000), 900_000],
  ['a list too long', Array.from({ length: 100_001 }, () => 1), tooLarge],
  ['a long list', Array.from({ length: 90_000 }, () => 1), 90_000],
];

function deep(levels: number): JsonValue {
  let value: JsonValue = 'x';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

test.each(monsters)('a record that is %s', (_, value, expected) => {
  const result = evaluate('$type($) = "array" ? $count($) : $length($)', value);
  expect([expected, timeout]).toContainEqual(result);
});

test('a thousand steps share one worker', () => {
  const steps = Array.from({ length: 1000 }, (_, index) =>
    buildSteps([{ jsonata: { expression: `$ + ${index}`, gives: 'number', budgetMs: 250 } }], around),
  );
  const results = steps.map(([step]) => step?.forward(1, { note: () => undefined }));
  const wrong = results.filter((result, index) => result !== index + 1);
  expect(wrong.every((result) => result instanceof StepFault && result.code === 'jsonata.timeout')).toBe(true);
  expect(wrong.length).toBeLessThan(20);
});
