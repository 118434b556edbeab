import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compileGetter, compileSetter, isPathFault, parsePath, type Path } from './path.ts';

function path(text: string): Path {
  const parsed = parsePath(text);
  if (isPathFault(parsed)) throw new Error(parsed.message);
  return parsed;
}
const get = (text: string, root: JsonObject): JsonValue | undefined => compileGetter(path(text))(root);
const set = (text: string, root: JsonObject, value: JsonValue): JsonObject => {
  compileSetter(path(text))(root, value);
  return root;
};

const root: JsonObject = { a: { b: [{ c: 1 }, { c: 2, l: 'x' }], 'odd name': 3, 姓: '王' }, n: null, s: 'text' };

test.each([
  ['a.b[0].c', 1],
  ['a.b[1].c', 2],
  ['a.b[l=x].c', 2],
  ['a.b[l=y].c', null],
  ['a.b[7].c', null],
  ['a.b[].c', [1, 2]],
  ["a['odd name']", 3],
  ['a.odd name', 3],
  ['a.姓', '王'],
  ['n', null],
  ['n.x', null],
  ['s.length', undefined],
  ['s[0]', undefined],
  ['a.b.length', undefined],
  ['a.zzz', undefined],
  ['zzz[].c', undefined],
])('%s is %j', (text, expected) => {
  expect(get(text, root)).toEqual(expected);
});

test.each([
  ['a.b.c', {}, 1, { a: { b: { c: 1 } } }],
  ['a[0]', {}, 1, { a: [1] }],
  ['a[5]', {}, 1, { a: [1] }],
  ['a[0].b', { a: [{ c: 2 }] }, 1, { a: [{ c: 2, b: 1 }] }],
  ['a[l=x].b', {}, 1, { a: [{ b: 1, l: 'x' }] }],
  ['a[l=x].b', {}, null, { a: [] }],
  ['a[].b', {}, [1, 2], { a: [{ b: 1 }, { b: 2 }] }],
  ['a[].b', {}, 1, { a: [{ b: 1 }] }],
  ['a.b', { a: 'text' }, 1, { a: { b: 1 } }],
])('setting %s in %j to %j gives %j', (text, before, value, after) => {
  expect(set(text, structuredClone(before) as JsonObject, value)).toEqual(after);
});

test.each([
  '',
  '.',
  'a.',
  '.a',
  'a..b',
  'a[',
  'a]',
  'a[-1]',
  'a[1000]',
  '[0]',
  'a[][]',
  'a[].b[].c',
  "a['']",
  'a b.',
  'a"b',
  'x'.repeat(201),
])('%j is no path', (text) => {
  expect(parsePath(text)).toMatchObject({ code: 'path.invalid' });
});

test.each([
  '__proto__',
  'a.__proto__',
  'constructor.prototype',
  "a['__proto__']",
  'a[__proto__=x]',
  'toString',
  'a.hasOwnProperty',
])('%j is forbidden', (text) => {
  expect(parsePath(text)).toMatchObject({ code: 'path.forbidden' });
});

test('any text is a path or a fault, read and set without a throw', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30, unit: fc.constantFrom(...Array.from('ab.[]0="\' é_王')) }),
      fc.jsonValue({ maxDepth: 3 }),
      (text, value) => {
        const parsed = parsePath(text);
        if (isPathFault(parsed)) return;
        const object = { a: value } as JsonObject;
        compileGetter(parsed)(object);
        compileSetter(parsed)({}, value as JsonValue);
      },
    ),
    { numRuns: 5000 },
  );
});
