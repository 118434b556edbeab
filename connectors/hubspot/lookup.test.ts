import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber } from '#core/kit/number-engine.ts';
import { matchesOf, searchFor, searchTerms } from './lookup.ts';

test.each([
  ['+14155550123', ['4155550123', '14155550123']],
  ['+442079460000', ['2079460000', '442079460000']],
  ['+8613800138000', ['13800138000', '8613800138000']],
  ['+390612345678', ['0612345678', '390612345678']],
])('%s is searched by its national digits and by all', (e164, terms) => {
  expect(searchTerms(parseNumber(e164))).toEqual(terms);
});

test('every field of a search is sent, and no more groups than HubSpot takes', () => {
  const search = searchFor(parseNumber('+14155550123'), ['my_level', 'phone']);
  expect(search?.filterGroups.length).toBeLessThanOrEqual(5);
  expect(search).toMatchObject({ sort: '-lastmodifieddate', limit: 20 });
  expect(search?.properties.filter((name) => name === 'phone')).toHaveLength(1);
  expect(search?.properties).toContain('my_level');
});

test('whatever a caller sends, only digits are searched', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom('*', '+1*', '{{contact.email}}', '"}]},{"x":"', '+1415555*0123', '${7*7}', '\r\nX: y'),
    fc.string({ minLength: 5000, maxLength: 6000 }),
  );
  fc.assert(
    fc.property(hostile, (raw) => {
      for (const term of searchTerms(parseNumber(raw))) expect(term).toMatch(/^\d{2,15}$/);
    }),
  );
});

test('what HubSpot over-matches is dropped', () => {
  const number = parseNumber('+14155550123');
  const record = (id: string, phone: string | null) => ({ id, properties: { phone }, updatedAtMs: null, trace: null });
  const found = [
    record('same', '415.555.0123'),
    record('abroad', '+494155550123'),
    record('longer', '+14155550123456'),
    record('none', null),
  ];
  expect(matchesOf(number, found, () => null).map((match) => match.recordId)).toEqual(['same']);
});
