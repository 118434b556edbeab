import { describe, expect, test } from 'vitest';
import { ImportRefusal } from '../findings.ts';
import { decodeXml, mostBytes } from './decode.ts';
import { attribute } from './element.ts';
import { readTemplateXml } from './read.ts';

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
    expect(attribute(readTemplateXml(bytes), 'b')).toBe('中文');
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

  test('a refusal keeps its place', () => {
    expect(refusalOf(() => readTemplateXml(utf8('<a>\n  <b c="?d=1&e=2"/></a>')))).toMatchObject({
      code: 'xml.syntax',
      line: 2,
      column: 13,
      message: 'The file cannot be read as XML: "&" begins no entity; write &amp;.',
    });
  });
});
