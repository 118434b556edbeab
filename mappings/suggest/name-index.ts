/** How well the words of a field say a target: shared words, weighed by how much they tell, against all words of both. */
import type { StepSpec } from '#mappings/language/step.ts';
import type { Lexicon } from './words.ts';
import { wordsOf } from './words.ts';

export interface Phrase {
  readonly text: string;
  /** Null: what no target is called. */
  readonly target: string | null;
  /** 1 for a name that is used for nothing else, less for one that fits now and then. */
  readonly strength: number;
  readonly kind: 'name' | 'synonym' | 'learned';
  readonly origin?: string;
  /** The rule another object of the same connector has for a field of this name. */
  readonly sibling?: {
    readonly from: string;
    readonly steps: readonly StepSpec[];
    readonly back: readonly StepSpec[] | null;
    readonly direction: string;
  };
}
export interface NameMatch {
  readonly phrase: Phrase;
  readonly score: number;
}
export interface NameIndex {
  /** The best phrase for every target that shares a telling word; key `null` holds the best of what has no target. */
  match(words: readonly string[]): ReadonlyMap<string | null, NameMatch>;
  words(text: string): readonly string[];
  /** The words that are neither fillers nor the object's own. */
  telling(text: string): readonly string[];
}

interface Indexed {
  readonly phrase: Phrase;
  readonly words: readonly string[];
  readonly weight: number;
  /** Its word that tells the most. */
  readonly key: string;
}

const fillerWeight = 0.15;
const unknownWeight = 0.9;
/** A number counts fields of one kind; a Chinese character left over is part of a word not in the list. */
const fragmentWeight = 0.4;
const fragment = /^(?:\d+|\p{Script=Han})$/u;
/** "Calculated phone number" shares two words of three with "home phone number", and not the one that matters. */
const withoutKey = 0.6;
/** A filler alone says nothing. */
const leastShared = 0.3;

export function buildNameIndex(
  phrases: readonly Phrase[],
  lexicon: Lexicon,
  objectWords: ReadonlySet<string>,
): NameIndex {
  const isFiller = (word: string): boolean => lexicon.fillers.has(word) || objectWords.has(word);
  const cut = phrases.map((phrase) => ({ phrase, words: wordsOf(phrase.text, lexicon) }));
  const spread = new Map<string, Set<string | null>>();
  for (const { phrase, words } of cut) {
    for (const word of words) spread.set(word, (spread.get(word) ?? new Set()).add(phrase.target ?? phrase.text));
  }
  const weightOf = (word: string): number => {
    if (isFiller(word)) return fillerWeight;
    const targets = spread.get(word)?.size;
    if (/^\d/.test(word) || (targets === undefined && fragment.test(word))) return fragmentWeight;
    return targets === undefined ? unknownWeight : Math.max(0.4, 1 / (1 + Math.log(targets) / 3));
  };
  const sum = (words: readonly string[]): number => words.reduce((total, word) => total + weightOf(word), 0);
  const byWord = new Map<string, Indexed[]>();
  for (const { phrase, words } of cut) {
    const key = words.toSorted((left, right) => weightOf(right) - weightOf(left))[0] ?? '';
    const indexed = { phrase, words, weight: sum(words), key };
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), indexed]);
  }
  return {
    words: (text) => wordsOf(text, lexicon),
    telling: (text) => wordsOf(text, lexicon).filter((word) => !isFiller(word)),
    match: (words) => bestMatches(words, { byWord, weightOf, total: sum(words) }),
  };
}

function bestMatches(
  words: readonly string[],
  index: {
    readonly byWord: ReadonlyMap<string, readonly Indexed[]>;
    readonly weightOf: (word: string) => number;
    readonly total: number;
  },
): ReadonlyMap<string | null, NameMatch> {
  const shared = new Map<Indexed, number>();
  for (const word of words) {
    for (const indexed of index.byWord.get(word) ?? []) {
      shared.set(indexed, (shared.get(indexed) ?? 0) + index.weightOf(word));
    }
  }
  const best = new Map<string | null, NameMatch>();
  for (const [indexed, weight] of shared) {
    const isWhole = indexed.words.length === words.length && weight === index.total;
    if (weight < leastShared && !isWhole) continue;
    const likeness = (2 * weight) / (index.total + indexed.weight);
    const score = indexed.phrase.strength * likeness * (words.includes(indexed.key) ? 1 : withoutKey);
    const known = best.get(indexed.phrase.target);
    if (known === undefined || score > known.score) best.set(indexed.phrase.target, { phrase: indexed.phrase, score });
  }
  return best;
}
