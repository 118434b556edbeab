import { expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { compile } from './compile.ts';
import { createCoverage } from './coverage.ts';
import { loadDictionary } from './dictionary.ts';
import { buildValueTable } from './value-table.ts';

const rows = [
  { record: ['Open', '开'], entity: 'active' },
  { record: 'New', entity: 'active' },
  { record: 'Gone', entity: ['inactive', 'deleted'] },
];
const values = new Map([['state', buildValueTable({ rows, ignoreCase: true }, 'state')]]);
const dictionary = loadDictionary(
  `connector: a
object: b
entity: contact
version: 1
rules:
  - { to: status, from: State, steps: [blankToNull, { values: state }] }
  - { to: language, from: Lang, steps: [{ values: { rows: [{ record: D, entity: de }, { record: E, entity: en }] } }] }
  - { to: 'custom.tags[]', from: 'Tags[]', steps: [{ values: state }], direction: read }
  - { to: firstName, from: First, steps: [trim] }
  - { from: Source, value: hub }
`,
  { file: 'a/b.yaml', values },
);

function cover(reads: readonly JsonObject[], writes: readonly JsonObject[]): { rules: string[]; rows: string[] } {
  const coverage = createCoverage(dictionary, values);
  const compiled = compile(dictionary, { values });
  for (const record of reads) coverage.note('read', compiled.traceRead(record).rows);
  for (const entity of writes) coverage.note('write', compiled.traceWrite(entity).rows);
  return { rules: coverage.unusedRules(), rows: coverage.unusedRows() };
}

test('without tests, every rule and every row is named, for each direction it has', () => {
  const { rules, rows: unmet } = cover([], []);
  expect(rules).toEqual([
    ...['read status', 'write status', 'read language', 'write language', 'read custom.tags[]'],
    ...['read firstName', 'write firstName', 'write Source'],
  ]);
  expect(unmet).toEqual([
    'read status: "Open" → "active"',
    'read status: "New" → "active"',
    'read status: "Gone" → "inactive"',
    'write status: "active" → "Open"',
    'write status: "inactive" → "Gone"',
    'read language: "D" → "de"',
    'read language: "E" → "en"',
    'write language: "de" → "D"',
    'write language: "en" → "E"',
    'read custom.tags[]: "Open" → "active"',
    'read custom.tags[]: "New" → "active"',
    'read custom.tags[]: "Gone" → "inactive"',
  ]);
});

test('rows that give the same are told apart, whatever step they stand in, in lists too', () => {
  const { rules, rows: unmet } = cover(
    [{ State: ' 开', Lang: 'E', Tags: ['gone', 'unknown'] }],
    [{ status: 'deleted' }, { status: 'active', language: 'de' }],
  );
  expect(rules).toEqual(['read firstName', 'write firstName']);
  expect(unmet).toEqual([
    'read status: "New" → "active"',
    'read status: "Gone" → "inactive"',
    'read language: "D" → "de"',
    'write language: "en" → "E"',
    'read custom.tags[]: "Open" → "active"',
    'read custom.tags[]: "New" → "active"',
  ]);
});

test('rows inside "when" count, and so do rows behind another step of a list', () => {
  const nested = loadDictionary(
    `connector: a
object: b
entity: contact
version: 1
rules:
  - to: custom.state
    from: State
    direction: read
    steps: [trim, { when: { blank: true, otherwise: [trim, { values: state }] } }]
  - { to: 'custom.tags[]', from: 'Tags[]', steps: [trim, { values: state }], direction: read }
`,
    { file: 'a/b.yaml', values },
  );
  const coverage = createCoverage(nested, values);
  coverage.note('read', compile(nested, { values }).traceRead({ State: 'Open', Tags: [' New ', 'nothing'] }).rows);
  expect(coverage.unusedRows()).toEqual([
    'read custom.state: "New" → "active"',
    'read custom.state: "Gone" → "inactive"',
    'read custom.tags[]: "Open" → "active"',
    'read custom.tags[]: "Gone" → "inactive"',
  ]);
});
