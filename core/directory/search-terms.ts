/**
 * What a contact is found by. Words are compared by prefix, without accents and capitals; a run of Chinese, Japanese or
 * Korean characters is stored with all its endings, so that any part of it is found.
 */

const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const longestTerm = 40;
const mostTerms = 80;

/** The terms to store for some texts. */
export function termsOf(texts: readonly (string | null)[]): string[] {
  const terms = new Set<string>();
  for (const text of texts) {
    for (const word of wordsOf(text ?? '')) {
      const characters = Array.from(word);
      const starts = eastAsian.test(word) ? characters.length : 1;
      for (let start = 0; start < starts; start += 1) terms.add(characters.slice(start, start + longestTerm).join(''));
    }
  }
  return [...terms].slice(0, mostTerms);
}

/** The terms to ask for: all must be the beginning of a stored one. Empty when the text holds no word. */
export function queryTerms(text: string): string[] {
  return [...new Set(wordsOf(text))].slice(0, 8).map((word) => Array.from(word).slice(0, longestTerm).join(''));
}

/** As PostgreSQL reads it; terms hold letters and digits only, so nothing needs escaping. */
export function tsQuery(terms: readonly string[]): string {
  return terms.map((term) => `'${term}':*`).join(' & ');
}

/** A name as lists are sorted by it. */
export function sortKey(text: string): string {
  return folded(text).trim().slice(0, 200);
}

/** Digits of a search that is a number rather than a name; null otherwise. */
export function searchedDigits(text: string): string | null {
  if (!/^[+\d\s().\-/０-９－（）]+$/u.test(text.trim())) return null;
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  return digits.length >= 3 ? digits : null;
}

function wordsOf(text: string): string[] {
  const words = folded(text.slice(0, 1000)).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => word.match(runs) ?? []);
}

function folded(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cc}]/gu, '')
    .normalize('NFC')
    .toLowerCase();
}
