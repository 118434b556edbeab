/** Cuts names and labels of any system into words of the list: camelCase, snake_case, mobilephone, 手机号码. */
import type { Synonyms } from './synonyms.ts';

export interface Lexicon {
  /** Spelling to word: `手机` → `mobile`. Words of phrases stand for themselves. */
  readonly words: ReadonlyMap<string, string>;
  readonly fillers: ReadonlySet<string>;
  readonly prefixes: ReadonlySet<string>;
}

/** Longer names say no more than their beginning, and the work stays small. */
const maxCharacters = 120;
const maxWords = 24;
const maxJoined = 40;
const longestWord = 16;
const longestHan = 6;

export function buildLexicon(synonyms: Synonyms): Lexicon {
  const words = new Map<string, string>();
  for (const [word, spellings] of Object.entries(synonyms.words)) {
    words.set(word, word);
    for (const spelling of spellings) words.set(plain(spelling), word);
  }
  const spoken = [
    ...synonyms.fillers,
    ...synonyms.elsewhere,
    ...Object.values(synonyms.entities).flat(),
    ...Object.values(synonyms.shared).flat(),
    ...Object.values(synonyms.targets).flatMap((targets) => Object.values(targets).flat()),
  ];
  for (const part of spoken.flatMap((phrase) => plain(phrase).split(/[\s~]+/))) {
    if (part.length > 1 || isHan(part)) words.set(part, words.get(part) ?? part);
  }
  const fillers = new Set(synonyms.fillers.map((filler) => words.get(plain(filler)) ?? plain(filler)));
  return { words, fillers, prefixes: new Set(synonyms.prefixes) };
}

/** The distinct words of a name, in order; words that are not in the list stand for themselves. */
export function wordsOf(text: string, lexicon: Lexicon): readonly string[] {
  const chunks = chunksOf(text.slice(0, maxCharacters));
  while (chunks.length > 1 && lexicon.prefixes.has(chunks[0] ?? '')) chunks.shift();
  const found = chunks.flatMap((chunk) => (isHan(chunk) ? cutHan(chunk, lexicon) : cutJoined(chunk, lexicon)));
  // A lone letter is a mark of type (FName, cCusName), a lone 1 says "the first of several".
  const telling = found.filter((word) => word !== '1' && (word.length > 1 || isHan(word) || /\d/.test(word)));
  return [...new Set(telling)].slice(0, maxWords);
}

function chunksOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/__p?c$/i, '')
    .replaceAll(/\be-(?=mail)/gi, 'e')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/(\p{Script=Han}+)/gu, ' $1 ')
    .replaceAll(/(\d+)/g, ' $1 ')
    .split(/[^\p{L}\p{N}]+/u)
    .map(plain)
    .filter((chunk) => chunk !== '');
}

/** Small letters without accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

function isHan(text: string): boolean {
  return /^\p{Script=Han}/u.test(text);
}

/** Longest match first; characters that begin no known word stand alone. */
function cutHan(text: string, lexicon: Lexicon): string[] {
  const letters = Array.from(text);
  const found: string[] = [];
  let at = 0;
  while (at < letters.length) {
    let length = Math.min(longestHan, letters.length - at);
    while (length > 1 && !lexicon.words.has(letters.slice(at, at + length).join(''))) length -= 1;
    const word = letters.slice(at, at + length).join('');
    found.push(lexicon.words.get(word) ?? word);
    at += length;
  }
  return found;
}

/** A word of the list, or the fewest words that make up the whole of it, or itself. */
function cutJoined(chunk: string, lexicon: Lexicon): readonly string[] {
  const known = lexicon.words.get(chunk) ?? lexicon.words.get(singular(chunk));
  if (known !== undefined) return [known];
  if (chunk.length > maxJoined || chunk.length < 5 || /\d/.test(chunk)) return [chunk];
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= chunk.length; end += 1) best.push(fewestWords(chunk, end, best, lexicon));
  return best[chunk.length] ?? [chunk];
}

/** The fewest words that make up the first `end` letters, given those for every shorter beginning. */
function fewestWords(
  chunk: string,
  end: number,
  best: readonly (readonly string[] | null)[],
  lexicon: Lexicon,
): readonly string[] | null {
  let fewest: readonly string[] | null = null;
  for (let start = Math.max(0, end - longestWord); start <= end - 2; start += 1) {
    const before = best[start] ?? null;
    const word = partOf(chunk.slice(start, end), lexicon);
    if (before === null || word === null) continue;
    if (fewest === null || before.length + 1 < fewest.length) fewest = [...before, word];
  }
  return fewest;
}

/** Two letters are too little to cut by, but for the ends that many names have. */
function partOf(part: string, lexicon: Lexicon): string | null {
  if (part.length < 3 && part !== 'id' && part !== 'no') return null;
  return lexicon.words.get(part) ?? null;
}

function singular(chunk: string): string {
  return chunk.length > 3 && chunk.endsWith('s') && !chunk.endsWith('ss') ? chunk.slice(0, -1) : chunk;
}
