import { expect, test } from 'vitest';
import { bindBundle, shelfOf } from './bundle.ts';
import { problemsOf } from './check-document.ts';

const table = 'values: mood\nrows:\n  - { record: good, entity: good }\n  - { record: bad, entity: bad }\n';
const text = (rules: string): string =>
  `connector: acme\nobject: people\nentity: contact\nversion: 1\nrules:\n${rules}\n`;
const rule = '  custom.mood: { from: mood, steps: [{ values: mood }], back: [] }';

function codesOf(dictionary: string, tableText = table): string[] {
  const shelf = shelfOf(new Map([['shared/mood', tableText]]));
  const { loaded } = bindBundle('acme/person', { text: dictionary, tests: null }, shelf);
  return problemsOf(loaded, null).map(({ code, message }) => `${code} ${message}`);
}
const lossy = (codes: string[]): string[] => codes.filter((code) => code.startsWith('rule.breaksRoundTrip'));

test('a rule that did not change is judged the same the second time, and anew when it did', () => {
  const broken = text('  firstName: { from: first, steps: [{ prefix: x }], back: [trim] }');
  const once = codesOf(broken);
  expect(lossy(once)).toHaveLength(1);
  expect(codesOf(broken)).toEqual(once);
  expect(lossy(codesOf(text('  firstName: { from: first }')))).toEqual([]);
  expect(codesOf(broken)).toEqual(once);
});

test('a finding is not kept beyond the table it is about', () => {
  const folded = table.replace('record: bad', 'record: worst');
  const [sound, changed] = [codesOf(text(rule)), codesOf(text(rule), folded)];
  expect(changed).not.toEqual(sound);
  expect(codesOf(text(rule))).toEqual(sound);
  expect(codesOf(text(rule), folded)).toEqual(changed);
});
