/** How AMI writes numbers and names, undone. Seen in the recordings of Asterisk 22 (fixtures 18). */
import type { PartyRef } from '#core/contract/call-events.ts';

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

/**
 * A name as a person should see it. AMI writes it with C escapes; inside, a SIP channel keeps the quoted-pair
 * backslashes of the From header, so they are taken off as well.
 */
export function readName(raw: string | undefined): string | null {
  if (isAbsent(raw)) return null;
  const unescaped = raw.replace(/\\(.)/gs, (_all, character: string) => escapes[character] ?? character);
  const name = unescaped.replace(/\\(["\\])/g, '$1').trim();
  return name === '' ? null : name;
}

export function readNumber(raw: string | undefined): string | null {
  if (isAbsent(raw)) return null;
  const number = raw.trim();
  return number === '' ? null : number;
}

function isAbsent(raw: string | undefined): raw is undefined {
  return raw === undefined || raw === '' || raw === '<unknown>';
}

/** Words a switch puts where the number of a caller who withholds it would stand. */
const withheldWords = new Set(['anonymous', 'restricted', 'withheld', 'private', 'unavailable', 'unknown']);

export function readParty(number: string | null, name: string | null): PartyRef {
  if (number === null) return { number: null, name, presentation: 'unavailable' };
  if (withheldWords.has(number.toLowerCase())) {
    return { number: null, name: null, presentation: 'restricted' };
  }
  return { number, name, presentation: 'allowed' };
}
