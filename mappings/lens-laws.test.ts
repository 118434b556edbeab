import { describe, expect, test } from 'vitest';
import { openLibrary } from './language/library.ts';
import { checkLaw, type LensLaw, lensLaws } from './testing/lens-laws.ts';

/** `npm run bench -- laws` checks ten times as many. */
const runs = 1000;
const library = openLibrary();
const twoWay = library.entries.filter((entry) => entry.dictionary.rules.some((rule) => rule.reads && rule.writes));

describe.each(twoWay.map((entry) => [entry.name, entry.dictionary] as const))('%s', (_, dictionary) => {
  const compiled = library.compiled(dictionary.connector, dictionary.object);

  test.each(Object.keys(lensLaws) as LensLaw[])('%s', { timeout: 120_000 }, (law) => {
    for (let seed = 0; seed < runs; seed += 1) expect(checkLaw(law, compiled, library.values, seed)).toBe('holds');
  });
});
