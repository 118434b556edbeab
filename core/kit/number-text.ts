/**
 * From what a switch, a person or a URI wrote to plain ASCII dial text. Pure and linear: every step walks the text once.
 * URI forms follow RFC 3966 (`tel:`) and RFC 3261 §19.1.6 (`sip:` with a telephone user part).
 */

/** Dial text and what its wrapping said. */
export interface UnwrappedNumber {
  readonly text: string;
  /** From `;ext=`; null when the URI named none. */
  readonly extension: string | null;
  /** The text is the user part of a SIP address, so a bare word is a device name. */
  readonly isSipUser: boolean;
}

/** Zero code points of decimal digit ranges that NFKC leaves alone: Arabic-Indic, Persian, Devanagari, Bengali, Thai. */
const digitZeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

/** Full-width and foreign digits to ASCII, all dashes to `-`, all spaces to one blank, invisible marks removed. */
export function plainText(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\s\p{Zs}\p{Cc}]+/gu, ' ')
    .replace(/\p{Nd}/gu, asciiDigit)
    .trim()
    .replace(/^\+{2,}/, '+');
}

function asciiDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const zero = digitZeros.find((start) => point >= start && point <= start + 9);
  return zero === undefined ? character : String(point - zero);
}

/** Takes the number out of `"Name" <sip:…>`, `tel:`, `callto:`, `sip:` and `user@host`. */
export function unwrapUri(text: string): UnwrappedNumber {
  const address = betweenAngles(text);
  const scheme = /^(tel|sips?|callto|phone|fax|mobile|h323)\s*:\s*(?:\/\/)?/i.exec(address);
  const rest = scheme ? address.slice(scheme[0].length) : address;
  const isSip = /^sips?$/i.test(scheme?.[1] ?? '') || /^[^\s@]+@[^\s@]+$/.test(rest);
  const [user = ''] = isSip ? rest.split('@', 1) : [rest];
  if (!scheme && !isSip && !/;\s*(ext|isub|phone-context)\s*=/i.test(rest)) {
    return { text: rest, extension: null, isSipUser: false };
  }
  return { ...splitParameters(percentDecoded(user)), isSipUser: isSip };
}

function betweenAngles(text: string): string {
  const open = text.lastIndexOf('<');
  const close = text.lastIndexOf('>');
  if (open < 0 || close < open) return text;
  const inside = text.slice(open + 1, close).trim();
  // Asterisk writes an absent caller as `<unknown>`, and a display name may itself be an angle-bracketed remark.
  return inside === '' ? text.slice(0, open).trim() : inside;
}

function splitParameters(user: string): { text: string; extension: string | null } {
  const [number = '', ...parameters] = user.split(';');
  let extension: string | null = null;
  let context = '';
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2).map((part) => part.trim());
    if (name.toLowerCase() === 'ext') extension = value.replace(/[^0-9*#]/g, '') || null;
    if (name.toLowerCase() === 'phone-context' && /^\+\d{1,15}$/.test(value)) context = value;
  }
  const isLocal = context !== '' && !number.trim().startsWith('+');
  return { text: (isLocal ? context + number : number).trim(), extension };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
