import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ObjectDescription } from '#core/contract/connector.ts';
import { checkDictionary } from './dictionary.ts';
import { lintDictionary } from './lint.ts';
import { type Problem, type ProblemCode, problemCodes } from './problem.ts';
import { readTableFile } from './read-files.ts';
import { buildValueTable } from './value-table.ts';

/** One author's mistake for every code: where the problem is shown, how hard it is, and how it is mended. */
interface Mistake {
  /** A whole file, or the rules of one. */
  readonly file?: string;
  readonly rules?: string;
  readonly head?: string;
  readonly entity?: string;
  readonly isTable?: boolean;
  readonly at: readonly [line: number, column: number];
  readonly severity?: 'warning';
  readonly mend: RegExp;
}

const object: ObjectDescription = {
  name: 'contacts',
  fields: [
    { name: 'Name', label: 'Name', type: 'string', maxLength: 80 },
    { name: 'State', label: 'State', type: 'picklist', values: ['A', 'B'] },
    { name: 'Changed', label: 'Changed', type: 'datetime', readOnly: true },
    { name: 'Fax', label: 'Fax', type: 'phone', deprecated: true },
    { name: 'Size', label: 'Size', type: 'number' },
    { name: 'Code', label: 'Code', type: 'string', required: true },
  ],
};
const rows = [
  { record: 'A', entity: 'active' },
  { record: 'X', entity: 'gone' },
];
const values = new Map([['state', buildValueTable({ rows, ignoreCase: true }, 'state')]]);
/** Rules begin on line 6. */
const headLines = (entity: string): string => `connector: t\nobject: contacts\nentity: ${entity}\nversion: 1\n`;

const mistakes: Record<ProblemCode, Mistake> = {
  'file.tooLarge': { file: `# ${'x'.repeat(300_000)}`, at: [1, 1], mend: /Split it/ },
  'file.tooDeep': { file: `a: 1\n\nb: ${'['.repeat(200)}`, at: [3, 124], mend: /Write it flat/ },
  'file.syntax': { file: 'connector: t\nrules: [1, 2\n', at: [3, 1], mend: /at the caret/ },
  'file.duplicateKey': { rules: '  jobTitle: a\n  jobTitle: b', at: [7, 3], mend: /write the rules as a list/ },
  'file.forbiddenKey': { rules: '  jobTitle: { constructor: b }', at: [6, 15], mend: /another name/ },
  'schema.invalid': { rules: '  - { to: jobTitle }', at: [6, 5], mend: /"from" is the field of the record/ },
  'schema.unknownKey': { rules: '  - { to: jobTitle, from: a, step: trim }', at: [6, 30], mend: /"steps"/ },
  'rules.tooMany': {
    rules: Array.from({ length: 2001 }, (_, index) => `  - custom.f${index}: f${index}`).join('\n'),
    at: [6, 3],
    mend: /Split the dictionary/,
  },
  'path.invalid': { rules: '  - { to: jobTitle, from: a..b }', at: [6, 27], mend: /dots and brackets/ },
  'path.forbidden': { rules: '  - { to: jobTitle, from: a.__proto__ }', at: [6, 27], mend: /dots and brackets/ },
  'step.unknown': { rules: '  - { to: jobTitle, from: a, steps: [trimm] }', at: [6, 38], mend: /"trim"/ },
  'step.argument': {
    rules: '  - { to: jobTitle, from: a, steps: [{ case: lowr }] }',
    at: [6, 46],
    mend: /Did you mean "lower"/,
  },
  'step.order': {
    rules: '  - { to: jobTitle, from: a, steps: [{ split: ";" }, trim], direction: read }',
    at: [6, 54],
    mend: /Put a step between/,
  },
  'pattern.superLinear': {
    rules: "  - { to: jobTitle, from: a, steps: [{ replace: '(a)\\1' }], direction: read }",
    at: [6, 49],
    mend: /Spell both parts out/,
  },
  'step.slow': {
    rules: "  - { to: jobTitle, from: a, steps: [{ jsonata: '$' }], direction: read }",
    at: [6, 49],
    severity: 'warning',
    mend: /plain steps/,
  },
  'values.unknown': { rules: '  - { to: status, from: a, steps: [{ values: stat }] }', at: [6, 46], mend: /"state"/ },
  'values.ambiguous': {
    isTable: true,
    file: 'values: t\nrows:\n  - { record: a, entity: b }\n  - { record: A, entity: c }\n',
    at: [3, 3],
    mend: /one row/,
  },
  'values.missingRow': {
    rules: '  - { to: status, from: State, steps: [{ values: state }] }',
    at: [6, 40],
    severity: 'warning',
    mend: /Add rows, or a default for the record/,
  },
  'values.unusedRow': {
    rules: '  - { to: status, from: State, steps: [{ values: state }] }',
    at: [6, 40],
    severity: 'warning',
    mend: /take the row out/,
  },
  'target.twoWriters': { rules: '  - jobTitle: a\n  - { to: jobTitle, from: b }', at: [7, 11], mend: /Keep one/ },
  'entity.unknownField': { rules: '  jobTitel: a', at: [6, 3], mend: /"jobTitle"/ },
  'entity.requiredUnmapped': {
    entity: 'account',
    rules: '  domain: a',
    at: [5, 1],
    severity: 'warning',
    mend: /Add a rule for "name"/,
  },
  'entity.typeMismatch': {
    rules: '  - { to: jobTitle, from: a, steps: [{ split: ";" }] }',
    at: [6, 37],
    mend: /Add the step that makes it so/,
  },
  'entity.notAValue': { rules: '  - { to: status, value: activ }', at: [6, 26], mend: /active, inactive/ },
  'record.unknownField': { rules: '  jobTitle: Nmae', at: [6, 13], mend: /"Name"/ },
  'record.readOnly': { rules: '  - { to: custom.x, from: Changed }', at: [6, 27], mend: /direction: read/ },
  'record.deprecatedField': {
    rules: '  - { to: custom.x, from: Fax }',
    at: [6, 27],
    severity: 'warning',
    mend: /takes its place/,
  },
  'record.typeMismatch': {
    rules: '  - { to: custom.x, from: Name, steps: [{ join: "," }] }',
    at: [6, 27],
    mend: /Add "back:"/,
  },
  'record.tooLong': { rules: '  jobTitle: Name', at: [6, 13], severity: 'warning', mend: /limit: 80/ },
  'record.notAValue': {
    rules: '  - { to: status, from: State, steps: [{ values: state }] }',
    at: [6, 40],
    mend: /one of: A, B/,
  },
  'record.requiredUnmapped': { rules: '  jobTitle: Name', at: [5, 1], mend: /Add a rule from "Code"/ },
  'rule.lossyTwoWay': {
    rules: '  - { to: jobTitle, from: a, steps: [{ substring: 1 }] }',
    at: [6, 38],
    mend: /under "back:"/,
  },
  'rule.breaksRoundTrip': {
    rules: '  - { to: jobTitle, from: a, steps: [{ prefix: x }], back: [trim] }',
    at: [6, 60],
    mend: /Let "back:" undo/,
  },
  'rule.unreachable': {
    rules: '  - { to: jobTitle, from: a, steps: [trim, { value: x }], direction: read }',
    at: [6, 44],
    severity: 'warning',
    mend: /Write "value:"/,
  },
  'rule.noDefault': { rules: '  - { to: jobTitle, from: a, onError: default }', at: [6, 39], mend: /Add "default:"/ },
  'extends.missing': { head: 'extends: t/other\n', rules: '  jobTitle: a', at: [5, 10], mend: /connector\/object/ },
  'identity.unmapped': { head: 'identity: [emails]\n', rules: '  jobTitle: a', at: [5, 12], mend: /jobTitle/ },
  'secret.constant': {
    rules: '  - { from: Name, value: pat-na1-0000 }',
    at: [6, 26],
    severity: 'warning',
    mend: /in the connection/,
  },
};

function problemsOf(mistake: Mistake): readonly Problem[] {
  const file =
    mistake.file ?? `${headLines(mistake.entity ?? 'contact')}${mistake.head ?? ''}rules:\n${mistake.rules}\n`;
  if (mistake.isTable === true) return readTableFile(file, 'o.yaml').problems;
  const { dictionary, problems } = checkDictionary(file, { file: 'o.yaml', values });
  return dictionary === null ? problems : [...problems, ...lintDictionary(dictionary, { values, object })];
}

describe.each(problemCodes)('%s', (code) => {
  const mistake = mistakes[code];

  test('is found where it is, as hard as it is, and says how to mend it', () => {
    const [line, column] = mistake.at;
    expect(problemsOf(mistake)).toContainEqual(
      expect.objectContaining({
        code,
        line,
        column,
        severity: mistake.severity ?? 'error',
        file: 'o.yaml',
        mend: expect.stringMatching(mistake.mend),
      }),
    );
  });

  test('has a paragraph in the guide', () => {
    const guide = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
    const paragraph = guide.split('\n').find((text) => text.startsWith(`- \`${code}\`: `));
    expect(paragraph?.length ?? 0).toBeGreaterThan(`- \`${code}\`: `.length + 20);
  });
});
