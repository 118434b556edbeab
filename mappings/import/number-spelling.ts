import type { RestConnection } from './rest-connection.ts';

/** A caller's number as the other system wants to be asked for it. Only a leading + or 00 counts as a prefix. */
export function spellCaller(raw: string, rule: RestConnection['number']): string {
  const prefixed = /^\s*(?:\+|00)/u.exec(raw);
  const rest = raw.slice(prefixed?.[0].length ?? 0);
  const marks = { asIs: prefixed?.[0].trim() ?? '', off: '', plus: '+', zeros: '00' };
  const spelled = prefixed === null ? raw.trim() : marks[rule.prefix] + rest.trim();
  const digits = spelled.replace(/\D/gu, '');
  return rule.maxDigits !== null && digits.length > rule.maxDigits ? digits.slice(-rule.maxDigits) : spelled;
}

const fewestSharedDigits = 7;

/**
 * Whether two spellings can be one telephone number: the same digits, or the shorter one ends the longer one and is long
 * enough to mean something.
 */
export function isSameNumber(left: string, right: string): boolean {
  const [short = '', long = ''] = [left, right]
    .map((text) => text.replace(/\D/gu, '').replace(/^0+/u, ''))
    .toSorted((a, b) => a.length - b.length);
  if (short === '' || short === long) return short !== '';
  return short.length >= fewestSharedDigits && long.endsWith(short);
}
