import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StepFault } from './step.ts';
import { findXml, parseXmlPath, readXml, xmlToJson } from './xml-tree.ts';

function faultOf(text: string): string | null {
  const root = readXml(text);
  return root instanceof StepFault ? root.code : null;
}

test.each([
  ['an outer entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', 'xml.doctype'],
  [
    'entities that multiply',
    `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`,
    'xml.doctype',
  ],
  ['a document type without entities', '<!DOCTYPE html><html/>', 'xml.doctype'],
  ['an entity nobody declared', '<a>&nbsp;</a>', 'xml.unreadable'],
  ['a thousand levels', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`, 'xml.tooDeep'],
  ['a hundred thousand elements', `<a>${'<b/>'.repeat(100_000)}</a>`, 'xml.tooLong'],
  ['two million characters', `<a>${'x'.repeat(2_000_000)}</a>`, 'xml.tooLong'],
  ['an end that does not fit', '<a><b></a></b>', 'xml.unreadable'],
  ['no end', '<a><b>', 'xml.unreadable'],
  ['two roots', '<a/><b/>', 'xml.unreadable'],
  ['an attribute twice', '<a b="1" b="2"/>', 'xml.unreadable'],
  ['a prototype', '<a __proto__="1"/>', 'xml.unreadable'],
  ['nothing', '', 'xml.unreadable'],
])('%s is refused', (_, text, code) => {
  expect(faultOf(text)).toBe(code);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('any text is XML or a fault, never a throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...Array.from('<>/="ab &;!-[]?:\n')) }), (text) => {
      const root = readXml(text);
      if (!(root instanceof StepFault)) xmlToJson(root, new Set());
    }),
    { numRuns: 2000 },
  );
});

test('a path leads to every element of its names, whatever their prefixes', () => {
  const root = readXml('<o:Order xmlns:o="u"><o:Line n="1"/><Line n="2"/><Other><Line n="3"/></Other></o:Order>');
  if (root instanceof StepFault) throw new Error(root.reason);
  const found = (text: string): number => {
    const path = parseXmlPath(text);
    return path === null ? -1 : findXml(root, path).length;
  };
  expect(['Order/Line', '/Order/Line', '//Line', 'Order/*', 'Order/*/Line', 'Line', 'a[0]', ''].map(found)).toEqual([
    2, 2, 3, 3, 1, 0, -1, -1,
  ]);
});
