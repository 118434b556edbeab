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

export function readParty(number: string | null, name: string | null, isWithheld = false): PartyRef {
  if (isWithheld || (number !== null && withheldWords.has(number.toLowerCase()))) {
    return { number: null, name: null, presentation: 'restricted' };
  }
  if (number === null) return { number: null, name, presentation: 'unavailable' };
  return { number, name, presentation: 'allowed' };
}

/** `33 (Presentation Prohibited, Passed Screen)`: bits 6 and 7 of Q.931 octet 3a hold the presentation, 01 is restricted. */
export function isPresentationProhibited(raw: string | undefined): boolean {
  const code = /^\d+/.exec(raw ?? '');
  return code !== null && (Number(code[0]) & 0x60) === 0x20;
}
