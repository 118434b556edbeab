/** The bytes of a CSV file as text, whatever program on whatever continent wrote it. Pure. */
import { HubError } from '#core/contract/errors.ts';

export interface ImportText {
  readonly text: string;
  readonly charset: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
}

export const mostImportBytes = 100_000_000;

/** Refuses what is no text at all, naming what it seems to be. */
export function decodeImport(bytes: Uint8Array): ImportText {
  if (bytes.length > mostImportBytes) {
    throw new HubError(
      'input.tooLarge',
      `The file has ${bytes.length} bytes; at most ${mostImportBytes} are read. Split it.`,
    );
  }
  const other = formatOf(bytes);
  if (other !== null) {
    throw new HubError(
      'input.invalid',
      `The file is ${other}, not CSV. Open it in a spreadsheet and save it as CSV (UTF-8).`,
      {
        field: 'csv',
      },
    );
  }
  const charset = charsetOf(bytes);
  const text = new TextDecoder(charset).decode(bytes);
  return { text: cleaned(text), charset };
}

/** Text that came as JSON was decoded by whoever sent it; only what no database takes is removed. */
export function cleaned(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\u0000', '')
    .toWellFormed();
}

function formatOf(bytes: Uint8Array): string | null {
  const starts = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'an Excel workbook (.xlsx) or another ZIP archive';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'an old Excel workbook (.xls)';
  if (starts(0x1f, 0x8b)) return 'compressed with gzip';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'a PDF';
  return null;
}

const marks: readonly (readonly [ImportText['charset'], readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Byte order mark first; then the zero bytes of UTF-16; then whether it is valid UTF-8; then how Chinese it looks. */
function charsetOf(bytes: Uint8Array): ImportText['charset'] {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  const head = bytes.subarray(0, 4096);
  const zerosAt = (parity: number) => head.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  if (zerosAt(1) > head.length / 8) return 'utf-16le';
  if (zerosAt(0) > head.length / 8) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  return isChinese(bytes) ? 'gb18030' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, so that a file cut inside its last character still counts.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * In GBK the characters of everyday Chinese are pairs of two high bytes; in western text a high byte mostly stands alone
 * between ASCII letters.
 */
function isChinese(bytes: Uint8Array): boolean {
  let paired = 0;
  let alone = 0;
  for (let at = 0; at < Math.min(bytes.length, 200_000); at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    if ((bytes[at + 1] ?? 0) >= 0x80) {
      paired += 2;
      at += 1;
    } else {
      alone += 1;
    }
  }
  return paired > 4 * alone;
}
