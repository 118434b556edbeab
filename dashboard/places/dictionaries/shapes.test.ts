import type { JsonValue } from '#core/contract/json.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortValue } from '../../pieces/short-value.ts';
import { entityRows, matchingRows, recordRows } from './field-rows.ts';
import { hunksOf, lineDiff } from './line-diff.ts';
import { linesOf, windowOf } from './line-paths.ts';
import { ruleBetween, ruleWords, withPart, writtenPaths } from './rule-shape.ts';
import { readScalar, scalarText } from './scalar-text.ts';
import { argumentShape, argumentsOf, readSteps, stepWords, writeSteps, writtenArgument } from './step-shape.ts';
import { withTest } from './test-text.ts';
import { readTable, withCell, withDefault, withNewRow, withoutRow } from './value-rows.ts';

describe('steps', () => {
  const caseShape = argumentShape({
    anyOf: [
      { type: 'string', enum: ['lower', 'upper'] },
      {
        type: 'object',
        required: ['to'],
        properties: { to: { type: 'string', enum: ['lower', 'upper'] }, all: { type: 'boolean' } },
      },
    ],
  });

  it('are read and written as they stand', () => {
    const written: JsonValue[] = ['trim', { case: 'lower' }, { replace: { find: 'a', with: 'b' } }];
    expect(writeSteps(readSteps(written))).toEqual(written);
    expect(readSteps('trim')).toEqual([{ name: 'trim', argument: undefined }]);
    expect(readSteps({ case: 'lower' }).map(stepWords)).toEqual(['case: lower']);
    expect(writeSteps([])).toBeUndefined();
  });

  it('have a form made from their schema, and keep the short form', () => {
    expect(caseShape.short).toBe('to');
    expect(caseShape.fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['to', 'choice', true],
      ['all', 'switch', false],
    ]);
    expect(argumentsOf('lower', caseShape)).toEqual({ to: 'lower' });
    expect(writtenArgument({ to: 'lower' }, caseShape)).toBe('lower');
    expect(writtenArgument({ to: 'lower', all: true }, caseShape)).toEqual({ to: 'lower', all: true });
    expect(writtenArgument({}, caseShape)).toBeUndefined();
    expect(argumentShape({}).fields).toEqual([]);
  });
});

describe('rules', () => {
  it('begin between two fields', () => {
    expect(ruleBetween('hs_lang', 'language')).toEqual({ to: 'language', from: 'hs_lang' });
    expect(ruleBetween('Region__c', 'custom')).toEqual({ to: 'custom.RegionC', from: 'Region__c' });
  });

  it('keep the order of their parts', () => {
    expect(Object.keys(withPart({ to: 'a', from: 'b', note: 'c' }, 'from', 'd'))).toEqual(['to', 'from', 'note']);
    expect(withPart({ to: 'a', note: 'c' }, 'note', undefined)).toEqual({ to: 'a' });
    expect([writtenPaths([]), writtenPaths(['a ']), writtenPaths(['a', '', 'b'])]).toEqual([
      undefined,
      'a',
      ['a', 'b'],
    ]);
    expect(ruleWords({ from: [], to: ['kind'], direction: 'read', value: 'call' })).toBe('"call" → kind');
  });
});

describe('fields', () => {
  const described = [
    { name: 'a', label: 'Alpha', type: 'string' as const, required: true },
    { name: 'b', label: 'Beta', type: 'string' as const },
  ];

  it('come in the order of the rules, strangers marked', () => {
    const rows = recordRows(described, ['b', 'c'], ['b', 'c']);
    expect(rows.map((row) => [row.path, row.isKnown])).toEqual([
      ['b', true],
      ['c', false],
      ['a', true],
    ]);
    expect(matchingRows(rows, 'ALPHA', () => true).map((row) => row.path)).toEqual(['a']);
  });

  it('offer a place for every label and keep what rules use', () => {
    const paths = entityRows('contact', ['custom.website', 'nonsense'], (path) => path).map((row) => row.path);
    expect(paths).toContain('phones[label=mobile].number');
    expect(paths).toContain('emails[0].address');
    expect(paths.indexOf('custom.website')).toBe(paths.indexOf('custom') + 1);
    expect(paths.at(-1)).toBe('nonsense');
  });
});

describe('lines', () => {
  const rule = {
    index: 0,
    id: 'x',
    to: ['x'],
    from: ['a', 'b'],
    steps: [],
    back: null,
    direction: 'both' as const,
    written: {},
    inheritedFrom: null,
    line: 1,
  };
  const left = new Map([
    ['a', 0],
    ['b', 100],
  ]);
  const right = new Map([['x', 1]]);

  it('run to the edge when an end is out of view, and are left out when both are', () => {
    const [near, far] = linesOf([rule], left, right, { height: 400, leftScroll: 0, rightScroll: 0 });
    expect(near).toMatchObject({ left: 19, right: 57, isAway: false });
    expect(far).toMatchObject({ left: 399, isAway: true });
    expect(linesOf([rule], left, right, { height: 400, leftScroll: 0, rightScroll: 4000 })).toHaveLength(1);
  });

  it('are drawn for the rows around the view only', () => {
    const [first, end] = windowOf(5000, 38 * 1000, 600);
    expect(first).toBeGreaterThan(950);
    expect(end - first).toBeLessThan(80);
  });
});

describe('texts', () => {
  it('differ line by line and can be put together again', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const diff = lineDiff(one.join('\n'), other.join('\n'));
        const side = (kind: string) =>
          diff
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join('\n');
        expect(side('added')).toBe(one.join('\n'));
        expect(side('removed')).toBe(other.join('\n'));
      }),
    );
    const far = lineDiff('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\n7');
    expect(hunksOf(far, 1).map((line) => line?.text ?? null)).toEqual([null, '5', '6', '7']);
  });

  it('get a new test at the end, as the others are written', () => {
    const trace = { direction: 'read' as const, result: { x: 1 }, rows: [], events: [] };
    const made = withTest('tests:\n- name: one\n', { name: 'two: "quoted"', input: { X: '1' }, trace, region: 'CN' });
    expect(made).toBe(
      'tests:\n- name: one\n- name: "two: \\"quoted\\""\n  region: "CN"\n  record: {"X":"1"}\n  entity: {"x":1}\n',
    );
    expect(withTest(null, { name: 'one', input: {}, trace, region: null })).toMatch(/^tests:\n {2}- name/u);
  });

  it('hold a scalar as it was meant', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()), (value) => {
        if (typeof value === 'string' && value.trim() === '') return;
        expect(readScalar(scalarText(value))).toBe(value);
      }),
    );
    expect([shortValue('5'), shortValue(5), shortValue('plain'), shortValue('[draft'), shortValue('')]).toEqual([
      '"5"',
      '5',
      'plain',
      '[draft',
      '""',
    ]);
  });
});

describe('a value table', () => {
  const text =
    '# why\nvalues: priority\nrows:\n  - { record: [Low, 4], entity: low }\n  # the loud one\n  - { record: Urgent, entity: urgent }\ndefault: { entity: low }\n';

  it('is read', () => {
    expect(readTable(text)).toEqual({
      rows: [
        { record: ['Low', '4'], entity: ['low'] },
        { record: ['Urgent'], entity: ['urgent'] },
      ],
      default: { record: '', entity: 'low' },
    });
    expect(readTable('rows: [')).toBeNull();
    expect(readTable('rules: []')).toBeNull();
  });

  it('is changed in place: comments stay and numbers stay numbers', () => {
    const changed = withCell(text, 0, { side: 'record', words: ['Low', '4', '低'] });
    expect(changed).toContain('record: [ Low, 4, 低 ]');
    expect(changed).toContain('# the loud one');
    expect(changed.startsWith('# why')).toBe(true);
    expect(readTable(withNewRow(text))?.rows).toHaveLength(3);
    expect(readTable(withoutRow(text, 0))?.rows).toHaveLength(1);
    expect(readTable(withDefault(text, 'record', 'Low'))?.default).toEqual({ record: 'Low', entity: 'low' });
    expect(withDefault(text, 'entity', '')).not.toContain('default');
  });
});
