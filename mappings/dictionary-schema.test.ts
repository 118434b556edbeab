import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemCodes } from './language/problem.ts';
import { dictionaryJsonSchema } from './language/schema.ts';
import { stepKinds } from './language/steps.ts';

const file = join(import.meta.dirname, 'dictionary.schema.json');

test('the schema published for editors is the one the loader uses (TIELINE_WRITE_SCHEMA=1 renews it)', () => {
  const text = `${JSON.stringify(dictionaryJsonSchema(), null, 2)}\n`;
  if (process.env['TIELINE_WRITE_SCHEMA'] !== undefined) writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});

test('every step and every problem has its place in the guide', () => {
  const guide = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const names = [...stepKinds.map((kind) => kind.name), ...problemCodes];
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});
