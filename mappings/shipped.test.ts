import { expect, test } from 'vitest';
import { runDictionaryTests } from './language/dictionary-tests.ts';
import { openLibrary } from './language/library.ts';
import { renderProblem } from './language/problem.ts';

const library = openLibrary();

test('every shipped file is free of problems', () => {
  expect(library.problems.map(renderProblem)).toEqual([]);
});

test.each(library.entries.map((entry) => [entry.name, entry] as const))('%s passes the tests beside it', (_, entry) => {
  const report = runDictionaryTests(entry.dictionary, entry.tests, library.values);
  expect(report.outcomes.filter((outcome) => !outcome.passed)).toEqual([]);
  expect(report.outcomes.length).toBeGreaterThan(0);
});

test.each(
  library.entries.filter((entry) => entry.name !== 'asterisk-ami/call').map((entry) => [entry.name, entry] as const),
)('%s has a test for every rule', (_, entry) => {
  expect(runDictionaryTests(entry.dictionary, entry.tests, library.values).unusedRules).toEqual([]);
});

test('a switch without a dictionary of its own gets the default one', () => {
  expect(library.find('replay', 'call')?.connector).toBe('default');
  expect(library.find('asterisk-ami', 'call')?.connector).toBe('asterisk-ami');
  expect(library.find('hubspot', 'calls')).toBe(library.find('hubspot', 'call'));
  expect(library.find('hubspot', 'nonsense')).toBeNull();
});
