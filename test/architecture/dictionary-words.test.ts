/** Whoever reads the dashboard needs words, in every language of it, for whatever the dictionary language can say. */
import { expect, test } from 'vitest';
import { entityFields, type EntityField, entityKinds } from '#core/contract/entities.ts';
import { problemCodes } from '#mappings/language/problem.ts';
import en from '../../dashboard/locales/en.json' with { type: 'json' };
import zh from '../../dashboard/locales/zh-CN.json' with { type: 'json' };
import { isTest, readSources } from './imports.ts';

const locales = [
  ['en', en],
  ['zh-CN', zh],
] as const;

/** Faults are written down where they happen; these are all the codes a step or the mapper gives them. */
function faultCodes(): string[] {
  const sources = readSources().filter(({ path }) => path.startsWith('mappings/language/') && !isTest(path));
  const code = /(?:StepFault\(\s*|code: |doctype: |tooDeep: |tooLong: |unknown = )'([a-z]+\.[a-zA-Z]+)'/g;
  const found = sources.flatMap(({ text }) => [...text.matchAll(code)].map(([, name = '']) => name));
  const problems: ReadonlySet<string> = new Set(problemCodes);
  return [...new Set(found)].filter((name) => !problems.has(name)).sort();
}

test.each(locales)('%s has a title and a mend for every problem', (_, { problem }) => {
  const wanted = problemCodes.flatMap((code) => [`${code}.title`, `${code}.mend`]);
  expect(keysOf(problem).sort()).toEqual(wanted.sort());
});

test.each(locales)('%s has words for every fault a value can end with', (_, { loss }) => {
  const { plain, ...families } = loss;
  expect(faultCodes().length).toBeGreaterThan(30);
  expect(faultCodes().filter((code) => !keysOf(families).includes(code))).toEqual([]);
  expect(Object.keys(plain).sort()).toEqual(['null', 'required']);
});

test.each(locales)(
  '%s names every field of every entity, and the parts of fields',
  (_, { entity, entityPart, contact }) => {
    for (const kind of entityKinds) {
      expect(Object.keys(entity[kind].field), kind).toEqual(entityFields[kind].map(({ name }) => name));
    }
    const parts = entityKinds.flatMap((kind) => entityFields[kind]).flatMap(({ of = [] }: EntityField) => of);
    expect(parts.filter(({ name }) => !(name in entityPart))).toEqual([]);
    const labels = parts.filter(({ name }) => name === 'label').flatMap(({ values = [] }) => values);
    expect(labels.filter((label) => !(label in contact.phoneLabel))).toEqual([]);
  },
);

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${name}.`) : [prefix + name],
  );
}
