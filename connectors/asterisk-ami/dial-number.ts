/** From what a person typed or clicked to what the dialplan is given. Pure. */
import { HubError } from '#core/contract/errors.ts';

export interface DialRules {
  readonly dialPrefix: string;
  readonly plusPrefix: string;
  readonly internalDigits: number;
}

export interface DialString {
  /** The extension the dialplan is entered with. */
  readonly exten: string;
  /** Digits to send after the answer: the extension behind a company's number. Empty for none. */
  readonly postDial: string;
}

const extensionMark =
  /(?:;ext=|;\s*postd=|\bext(?:ension|n)?\b\.?:?|[x×]|分机|转|[,;wp])\s*(?<digits>[0-9*#wp,;\s-]*)$/iu;

/** Throws `input.invalid` when nothing dialable is left. */
export function dialString(entered: string, rules: DialRules): DialString {
  const plain = toAsciiDigits(entered)
    .trim()
    .replace(/^(?:tel|sip|sips|callto):(?:\/\/)?/iu, '')
    .replace(/@.*$/u, '');
  const mark = extensionMark.exec(plain);
  const main = (mark === null ? plain : plain.slice(0, mark.index)).replace(/;[a-z-]+=.*$/iu, '');
  const digits = main
    .replaceAll(/\(0\)/gu, main.trimStart().startsWith('+') ? '' : '0')
    .replaceAll(/[\s().\-/\u2010-\u2015\u00a0]/gu, '');
  const postDial = (mark?.groups?.['digits'] ?? '').replaceAll(/[^0-9*#]/gu, '').slice(0, 32);
  if (!/^\+?[0-9*#]{1,32}$/u.test(digits) || digits === '+') {
    throw new HubError(
      'input.invalid',
      'That is not a number that can be dialled. Use digits, with + for a country code.',
      {
        field: 'number',
      },
    );
  }
  return { exten: withPrefix(digits, rules), postDial };
}

function withPrefix(digits: string, rules: DialRules): string {
  if (/^[*#]/u.test(digits) || (!digits.startsWith('+') && digits.length <= rules.internalDigits)) return digits;
  const full = digits.startsWith('+') ? rules.plusPrefix + digits.slice(1) : digits;
  return rules.dialPrefix + full;
}

/** Full-width and Arabic-Indic digits, and the full-width plus, as people paste them. */
function toAsciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** A transfer target: a number, or the name of a dialplan extension like `support`. Throws `input.invalid`. */
export function destinationString(entered: string, rules: DialRules): string {
  const plain = entered.trim();
  if (/^[A-Za-z][\w.-]{0,39}$/u.test(plain)) return plain;
  return dialString(plain, rules).exten;
}
