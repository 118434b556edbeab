import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, linearPattern, nativePattern } from './linear-pattern.ts';

const native = [
  '[^0-9]+',
  '^00',
  'abc',
  '^tel:',
  '[a-z]+',
  'x\\d+',
  '\\w+',
  '[^\\d]',
  ' +',
  '\\d\\d[a-f ]+',
  '[^a-z,;]+',
  '-',
  '[0-9]',
  '<b>',
];
const notNative = [
  ' +$',
  '(a+)+',
  'a|b',
  'a*',
  'a+b',
  '.',
  '\\s+',
  '[a-z]{2}',
  '\\b',
  '(?i)a',
  '[[:alpha:]]',
  '[\\s]',
  'a?',
  '[a\\]]',
  '\\.',
];

test.each(native)('%s is left to V8', (pattern) => {
  expect(nativePattern(pattern)).not.toBeNull();
});

test.each(notNative)('%s is left to RE2', (pattern) => {
  expect(nativePattern(pattern)).toBeNull();
});

test('V8 and RE2 replace the same', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('0019abcxtel: -,;<>b\u00a0é🙂\ud800\n_')) }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...native), texts, fc.constantFrom('', '-', 'xx'), (pattern, text, by) => {
      const regex = nativePattern(pattern);
      expect(regex === null ? null : text.replaceAll(regex, by)).toBe(
        compilePattern(pattern).matcher(text).replaceAll(by),
      );
    }),
    { numRuns: 5000 },
  );
});

test('what needs more than linear time is refused with the reason', () => {
  for (const pattern of ['(?=a)', '(a)\\1', '(?<!a)b', '(', '[z-a]', 'a{2000}', '']) {
    expect(linearPattern.safeParse(pattern).success, pattern).toBe(false);
  }
});
