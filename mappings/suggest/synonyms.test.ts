import { describe, expect, test } from 'vitest';
import { type EntityField, entityFields, entityKinds } from '#core/contract/entities.ts';
import { isPathFault, parsePath } from '#mappings/language/path.ts';
import { readSynonyms, shippedSynonyms } from './synonyms.ts';
import { targetsOf } from './targets.ts';
import { buildLexicon, wordsOf } from './words.ts';

const synonyms = shippedSynonyms();
const lexicon = buildLexicon(synonyms);

test.each(entityKinds)('every phrase for the %s leads to a field of it, or below custom', (entity) => {
  const known = new Set(targetsOf(entity, synonyms, []).map(({ path }) => path));
  expect(Object.keys(synonyms.targets[entity]).filter((path) => !known.has(path))).toEqual([]);
});

test('every shared target is a field of some entity, and every path can be read', () => {
  const all = entityKinds.flatMap((entity) => targetsOf(entity, synonyms, []).map(({ path }) => path));
  for (const path of Object.keys(synonyms.shared)) {
    expect(all).toContain(path);
    expect(isPathFault(parsePath(path))).toBe(false);
  }
});

describe('no phrase says two things', () => {
  test.each(entityKinds)('of the %s', (entity) => {
    const said = new Map<string, string>();
    const doubles: string[] = [];
    // The type of the field tells account (its id) from account (its name), the unit one length of time from the other.
    for (const { path, type, phrases } of targetsOf(entity, synonyms, [])) {
      for (const phrase of phrases.filter((written) => !written.endsWith('~'))) {
        const key = `${type} ${[...wordsOf(phrase, lexicon)].sort().join(' ')}`;
        const other = said.get(key) ?? path;
        const isSameLength = other.startsWith('talk') && path.startsWith('talk');
        if (other !== path && !isSameLength) doubles.push(`${phrase}: ${other}, ${path}`);
        said.set(key, path);
      }
    }
    expect(doubles).toEqual([]);
  });
});

test('values are those of a picklist of that name', () => {
  const fields = entityKinds.flatMap((entity): readonly EntityField[] => entityFields[entity]);
  for (const [name, spellings] of Object.entries(synonyms.values)) {
    const known = fields.filter((field) => field.name === name).flatMap((field) => field.values ?? []);
    expect(Object.keys(spellings).filter((value) => !known.includes(value))).toEqual([]);
  }
});

test('a list with an unknown part is refused', () => {
  expect(() => readSynonyms('words: {}\nextra: 1\n')).toThrow();
});
