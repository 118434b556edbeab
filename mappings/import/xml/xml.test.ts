import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImportRefusal } from '../findings.ts';
import { decodeXml, mostBytes } from './decode.ts';
import { attribute, childNamed } from './element.ts';
import { readXml } from './read.ts';

function refusalOf(run: () => unknown): ImportRefusal {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ImportRefusal) return thrown;
    throw thrown;
  }
  throw new Error('It was not refused.');
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('XML', () => {
  test('elements, attributes, text, CDATA, comments and references', () => {
    const root = readXml(
      '\uFEFF<?xml version="1.1"?>\n<!-- a > b --><a x="1 &amp; &#x4e2d;&#10;!"\n  y=\'"\'>t&lt;<![CDATA[<raw&>]]><b/>\r\nend<?pi x?></a>\n',
    );
    expect([attribute(root, 'x'), attribute(root, 'y'), attribute(root, 'z')]).toEqual(['1 & 中\n!', '"', '']);
    expect(root.text).toBe('t<<raw&>\nend');
    expect(childNamed(root, 'b')).toMatchObject({ line: 3, column: 32 });
  });

  test.each<[string, string, string]>([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml.doctype'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'xml.doctype'],
    ['a document type in small letters', '<!doctype a><a/>', 'xml.doctype'],
    ['an entity nobody defined', '<a>&lol9;</a>', 'xml.entity'],
    ['a control character', '<a>\u0001</a>', 'xml.control'],
    ['a control character that XML 1.1 allows', '<?xml version="1.1"?><a>&#1;</a>', 'xml.control'],
    ['half a surrogate', '<a>&#xD800;</a>', 'xml.entity'],
    ['a character beyond Unicode', '<a>&#x110000;</a>', 'xml.entity'],
    ['a bare ampersand', '<a b="x?a=1&b=2"/>', 'xml.syntax'],
    ['an attribute twice', '<a b="1" b="2"/>', 'xml.syntax'],
    ['a bracket in an attribute', '<a b="<"/>', 'xml.syntax'],
    ['elements that cross', '<a><b></a></b>', 'xml.syntax'],
    ['two outermost elements', '<a/><b/>', 'xml.syntax'],
    ['no element', '<?xml version="1.0"?>  ', 'file.empty'],
    ['text outside', 'hello <a/>', 'xml.syntax'],
    ['an element left open', '<a><b>', 'xml.syntax'],
    ['an attribute left open', '<a b="', 'xml.syntax'],
    ['a comment left open', '<!-- <a/>', 'xml.syntax'],
  ])('refuses %s', (_, text, code) => {
    expect(refusalOf(() => readXml(text)).code).toBe(code);
  });

  test('refuses what nests too deep or is too much, at once', () => {
    expect(refusalOf(() => readXml('<a>'.repeat(100_000))).code).toBe('xml.tooDeep');
    expect(refusalOf(() => readXml(`<a>${'<b/>'.repeat(60_000)}</a>`)).code).toBe('xml.tooMany');
    const attributes = Array.from({ length: 300 }, (_, index) => ` a${index}="1"`).join('');
    expect(refusalOf(() => readXml(`<a${attributes}/>`)).code).toBe('xml.tooMany');
  });

  test('says where', () => {
    expect(refusalOf(() => readXml('<a>\n  <b c="&"/>\n</a>'))).toMatchObject({ line: 2, column: 9 });
  });

  test('names of object machinery are names like others', () => {
    const root = readXml('<a __proto__="x" constructor="y"><__proto__/></a>');
    expect([attribute(root, '__proto__'), attribute(root, 'toString')]).toEqual(['x', '']);
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
          expect(thrown).toBeInstanceOf(ImportRefusal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the encoding', () => {
  const chinese = '<?xml version="1.0" encoding="GBK"?><a b="中文"/>';
  test.each<[string, Uint8Array]>([
    ['UTF-8', utf8('<a b="中文"/>')],
    ['UTF-8 with a mark', utf8('\uFEFF<a b="中文"/>')],
    ['UTF-16 little endian', Buffer.from('\uFEFF<a b="中文"/>', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\uFEFF<a b="中文"/>', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a b="中文"/>', 'utf16le')],
    ['GBK', Buffer.concat([utf8(chinese.split('中文')[0] ?? ''), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), utf8('"/>')])],
  ])('reads %s', (_, bytes) => {
    expect(attribute(readXml(decodeXml(bytes)), 'b')).toBe('中文');
  });

  test.each<[string, Uint8Array, string]>([
    [
      'GBK that is UTF-8 with odd bytes',
      utf8('<?xml version="1.0" encoding="gbk"?><a b="\u00ff\uffff"/>'),
      'file.encoding',
    ],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0x3e]), 'file.encoding'],
    ['an encoding nobody knows', utf8('<?xml version="1.0" encoding="utf-7"?><a/>'), 'file.encoding'],
    ['UTF-16 by word only', utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'), 'file.encoding'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'file.encoding'],
    ['nothing', new Uint8Array(), 'file.empty'],
    ['100 MB', new Uint8Array(100_000_000), 'file.tooLarge'],
    ['one byte too many', new Uint8Array(mostBytes + 1), 'file.tooLarge'],
  ])('refuses %s', (_, bytes, code) => {
    expect(refusalOf(() => decodeXml(bytes)).code).toBe(code);
  });
});
