import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableJson } from './storable-json.ts';

test('NUL is left out and half a character replaced, in values and in names', () => {
  const odd = { 'a\u0000b': ['\u0000', '\ud800x', 'x\udc00', '\\u0000', '\\\u0000', '😀'], n: 1 };
  expect(JSON.parse(storableJson(odd))).toEqual({ ab: ['', '\ufffdx', 'x\ufffd', '\\u0000', '\\', '😀'], n: 1 });
});

test('what can be stored is stored as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/\\u(?:0000|d[89a-f])/.test(text));
      expect(storableJson(value)).toBe(text);
    }),
  );
});

test('no text holds anything that cannot be stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stored: unknown = JSON.parse(storableJson({ [text]: text }));
      expect(JSON.stringify(stored)).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
    }),
  );
});
