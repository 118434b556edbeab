/** .NET date formats in Luxon's letters (learn.microsoft.com, "Custom date and time format strings"). */

import { quoted } from '../luxon-letters.ts';

/** One-letter formats follow the culture of the exchange; these are their invariant forms. */
const standard: Readonly<Record<string, string>> = {
  d: 'yyyy-MM-dd',
  D: 'cccc, d MMMM yyyy',
  t: 'HH:mm',
  T: 'HH:mm:ss',
  f: 'yyyy-MM-dd HH:mm',
  F: 'yyyy-MM-dd HH:mm:ss',
  g: 'yyyy-MM-dd HH:mm',
  G: 'yyyy-MM-dd HH:mm:ss',
  s: "yyyy-MM-dd'T'HH:mm:ss",
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  o: "yyyy-MM-dd'T'HH:mm:ss.SSS'0000Z'",
  O: "yyyy-MM-dd'T'HH:mm:ss.SSS'0000Z'",
  r: "ccc, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ccc, dd MMM yyyy HH:mm:ss 'GMT'",
};
const cultureBound = new Set(['d', 'D', 't', 'T', 'f', 'F', 'g', 'G']);

const letters: Readonly<Record<string, string>> = {
  yyyy: 'yyyy',
  yy: 'yy',
  MMMM: 'MMMM',
  MMM: 'MMM',
  MM: 'MM',
  M: 'M',
  dddd: 'cccc',
  ddd: 'ccc',
  dd: 'dd',
  d: 'd',
  HH: 'HH',
  H: 'H',
  hh: 'hh',
  h: 'h',
  mm: 'mm',
  m: 'm',
  ss: 'ss',
  s: 's',
  fff: 'SSS',
  tt: 'a',
  zzz: 'ZZ',
  K: 'ZZ',
};
const piece = /'([^']*)'|"([^"]*)"|\\(.)|([yMdHhmsftzK])\4*|[^yMdHhmsftzK'"\\]+/gsu;

export interface NetFormat {
  readonly luxon: string;
  /** The result depends on the language the exchange is set to. */
  readonly cultureBound: boolean;
}

/** Null when a letter has no counterpart. */
export function netDateFormat(format: string): NetFormat | null {
  const known = standard[format];
  if (format.length === 1) return known === undefined ? null : { luxon: known, cultureBound: cultureBound.has(format) };
  let luxon = '';
  let read = 0;
  for (const match of format.matchAll(piece)) {
    const [whole, single, double, escaped, letter] = match;
    read += whole.length;
    const run = letter === undefined ? undefined : letters[whole];
    if (letter !== undefined && run === undefined) return null;
    luxon += run ?? quoted(single ?? double ?? escaped ?? whole);
  }
  return read === format.length ? { luxon, cultureBound: false } : null;
}
