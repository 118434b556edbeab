/** Parts of a dial string that are no part of the number: extensions, pauses, prefixes for an outside line. Pure. */

/** A number and what is dialled after it is answered. */
export interface SplitExtension {
  readonly text: string;
  readonly extension: string | null;
}

// Words are asked longest first; each must be followed by the digits that end the text.
const markers =
  'extension|extensión|durchwahl|interno|extens|ramal|anexo|poste|klappe|extn|xtn|ext|int|dw|доб|вн|x|p|w';
const eastMarkers = '分机号|分机|分機|内線|內線|转接|转|轉|내선';
const marked = new RegExp(`(?:^|[^\\p{L}])(?:${markers})[\\s.:#=-]{0,4}([0-9]{1,11})[#)]{0,2}$`, 'iu');
const markedInside = new RegExp(`(?:${eastMarkers})[\\s.:#-]{0,4}([0-9]{1,11})[#)]{0,2}$`, 'u');
const paused = /[,;]{1,10}\s?([0-9]{1,11})#?$/;
const hashed = /[\s\d)]#\s?([0-9]{1,6})$/;

/**
 * Cuts a marked extension off: `ext. 17`, `x18`, `доб. 5`, `转8001`, `,,,203#`, `p203`, ` #12`. Called by the number
 * engine after URI parameters are gone. A text that is nothing but an extension (`x204`) leaves an empty text.
 */
export function splitExtension(text: string): SplitExtension {
  for (const pattern of [marked, markedInside, paused, hashed]) {
    const hit = pattern.exec(text);
    if (!hit) continue;
    const before = text.slice(0, hit.index) + (/^\d|^[)]/.test(hit[0]) ? (hit[0][0] ?? '') : '');
    return { text: before.replace(/[\s,;.(/-]+$/, ''), extension: hit[1] ?? null };
  }
  return { text, extension: null };
}

/** `*67`, `*82`, `#31#`, `*31#` before a number: the caller's wish to hide or show, not part of the number. */
export function withoutServiceCode(text: string): string {
  const hit = /^(?:[*#]{1,2}\d{2,3}[*#]|\*\d{2})[\s-]{0,3}(?=[+(0-9])/.exec(text);
  const rest = hit ? text.slice(hit[0].length) : text;
  return digitsOf(rest).length >= 7 ? rest : text;
}

/** The digits alone. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

const keypad = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

/** `1-800-FLOWERS` as digits; null unless the text is digits first and then at least three keypad letters. */
export function vanityDigits(text: string): string | null {
  if (!/^[+(]?[0-9][0-9() .-]*[A-Za-z][A-Za-z0-9 .-]*$/.test(text)) return null;
  if ((text.match(/[A-Za-z]/g)?.length ?? 0) < 3 || digitsOf(text).length < 3) return null;
  return text.toUpperCase().replace(/[A-Z]/g, (letter) => String(keypad.findIndex((key) => key.includes(letter)) + 2));
}

/**
 * Matches digits against a dial pattern as PBX dial plans write them: `X` any digit, `Z` 1-9, `N` 2-9, a final `.` one or
 * more of anything, everything else itself. Linear, so patterns may come from users.
 */
export function matchesDialPattern(pattern: string, digits: string): boolean {
  const open = pattern.endsWith('.');
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? digits.length <= fixed.length : digits.length !== fixed.length) return false;
  return fixed.split('').every((symbol, at) => matchesSymbol(symbol.toUpperCase(), digits[at] ?? ''));
}

function matchesSymbol(symbol: string, digit: string): boolean {
  if (symbol === 'X') return digit >= '0' && digit <= '9';
  if (symbol === 'Z') return digit >= '1' && digit <= '9';
  if (symbol === 'N') return digit >= '2' && digit <= '9';
  return symbol === digit;
}
