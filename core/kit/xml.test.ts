import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxXmlDepth, readXml, type XmlElement, XmlFault } from './xml.ts';

function faultOf(text: string, maxCharacters?: number): XmlFault {
  try {
    readXml(text, maxCharacters === undefined ? {} : { maxCharacters });
  } catch (thrown) {
    if (thrown instanceof XmlFault) return thrown;
    throw thrown;
  }
  throw new Error('It was not refused.');
}

function attribute(element: XmlElement, name: string): string | null {
  return element.attributes.get(name) ?? null;
}

describe('XML', () => {
  test('elements, attributes, text, CDATA, comments and references', () => {
    const root = readXml(
      '\uFEFF<?xml version="1.1"?>\n<!-- a > b --><a x="1 &amp; &#x4e2d;&#10;!"\n  y=\'"\'>t&lt;<![CDATA[<raw&>]]><b/>\r\nend<?pi x?></a>\n',
    );
    expect([attribute(root, 'x'), attribute(root, 'y'), attribute(root, 'z')]).toEqual(['1 & 中\n!', '"', null]);
    expect(root.text).toBe('t<<raw&>\nend');
    expect(root.children[0]).toMatchObject({ line: 3, column: 32 });
  });

  test.each<[string, string, string]>([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctype'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'doctype'],
    ['a document type in small letters', '<!doctype a><a/>', 'doctype'],
    ['an entity nobody defined', '<a>&lol9;</a>', 'entity'],
    ['a control character', '<a>\u0001</a>', 'control'],
    ['a control character that XML 1.1 allows', '<?xml version="1.1"?><a>&#1;</a>', 'control'],
    ['half a surrogate', '<a>&#xD800;</a>', 'entity'],
    ['a character beyond Unicode', '<a>&#x110000;</a>', 'entity'],
    ['a bare ampersand', '<a b="x?a=1&b=2"/>', 'syntax'],
    ['an attribute twice', '<a b="1" b="2"/>', 'syntax'],
    ['a bracket in an attribute', '<a b="<"/>', 'syntax'],
    ['elements that cross', '<a><b></a></b>', 'syntax'],
    ['two outermost elements', '<a/><b/>', 'syntax'],
    ['no element', '<?xml version="1.0"?>  ', 'empty'],
    ['text outside', 'hello <a/>', 'syntax'],
    ['an element left open', '<a><b>', 'syntax'],
    ['an attribute left open', '<a b="', 'syntax'],
    ['a comment left open', '<!-- <a/>', 'syntax'],
  ])('refuses %s', (_, text, code) => {
    expect(faultOf(text).code).toBe(code);
  });

  test('refuses what nests too deep or is too much, at once', () => {
    expect(faultOf('<a>'.repeat(100_000)).code).toBe('tooDeep');
    expect(faultOf(`<a>${'<b/>'.repeat(60_000)}</a>`).code).toBe('tooMany');
    const attributes = Array.from({ length: 300 }, (_, index) => ` a${index}="1"`).join('');
    expect(faultOf(`<a${attributes}/>`).code).toBe('tooMany');
  });

  test.each<[string, number, number, string]>([
    ['<a>\n  <b c="&"/>\n</a>', 2, 9, '&amp;'],
    ['<a>\n  <b c="?x=1&y=2"/>\n  <c d="&quot;"/>\n</a>', 2, 13, '&amp;'],
    ['<a><!-- & --><![CDATA[&]]>\n<b c="&amp;">\n</a>', 3, 1, '</a> stands where </b> is expected'],
    ['\n\n<?xml version="1.0"?>\n<a>\n\t<b>\n', 5, 2, '<b> is never closed'],
    ['<a>\r\n<b\r\nc="1" c="2"/></a>', 3, 11, 'duplicate attribute'],
    ['<a>\n&nbsp;</a>', 2, 1, '&nbsp;'],
    ['<a>\n<b c="[(d=="e")]"/></a>', 2, 12, '&quot;'],
    ['<?xml version="1.0"?>\n<!DOCTYPE a [\n<!ENTITY b "c">]><a/>', 2, 1, 'DOCTYPE'],
    ['<a>\n\u0007</a>', 2, 1, 'U+0007'],
    ['<a>\nx\ud800</a>', 2, 2, 'U+D800'],
  ])('says where (%#)', (text, line, column, words) => {
    const fault = faultOf(text);
    expect([fault.line, fault.column]).toEqual([line, column]);
    expect(fault.message).toContain(words);
  });

  test('a text too long is not read, blanks before the declaration are let pass', () => {
    expect(faultOf('<a/>', 3).code).toBe('tooLong');
    expect(readXml('\uFEFF \n<?xml version="1.0"?><a/>').line).toBe(2);
    expect(readXml('<a>'.repeat(maxXmlDepth) + '</a>'.repeat(maxXmlDepth)).name).toBe('a');
  });

  test('faults are found in linear time', () => {
    for (const piece of ['<!--', '<a><![CDATA[', '&', '<a &'])
      expect(faultOf(piece.repeat(80_000)).code).toBe('syntax');
  });

  test('names of object machinery are names like others', () => {
    const root = readXml('<a __proto__="x" constructor="y"><__proto__/></a>');
    expect([attribute(root, '__proto__'), attribute(root, 'toString')]).toEqual(['x', null]);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  test('any text is read or refused', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'a',
      ' ',
      '"',
      '=',
      '&',
      ';',
      '#1',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '\u0000',
      '中',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
        try {
          readXml(list.join(''));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(XmlFault);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
