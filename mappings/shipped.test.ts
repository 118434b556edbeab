import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ObjectDescription } from '#core/contract/connector.ts';
import { runDictionaryTests } from './language/dictionary-tests.ts';
import { openLibrary } from './language/library.ts';
import { lintDictionary } from './language/lint.ts';
import { renderProblem } from './language/problem.ts';

const library = openLibrary();

test('every shipped file is free of problems', () => {
  expect(library.problems.map(renderProblem)).toEqual([]);
});

/** Dictionaries of calls as switches see them: their record is the hub's own interaction, which nobody describes. */
const ofInteractions = ['default/call', 'asterisk-ami/call'];

function description(name: string): ObjectDescription | undefined {
  if (ofInteractions.includes(name)) return undefined;
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.fields.json`), 'utf8')) as ObjectDescription;
}

/** What the linter warns of and what is meant all the same. */
const meant: Readonly<Record<string, readonly string[]>> = {
  // The way a call is recognised is the connector's there: HubSpot by a property of the hub's own, Dolibarr by ref_ext.
  'hubspot/call': ['entity.requiredUnmapped'],
  'dolibarr/call': ['entity.requiredUnmapped'],
};

describe.each(library.entries.map((entry) => [entry.name, entry] as const))('%s', (name, { dictionary, tests }) => {
  const report = runDictionaryTests(dictionary, tests, library.values);

  test('passes the tests beside it', () => {
    expect(report.outcomes.filter((outcome) => !outcome.passed)).toEqual([]);
  });

  test('has a test for every rule in each direction and for every row of its value tables', () => {
    expect(report.unusedRules).toEqual([]);
    expect(report.unusedRows).toEqual([]);
  });

  test('is sound against the object it is written for', () => {
    const object = description(name);
    const problems = lintDictionary(dictionary, {
      values: library.values,
      ...(object === undefined ? {} : { object }),
    });
    expect(object?.name ?? dictionary.object).toBe(dictionary.object);
    expect(problems.filter(({ code }) => meant[name]?.includes(code) !== true).map(renderProblem)).toEqual([]);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('what is meant is still warned of', () => {
  for (const [name, codes] of Object.entries(meant)) {
    const entry = library.entries.find((one) => one.name === name);
    const object = description(name);
    if (entry === undefined || object === undefined) throw new Error(`${name} is not shipped`);
    const found = lintDictionary(entry.dictionary, { values: library.values, object }).map(({ code }) => code);
    expect(new Set(found), name).toEqual(new Set(codes));
  }
});

test('every CRM has its people, companies, calls and cases', () => {
  const names = library.entries.map((entry) => entry.name);
  for (const connector of ['hubspot', 'salesforce', 'dolibarr'])
    for (const object of ['contact', 'account', 'call', 'case']) expect(names).toContain(`${connector}/${object}`);
});

test('a switch without a dictionary of its own gets the default one', () => {
  expect(library.find('replay', 'call')?.connector).toBe('default');
  expect(library.find('asterisk-ami', 'call')?.connector).toBe('asterisk-ami');
  expect(library.find('hubspot', 'calls')).toBe(library.find('hubspot', 'call'));
  expect(library.find('salesforce', 'Task')).toBe(library.find('salesforce', 'call'));
  expect(library.find('hubspot', 'nonsense')).toBeNull();
});
