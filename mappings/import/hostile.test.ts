import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImportRefusal } from './findings.ts';
import { importTemplate } from './import-template.ts';
import { restConnectionDraft } from './rest-connection.ts';
import { dictionaryFaults, fixtureBytes } from './testing/fixture.ts';

const names = [
  '3cx-larkspur',
  '3cx-juniper',
  '3cx-sorrel',
  '3cx-tansy',
  '3cx-yarrow',
  'yeastar-aster',
  'yeastar-campion',
];
const texts = names.map((name) => fixtureBytes(`${name}.xml`).toString('utf8'));

/** Pieces that mean something to one of the languages inside a template. */
const piece = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '[[',
    '{{',
    '}}',
    '^^',
    '(',
    ')',
    ',',
    '"',
    '&quot;',
    '&#10;',
    '==',
    '||',
    '!',
    '.ToString(',
    'IIf(',
    '|',
    '#',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'True',
    '{{if .a}}',
    '{{end}}',
    "'",
    '\\',
    '-',
    '中',
    '&amp;',
    '<Value/>',
    ' Id="x"',
    '',
  ),
  fc.string({ maxLength: 5 }),
);
/** Evenly spread; random doubles crowd at zero, where only the XML declaration stands. */
const share = fc.integer({ min: 0, max: 9_999 }).map((number) => number / 10_000);
const edit = fc.record({
  at: share,
  inside: share,
  drop: fc.integer({ min: 0, max: 10 }),
  piece,
});
interface Edit {
  readonly at: number;
  readonly inside: number;
  readonly drop: number;
  readonly piece: string;
}

/** Changes what stands in an attribute or an element, so that the XML mostly stays well-formed. */
function editedInside(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { at, inside, drop, piece: inserted }) => {
    const spans = [...current.matchAll(/(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)/gu)];
    const span = spans[Math.floor(at * spans.length)];
    const from = (span?.index ?? 0) + Math.floor(inside * (span?.[0].length ?? 0));
    const dropped = Math.min(drop, (span?.index ?? 0) + (span?.[0].length ?? 0) - from);
    const safe = inserted
      .replace(/&(?!\w+;)/gu, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&quot;');
    return current.slice(0, from) + safe + current.slice(from + dropped);
  }, text);
}

function editedAnywhere(text: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { at, drop, piece: inserted }) => {
    const from = Math.floor(at * current.length);
    return current.slice(0, from) + inserted + current.slice(from + drop);
  }, text);
}

test('a template changed at random is imported soundly or refused, and nothing else', () => {
  let imports = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.nat(3),
      (text, edits, way) => {
        const edited = way === 0 ? editedAnywhere(text, edits) : editedInside(text, edits);
        try {
          const imported = importTemplate(Buffer.from(edited));
          restConnectionDraft.parse(JSON.parse(JSON.stringify(imported.connection)));
          expect(dictionaryFaults(imported)).toEqual([]);
          imports += 1;
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ImportRefusal);
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(imports).toBeGreaterThan(50);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe('too much of anything is refused', () => {
  const crm = (inner: string): Buffer => Buffer.from(`<Crm Name="x">${inner}</Crm>`);
  const scenario = '<Scenario><Request Url="https://x.example/"/></Scenario>';

  test.each<[string, Buffer]>([
    ['scenarios', crm(`<Scenarios>${scenario.repeat(20_000)}</Scenarios>`)],
    [
      'parameters',
      crm(`<Parameters>${'<Parameter Name="a"/>'.repeat(40_000)}</Parameters><Scenarios>${scenario}</Scenarios>`),
    ],
    ['parts', crm('<a/>'.repeat(40_000))],
    [
      'values',
      crm(
        `<Scenarios><Scenario><Request Url="https://x.example/"><Headers>${'<Value Key="a">b</Value>'.repeat(40_000)}</Headers></Request></Scenario></Scenarios>`,
      ),
    ],
    [
      'text',
      crm(`<Scenarios><Scenario><Request Url="https://x.example/${'a'.repeat(1_000_000)}"/></Scenario></Scenarios>`),
    ],
    ['another format', Buffer.from('<html/>')],
    ['a prototype', Buffer.from('<constructor/>')],
  ])('%s', (_, bytes) => {
    expect(() => importTemplate(bytes)).toThrow(ImportRefusal);
  });
});
