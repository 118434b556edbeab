import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { loadDictionary } from './dictionary.ts';
import { diffDictionaries, isUnchanged } from './diff.ts';
import { createOutputDiffer, diffOutputs, type OutputSample } from './diff-outputs.ts';
import { buildValueTable } from './value-table.ts';

const table = (rows: { record: string | string[]; entity: string }[], fallback?: string) =>
  new Map([
    [
      'state',
      buildValueTable(
        { rows, ignoreCase: true, ...(fallback === undefined ? {} : { default: { entity: fallback } }) },
        'state',
      ),
    ],
  ]);
const plain = table([{ record: 'A', entity: 'active' }]);
const load = (rules: string, head = 'version: 1', values = plain) =>
  loadDictionary(`connector: acme\nobject: contacts\nentity: contact\n${head}\nrules:\n${rules}`, {
    file: 'acme/contact.yaml',
    values,
  });

describe('what an author changed', () => {
  test('spelling is no change', () => {
    const before = load('  - firstName: First\n  - { to: lastName, from: [Last], steps: trim }\n');
    const after = load(
      '  # said otherwise\n  - { from: Last, to: lastName, steps: [trim] }\n  - { to: firstName, from: First }\n',
    );
    expect(isUnchanged(diffDictionaries(before, after))).toBe(true);
  });

  test('rules that came, went and changed, with the parts that differ', () => {
    const before = load('  - firstName: First\n  - { to: lastName, from: Last, steps: [trim] }\n  - jobTitle: Job\n');
    const after = load(
      '  - firstName: First\n  - { to: lastName, from: Surname, onNull: omit }\n  - language: Lang\n',
      'version: 2\nidentity: [firstName]',
    );
    const changes = diffDictionaries(before, after);
    expect(changes.head).toEqual([
      { field: 'version', before: 1, after: 2 },
      { field: 'identity', after: ['firstName'] },
    ]);
    expect(changes.rules.map(({ id, change, parts }) => [id, change, parts])).toEqual([
      [
        'lastName',
        'changed',
        [
          { part: 'from', before: ['Last'], after: ['Surname'] },
          { part: 'steps', before: ['trim'] },
          { part: 'onNull', after: 'omit' },
        ],
      ],
      ['language', 'added', expect.any(Array)],
      ['jobTitle', 'removed', expect.any(Array)],
    ]);
    expect(changes.rules[0]).toMatchObject({ before: { from: 'Last' }, after: { from: 'Surname' } });
  });

  test('two rules of one id are told by their direction', () => {
    const rules = (step: string): string =>
      `  - { to: firstName, from: First, direction: read }\n  - { to: firstName, from: First, direction: write, back: [${step}] }\n`;
    const { rules: changes } = diffDictionaries(load(rules('trim')), load(rules('collapse')));
    expect(changes).toMatchObject([{ id: 'firstName', change: 'changed', parts: [{ part: 'back' }] }]);
  });

  test('a changed direction of the head shows at the rules', () => {
    const rules = '  - firstName: First\n';
    const changes = diffDictionaries(load(rules), load(rules, 'version: 1\ndirection: read'));
    expect(changes.head).toEqual([{ field: 'direction', after: 'read' }]);
    expect(changes.rules.map((rule) => rule.id)).toEqual(['firstName']);
  });

  test('rows of the tables it uses, and no others', () => {
    const values = table(
      [
        { record: ['A', 'B'], entity: 'active' },
        { record: 'X', entity: 'inactive' },
      ],
      'active',
    );
    const using = load(
      '  - { to: status, from: State, steps: [{ when: { blank: false, do: [{ values: state }] } }], direction: read }\n',
    );
    expect(diffDictionaries(using, using, { before: plain, after: values }).rows).toEqual([
      {
        table: 'state',
        before: { record: ['A'], entity: ['active'] },
        after: { record: ['A', 'B'], entity: ['active'] },
      },
      { table: 'state', after: { record: ['X'], entity: ['inactive'] } },
      { table: 'state', after: { default: { entity: 'active' } } },
    ]);
    const other = load('  - firstName: First\n');
    expect(diffDictionaries(other, other, { before: plain, after: values }).rows).toEqual([]);
  });
});

describe('what comes out differently', () => {
  const before = compile(
    load(
      '  - { to: firstName, from: First, steps: [trim] }\n  - { to: "phones[label=work].number", from: Tel }\n  - { to: status, from: State, steps: [{ values: state }] }\n',
    ),
    { values: plain },
  );
  const after = compile(
    load(
      '  - { to: firstName, from: First, steps: [{ case: upper }], back: [trim] }\n  - { to: "phones[label=work].number", from: Phone }\n  - { to: status, from: State, steps: [{ values: state }], onError: fail }\n',
    ),
    { values: plain },
  );
  const read = (label: string, input: OutputSample['input']): OutputSample => ({ label, direction: 'read', input });

  test('field by field, with the rule', () => {
    const diff = diffOutputs(before, after, [
      read('1', { First: 'ANN', State: 'a' }),
      read('2', { First: 'ann', Tel: '1', Phone: '2' }),
      read('3', { State: 'Z' }),
      { label: '4', direction: 'write', input: { phones: [{ label: 'work', number: '7' }] } },
    ]);
    expect(diff).toMatchObject({ samples: 4, changed: 3, failed: { before: 0, after: 1 } });
    expect(diff.shown).toEqual([
      {
        sample: '2',
        direction: 'read',
        fields: [
          { field: 'firstName', rule: 'firstName', before: 'ann', after: 'ANN' },
          { field: 'phones[0].number', rule: 'phones[label=work].number', before: '1', after: '2' },
        ],
        fieldCount: 2,
        events: [],
      },
      {
        sample: '3',
        direction: 'read',
        fields: [],
        fieldCount: 0,
        events: [
          { change: 'added', event: expect.objectContaining({ kind: 'failed', rule: 'status' }) },
          { change: 'removed', event: expect.objectContaining({ kind: 'omitted', rule: 'status' }) },
        ],
      },
      {
        sample: '4',
        direction: 'write',
        fields: [
          { field: 'Tel', rule: 'phones[label=work].number', before: '7' },
          { field: 'Phone', rule: 'phones[label=work].number', after: '7' },
        ],
        fieldCount: 2,
        events: [],
      },
    ]);
    expect(diff.rules).toContainEqual({ rule: 'phones[label=work].number', changed: 2 });
  });

  test('all are counted, few are shown', () => {
    const differ = createOutputDiffer(before, after, { show: 3, fieldsPerSample: 1 });
    for (let line = 1; line <= 1000; line += 1) differ.add(read(String(line), { First: 'x', Phone: '1' }));
    const report = differ.report();
    expect(report).toMatchObject({ samples: 1000, changed: 1000, shown: [{ sample: '1', fieldCount: 2 }, {}, {}] });
    expect(report.shown.every((one) => one.fields.length === 1)).toBe(true);
  });

  test('a dictionary compared with itself changes nothing', () => {
    expect(diffOutputs(before, before, [read('1', { First: 'x', State: 'unknown' })])).toMatchObject({
      changed: 0,
      shown: [],
    });
  });

  test('the rule named is the one that wrote the field, among rules that share a list or a value', () => {
    const shared = (rules: string) => compile(load(rules), { values: plain });
    const twins =
      '  - { to: "phones[label=work].number", from: A }\n  - { to: "phones[label=home].number", from: B }\n';
    const bare = diffOutputs(shared(twins), shared(twins.replace('from: B', 'from: C')), [
      read('1', { A: '1', B: '2', C: '1' }),
    ]);
    expect(bare.shown[0]?.fields).toEqual([
      { field: 'phones[1].number', rule: 'phones[label=home].number', before: '2', after: '1' },
    ]);
    const custom = '  - { to: custom.a, from: A }\n  - { to: custom.b, from: B }\n';
    const fewer = diffOutputs(shared(custom), shared('  - { to: custom.a, from: A }\n'), [
      read('1', { A: '1', B: '1' }),
    ]);
    expect(fewer.shown[0]?.fields).toEqual([{ field: 'custom.b', rule: 'custom.b', before: '1' }]);
  });

  test('a fault that moved to another step is the same loss', () => {
    const one = compile(load('  - { to: custom.n, from: N, steps: [number] }\n'), { values: plain });
    const two = compile(load('  - { to: custom.n, from: N, steps: [trim, number] }\n'), { values: plain });
    expect(diffOutputs(one, two, [read('1', { N: 'x' })]).changed).toBe(0);
  });
});
