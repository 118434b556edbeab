import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Library, openLibrary, shippedFolder } from '#mappings/language/library.ts';
import { runDictionaryTests } from '#mappings/language/dictionary-tests.ts';
import { checkDictionary } from '#mappings/language/dictionary.ts';
import { lintDictionary } from '#mappings/language/lint.ts';
import { renderProblem } from '#mappings/language/problem.ts';
import { testFileSchema } from '#mappings/language/schema.ts';
import { parse } from 'yaml';
import { importTemplate } from '../import-template.ts';
import type { Imported } from '../imported.ts';

const folder = join(shippedFolder(), 'import', 'fixtures');
let library: Library | null = null;

export function fixtureBytes(name: string): Buffer {
  return readFileSync(join(folder, name));
}

export function importFixture(name: string): Imported {
  return importTemplate(fixtureBytes(name));
}

/** What is wrong with the dictionaries of an import: lint errors and tests that fail. Empty when they can be used. */
export function dictionaryFaults(imported: Imported): string[] {
  library ??= openLibrary();
  const { values } = library;
  return imported.files
    .filter(({ name }) => !name.includes('.test.'))
    .flatMap(({ name, text }) => {
      const { dictionary, problems } = checkDictionary(text, { file: name, values });
      const found = [...problems, ...(dictionary === null ? [] : lintDictionary(dictionary, { values }))];
      const errors = found.filter(({ severity }) => severity === 'error').map(renderProblem);
      if (dictionary === null) return errors;
      const beside = imported.files.find((file) => file.name === name.replace('.yaml', '.test.yaml'));
      const { tests } = testFileSchema.parse(parse(beside?.text ?? ''));
      const failed = runDictionaryTests(dictionary, tests, values).outcomes.filter(({ passed }) => !passed);
      return [...errors, ...failed.map((outcome) => `${name}: ${JSON.stringify(outcome)}`)];
    });
}
