import { ImportRefusal } from '../findings.ts';

/** Real templates have some ten thousand bytes. */
export const mostBytes = 2_000_000;

/** Declared name → the decoder's. What is not here is refused, so nothing is read with the wrong letters. */
const encodings = new Map<string, string>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['big5', 'big5'],
  ['shift_jis', 'shift_jis'],
]);

/** Bytes as text: by byte order mark, else by the XML declaration, else UTF-8 (XML 1.1, appendix E). */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes.length > mostBytes) {
    throw new ImportRefusal(
      'file.tooLarge',
      `The file has ${bytes.length} bytes; a template has at most ${mostBytes}.`,
    );
  }
  if (bytes.length === 0) throw new ImportRefusal('file.empty', 'The file is empty.');
  if (zip.every((byte, index) => bytes[index] === byte)) {
    throw new ImportRefusal('template.unknown', 'The file is a ZIP archive. Unpack it and import the .xml inside.');
  }
  const encoding = byMark(bytes) ?? declared(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const message = `The file holds bytes that are not ${encoding}, which its beginning stands for. Save it as UTF-8.`;
    throw new ImportRefusal('file.encoding', message);
  }
}

const zip = [0x50, 0x4b, 3, 4];

const marks: readonly (readonly [encoding: string, ...marks: number[]])[] = [
  ['utf-32', 0xff, 0xfe, 0, 0],
  ['utf-32', 0, 0, 0xfe, 0xff],
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
  // No mark: "<?" in two bytes per letter.
  ['utf-16le', 0x3c, 0, 0x3f, 0],
  ['utf-16be', 0, 0x3c, 0, 0x3f],
];

function byMark(bytes: Uint8Array): string | null {
  const found = marks.find(([, ...mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (found?.[0] !== 'utf-32') return found?.[0] ?? null;
  throw new ImportRefusal('file.encoding', 'The file is written in UTF-32. Save it as UTF-8.');
}

function declared(bytes: Uint8Array): string {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 200));
  const name = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/u.exec(head)?.[1]?.toLowerCase();
  if (name === undefined) return 'utf-8';
  const encoding = encodings.get(name);
  if (encoding !== undefined) return encoding;
  const message = name.startsWith('utf-16')
    ? 'The file says it is UTF-16, but it is written in single bytes. Save it as UTF-8.'
    : `The encoding "${name}" is not read here. Save the file as UTF-8.`;
  throw new ImportRefusal('file.encoding', message);
}
