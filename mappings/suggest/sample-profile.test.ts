import { expect, test } from 'vitest';
import type { DescribedField } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { givenAway, profileOf, sampleFit } from './sample-profile.ts';

const field: DescribedField = { name: 'f', label: 'F', type: 'string' };
const profile = (...samples: JsonValue[]) => profileOf({ ...field, samples }, []);

test.each([
  ['phone', ['(415) 555-0123', '138 0013 8000', '+44 20 7946 0000', '010-65529988-8001']],
  ['email', ['ann@acmewest.test', 'b.b@mail.example.test']],
  ['url', ['https://acmewest.test/x', 'www.acmewest.test']],
  ['moment', ['2026-11-22T01:00:00Z', '2026-11-22T01:41:38.000+0000']],
  ['day', ['2026-11-22', '22.11.2026', '2026年11月22日']],
  ['epochSecs', [1795310795, '1795310795']],
  ['epochMs', [1795310795000]],
  ['clock', ['0:42', '01:02:03']],
  ['boolean', ['yes', '否', true]],
  ['html', ['<p>Hello</p>']],
] as const)('samples that look like %s', (look, samples) => {
  expect(profile(...samples).shares[look]).toBe(1);
});

test('a day is no telephone number, and neither is a small number', () => {
  expect(profile('2026-11-22', 42).shares.phone).toBeUndefined();
});

test.each([
  ['2026-11-22 01:00:00', 'yyyy-MM-dd HH:mm:ss'],
  ['2026/1/2 3:04', 'yyyy/M/d H:mm'],
  ['2026年1月2日', "yyyy'年'M'月'd'日'"],
  ['22.11.2026 13:00', 'd.M.yyyy H:mm'],
  ['22/11/2026', 'd/M/yyyy'],
  ['11/22/2026', 'M/d/yyyy'],
])('%s is written %s', (text, format) => {
  expect(profile(text).format).toBe(format);
});

test('values are found in records, also below a relation, and never on a prototype', () => {
  const owner = { ...field, name: 'Account.Email' };
  expect(profileOf(owner, [{ Account: { Email: 'a@b.test' } }]).shares.email).toBe(1);
  expect(profileOf({ ...field, name: 'toString' }, [{}]).count).toBe(0);
  expect(profileOf({ ...field, name: '__proto__.x' }, [{ a: 1 }]).count).toBe(0);
});

test('nulls, blanks, lists and objects are no samples', () => {
  expect(profile(null, ' ', [], { a: 1 }).count).toBe(0);
});

test('samples speak for a type, against it, or not at all', () => {
  expect(sampleFit('email', profile('a@b.test'))).toBeGreaterThan(1);
  expect(sampleFit('email', profile('no'))).toBeLessThan(0.5);
  expect(sampleFit('email', profile())).toBe(1);
  expect(sampleFit('string', profile('no'))).toBe(1);
});

test('telephone numbers give themselves away, bare numbers do not', () => {
  expect(givenAway(profile('+1 415 555 0123'))?.type).toBe('phone');
  expect(givenAway(profile('4155550123'))).toBeNull();
});

test('ten thousand samples of ten thousand letters are looked at in part', () => {
  const long = 'a1 '.repeat(3000);
  const records = Array.from({ length: 10_000 }, () => ({ f: long }));
  expect(profileOf(field, records).count).toBe(200);
});
