/**
 * The number engine: whatever a switch, a CRM field or a person wrote -> `PhoneNumber`. Built on libphonenumber's full
 * metadata; what it adds is the world around the number: withheld callers, extensions, URIs, outside-line digits, two
 * numbers in one field. Pure, never throws, linear in the length of the text (only a bounded head is interpreted).
 */
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { digitsOf, matchesDialPattern, splitExtension, vanityDigits, withoutServiceCode } from './number-extension.ts';
import { absenceOf } from './number-presentation.ts';
import { plainText, unwrapUri } from './number-text.ts';

/** Habits of the place a number comes from; without a region only international spellings are understood. */
export type NumberOptions = Partial<NumberHabits>;

/** Longer texts are no telephone fields; their head is read, the rest ignored. */
const interpretedChars = 500;
const mostNumbersPerField = 10;
/** Regions where six digits are a subscriber number, so six bare digits are not taken for an extension. */
const sixDigitRegions = new Set(['AD', 'FO', 'GL', 'NC', 'NF', 'PM', 'WF']);

/**
 * Reads one number; of a field with several it answers the first. Called for every caller, record field and dialled
 * number. `parseNumber('030/90182-15', { defaultRegion: 'DE' }).e164` is `+493090182 15` without the blank.
 */
export function parseNumber(raw: string, options: NumberOptions = {}): PhoneNumber {
  const [first] = parseNumbers(raw, options);
  return first ? { ...first, raw } : { raw, e164: null, extension: null, presentation: 'unavailable' };
}

/** Reads all numbers of one field (`0100 / 0101`, `… or …`, one per line), in order, without repeats; at most ten. */
export function parseNumbers(raw: string, options: NumberOptions = {}): PhoneNumber[] {
  const numbers: PhoneNumber[] = [];
  let previous: string | null = null;
  for (const piece of splitField(raw.trim().slice(0, interpretedChars), options)) {
    const number: PhoneNumber = completedBy(previous, piece, options) ?? readPiece(piece, options);
    previous = number.e164 ?? previous;
    if (!numbers.some((known) => isSameNumber(known, number))) numbers.push(number);
  }
  const present = numbers.filter((number) => number.presentation === 'allowed');
  return (present.length > 0 ? present : numbers).slice(0, mostNumbersPerField);
}

/** Whether two parsed numbers mean the same line; unparsed ones are compared by their text. */
export function isSameNumber(a: PhoneNumber, b: PhoneNumber): boolean {
  if (a.e164 !== b.e164 || a.extension !== b.extension || a.presentation !== b.presentation) return false;
  return a.e164 !== null || a.extension !== null || digitsOf(a.raw) === digitsOf(b.raw);
}

const words = /\s+(?:or|and|oder|und|ou|et|y|o|e|или|и|或|及|和)\s+/iu;
const marks =
  /[|\n\r、；或及]|;(?!\s*[a-z-]{2,20}=)(?=\s*[+(]?\d[\d\s().-]{5,20})|,\s{0,3}(?=[+(]?\d[\d\s().-]{6,20})/iu;

function splitField(head: string, options: NumberOptions): string[] {
  const pieces = head
    .split(words)
    .flatMap((part) => part.split(marks))
    .map((part) => plainText(part));
  return pieces.flatMap((piece) => splitAtSlash(piece, options)).filter((piece) => piece !== '');
}

/** `030/90182-15` is one number, `415-555-0100/415-555-0101` are two: one if all digits together make a valid number. */
function splitAtSlash(piece: string, options: NumberOptions): string[] {
  if (!piece.includes('/') || /[a-z]:/i.test(piece)) return [piece];
  if (/^n\s*\/\s*a$/i.test(piece)) return [piece];
  const together = `${piece.startsWith('+') ? '+' : ''}${digitsOf(piece)}`;
  if (validNumber(together, options)) return [piece];
  const parts = piece.split('/').map((part) => part.trim());
  return digitsOf(parts[0] ?? '').length >= 6 ? parts : [piece];
}

/** `…0100/01`: a short second number replaces the end of the first. */
function completedBy(previous: string | null, piece: string, options: NumberOptions): PhoneNumber | null {
  const tail = digitsOf(piece);
  if (previous === null || tail.length < 2 || tail.length > 8 || !/^[\d\s.-]+$/.test(piece)) return null;
  const e164 = validNumber(previous.slice(0, -tail.length) + tail, options);
  return e164 === null ? null : { raw: piece, e164, extension: null, presentation: 'allowed' };
}

function readPiece(piece: string, options: NumberOptions): PhoneNumber {
  const uri = unwrapUri(piece);
  const presentation = absenceOf(uri.text);
  if (presentation !== null) return { raw: piece, e164: null, extension: null, presentation };
  const internal = uri.extension === null ? internalExtension(uri.text, uri.isSipUser, options) : null;
  if (internal !== null) return allowed(piece, null, internal);
  const split = splitExtension(withoutServiceCode(uri.text));
  const extension = uri.extension ?? split.extension;
  if (split.text === '') return allowed(piece, null, extension);
  if (digitsOf(split.text) === '') return { raw: piece, e164: null, extension: null, presentation: 'unavailable' };
  const vanity = vanityNumber(split.text, options);
  if (vanity !== null) return allowed(piece, vanity, extension);
  return withDashExtension(piece, split.text, extension, options);
}

function allowed(raw: string, e164: string | null, extension: string | null): PhoneNumber {
  return { raw, e164, extension, presentation: 'allowed' };
}

/** Own extensions, feature codes and short codes: anything that only this switch or this country's network can reach. */
function internalExtension(text: string, isSipUser: boolean, options: NumberOptions): string | null {
  const compact = text.replace(/[\s().-]/g, '');
  if (/^[*#0-9]+$/.test(compact)) return isShort(text, compact, options) ? compact : null;
  return isSipUser && /^[a-z][\w.-]{0,39}$/i.test(text) && digitsOf(text).length < 7 ? text : null;
}

function isShort(text: string, compact: string, options: NumberOptions): boolean {
  if (options.extensionPatterns?.some((pattern) => matchesDialPattern(pattern, compact))) return true;
  if (/^[*#]/.test(compact)) return withoutServiceCode(text) === text;
  if (compact.length !== 6) return compact.length < 6;
  return !sixDigitRegions.has(options.defaultRegion ?? '') || validNumber(compact, options) === null;
}

function vanityNumber(text: string, options: NumberOptions): string | null {
  const spelled = vanityDigits(text);
  if (spelled === null) return null;
  const whole = validNumber(spelled, options);
  if (whole !== null) return whole;
  // Letters past the end of a North American number are dialled and ignored: 1-800-GO-FEDEX-NOW.
  const digits = digitsOf(spelled);
  return digits.startsWith('1') && digits.length > 11 ? validNumber(`+${digits.slice(0, 11)}`, options) : null;
}

/** `010-65529988-8001`: when the whole is not valid but the part before the last dash is, the rest is an extension. */
function withDashExtension(raw: string, text: string, extension: string | null, options: NumberOptions): PhoneNumber {
  const valid = validNumber(text, options);
  if (valid !== null || extension !== null) return allowed(raw, valid ?? possibleNumber(text, options), extension);
  const dashed = /^(.{5,}\d)\s?[-/*]\s?(\d{1,5})$/.exec(text);
  const before = dashed ? validNumber(dashed[1] ?? '', options) : null;
  if (dashed && before !== null) return allowed(raw, before, dashed[2] ?? null);
  return allowed(raw, possibleNumber(text, options), null);
}

/** The first reading that libphonenumber calls valid. */
function validNumber(text: string, options: NumberOptions): string | null {
  for (const reading of readings(text, options)) {
    const number = parsed(reading, options);
    if (number?.isValid()) return checkedE164(number.number);
  }
  return null;
}

/** Numbering plans change faster than metadata: a possible number is kept, read as plainly as it was written. */
function possibleNumber(text: string, options: NumberOptions): string | null {
  const foreign = foreignPrefix(text);
  for (const reading of foreign === null ? [text] : [foreign, text]) {
    const number = parsed(reading, options);
    if (number?.isPossible()) return checkedE164(number.number);
  }
  return null;
}

function readings(text: string, options: NumberOptions): string[] {
  const foreign = foreignPrefix(text);
  const local = text.includes('+') ? { before: [], after: [] } : bareReadings(digitsOf(text), options);
  return [
    ...local.before,
    text,
    ...(/\(\s?0\s?\)/.test(text) ? [text.replace(/\(\s?0\s?\)/, ' ')] : []),
    ...(foreign === null ? [] : [foreign]),
    ...local.after,
  ];
}

/** Readings of digits without a plus: less the outside-line digits; with the plus that was lost; with the area code. */
function bareReadings(digits: string, options: NumberOptions): { before: string[]; after: string[] } {
  const outside = options.outsidePrefixes?.filter((prefix) => digits.startsWith(prefix)) ?? [];
  const after: string[] = [];
  if (digits.length >= 11 && !digits.startsWith('0')) after.push(`+${digits}`);
  if (options.areaCode && digits.length <= 8) after.push(options.areaCode + digits);
  return { before: outside.map((prefix) => digits.slice(prefix.length)), after };
}

/** `00`, `011`, `0011` written by people whose own country uses another international prefix. */
function foreignPrefix(text: string): string | null {
  const digits = digitsOf(text.replace(/\(\s?0\s?\)/, ' '));
  const hit = text.startsWith('+') ? null : /^(?:0011|011|00)([1-9]\d{7,14})$/.exec(digits);
  return hit ? `+${hit[1]}` : null;
}

function parsed(text: string, options: NumberOptions) {
  const region = options.defaultRegion ?? '';
  const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined;
  return parsePhoneNumberFromString(text, country === undefined ? {} : { defaultCountry: country });
}

function checkedE164(number: string): string | null {
  return /^\+\d{2,15}$/.test(number) ? number : null;
}
