/** The manual’s own examples are dictionaries like any other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkDictionary } from './language/dictionary.ts';
import { runDictionaryTests } from './language/dictionary-tests.ts';
import { lintDictionary } from './language/lint.ts';
import { renderProblem } from './language/problem.ts';
import { readTableFile, readTestFile } from './language/read-files.ts';

const manual = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const blocks = [...manual.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);

function blockWith(begin: string): string {
  const block = blocks.find((one) => one.split('\n').some((line) => line.startsWith(begin)));
  if (block === undefined) throw new Error(`The manual has no example with ${begin}`);
  return block;
}

const { table } = readTableFile(blockWith('values:'), 'acme-state.yaml');
const values = new Map(table === null ? [] : [[table.name, table]]);
const { dictionary, problems } = checkDictionary(blockWith('connector:'), { file: 'acme/contacts.yaml', values });

test('the dictionary it begins with has no problem, with its value table', () => {
  expect(problems.map(renderProblem)).toEqual([]);
  expect(dictionary && lintDictionary(dictionary, { values }).map(renderProblem)).toEqual([]);
});

test('the test it shows passes', () => {
  const { tests } = readTestFile(blockWith('tests:'), 'acme/contacts.test.yaml');
  expect(dictionary && runDictionaryTests(dictionary, tests, values).outcomes).toMatchObject([{ passed: true }]);
});

test('rules it shows apart are rules', () => {
  const apart = blocks.filter((block) => block.startsWith('- {') || block.startsWith('- to:'));
  expect(apart.length).toBeGreaterThan(1);
  for (const rules of apart) {
    // Two spellings of one target are shown side by side, so each is tried by itself.
    for (const rule of rules.split(/^(?=- )/m)) {
      const text = `connector: acme\nobject: x\nentity: contact\nversion: 1\nrules:\n${rule.replaceAll(/^/gm, '  ')}`;
      expect(checkDictionary(text, { file: 'x.yaml' }).problems.map(renderProblem)).toEqual([]);
    }
  }
});
