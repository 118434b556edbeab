import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dictionaryJsonSchema, wayBackOf } from './language/schema.ts';
import { stepKinds } from './language/steps.ts';

const file = join(import.meta.dirname, 'dictionary.schema.json');

test('the schema published for editors is the one the loader uses (TIELINE_WRITE_SCHEMA=1 renews it)', () => {
  const text = `${JSON.stringify(dictionaryJsonSchema(), null, 2)}\n`;
  if (process.env['TIELINE_WRITE_SCHEMA'] !== undefined) writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});

const guideFile = join(import.meta.dirname, 'README.md');
const stepTable = /\| step \|[^\n]*\n\| ---[^\n]*\n(?:\|[^\n]*\n)*/;

test('the table of steps in the guide says what the steps say of themselves (TIELINE_WRITE_SCHEMA=1 renews it)', () => {
  const rows = stepKinds.map((kind) => {
    const gives = `${kind.input} → ${kind.output}`;
    return `| \`${kind.name}\` | ${gives} | ${kind.nulls} | ${wayBackOf(kind)} | ${kind.summary.replaceAll('|', '\\|')} |\n`;
  });
  const table = `| step | takes → gives | null | way back | what it does |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
  const guide = readFileSync(guideFile, 'utf8');
  if (process.env['TIELINE_WRITE_SCHEMA'] !== undefined)
    writeFileSync(
      guideFile,
      guide.replace(stepTable, () => table),
    );
  expect(stepTable.exec(readFileSync(guideFile, 'utf8'))?.[0]).toBe(table);
});
