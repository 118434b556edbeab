import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedFolder } from '#mappings/language/library.ts';
import { expect, test } from 'vitest';
import { findingCodes } from './findings.ts';
import { filterNames } from './template/filters.ts';
import { importFixture } from './testing/fixture.ts';

const readme = readFileSync(join(shippedFolder(), 'import', 'README.md'), 'utf8');
const fixtures = ['larkspur', 'juniper', 'sorrel', 'tansy', 'yarrow', 'minimal'].map((name) => `3cx-${name}.xml`);
const others = ['aster', 'borage', 'campion'].map((name) => `yeastar-${name}.xml`);

test('every code and every filter is explained', () => {
  expect(findingCodes.filter((code) => !readme.includes(`| \`${code}\` |`))).toEqual([]);
  expect(filterNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
});

test('every code is told of one of the templates', () => {
  const told = new Set(
    [...fixtures, ...others].flatMap((name) => importFixture(name).findings.map(({ code }) => code)),
  );
  // Both need a template of their own, which stands in the tests of 3CX.
  const elsewhere = ['auth.consent', 'scenario.unreachable'];
  expect(findingCodes.filter((code) => !told.has(code) && !elsewhere.includes(code))).toEqual([]);
});
