import { expect, test } from 'vitest';
import { type Dictionary, loadDictionary } from '#mappings/language/dictionary.ts';
import { openLibrary } from '#mappings/language/library.ts';
import { filesOf, isOfUse, learnFrom } from './learned.ts';

function dictionary(connector: string, object: string, rules: string, parent?: Dictionary): Dictionary {
  const above = parent === undefined ? '' : `extends: ${parent.connector}/${parent.object}\n`;
  const head = `connector: ${connector}\nobject: ${object}\nentity: contact\nversion: 1\n${above}rules: ${rules}\n`;
  return loadDictionary(head, { file: `${connector}/${object}.yaml`, parent: () => parent ?? null });
}

const parent = dictionary('default', 'person', '{ jobTitle: Beruf }');
const own = dictionary('acme', 'people', '{ firstName: Vorname }', parent);
const sister = dictionary('other', 'people', '{ lastName: Nachname }', parent);
const all = [parent, own, sister];

test('a dictionary does not teach itself', () => {
  const learned = learnFrom(all, { connector: 'acme', object: 'People' });
  expect(learned.map(({ from }) => from)).toEqual(['Nachname']);
});

test('what it inherits is not taught either, not even by another one that inherits the same', () => {
  const files = learnFrom(all, own).map(({ file }) => file);
  expect(files.some((file) => filesOf(own).includes(file))).toBe(false);
  expect(filesOf(own)).toContain('default/person.yaml');
});

test('without a connector everything teaches', () => {
  expect(learnFrom(all, { object: 'new' }).map(({ from }) => from)).toContain('Vorname');
});

test('composites and constants teach nothing', () => {
  const rules = '[{ to: kind, value: call, direction: read }]';
  const text = `connector: a\nobject: b\nentity: activity\nversion: 1\nrules: ${rules}\n`;
  expect(learnFrom([loadDictionary(text, { file: 'a/b.yaml' })], { object: 'x' })).toEqual([]);
});

test('names below custom are learned for the same entity or connector only', () => {
  const learned = learnFrom([dictionary('a', 'b', '{ custom.shoeSize: Shoe, jobTitle: Beruf }')], { object: 'x' });
  const useful = (asked: Parameters<typeof isOfUse>[1]) =>
    learned.filter((rule) => isOfUse(rule, asked)).map(({ to }) => to);
  expect(useful({ entity: 'contact' })).toEqual(['custom.shoeSize', 'jobTitle']);
  expect(useful({ entity: 'account', connector: 'a' })).toEqual(['custom.shoeSize', 'jobTitle']);
  expect(useful({ entity: 'account', connector: 'c' })).toEqual(['jobTitle']);
});

test('no shipped dictionary is taught by a file of its own', () => {
  const { entries } = openLibrary();
  const dictionaries = entries.map((entry) => entry.dictionary);
  for (const one of dictionaries) {
    const own = new Set(filesOf(one));
    expect(learnFrom(dictionaries, one).filter(({ file }) => own.has(file))).toEqual([]);
  }
});
