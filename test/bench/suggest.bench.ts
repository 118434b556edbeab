/**
 * How many of the rules we wrote by hand are proposed first, for the contact, account and call of every shipped CRM.
 *
 * Every rule of a dictionary counts once. It is a hit when a proposal of rank 1 has the same `to` and the same `from`
 * (for a composite: the same lists), or, for a constant, the same place and the same value. Rules that differ in
 * direction only are one rule. Steps are not part of the bar; how often they agree is printed beside it.
 *
 * A dictionary may not suggest itself: nothing is learned from a dictionary of the same connector and object, nor from a
 * rule that stands in its file or in a file it extends, and value tables that no other dictionary uses are put away.
 * Checked here for every rule learned; the bench stops when it is not so. The list of synonyms names things below
 * `custom` the way the shipped dictionaries do, so that rules to fields of the entities themselves have a line of their own.
 *
 * Two lists of systems without a dictionary stand beside: `other` have been looked at since, `unseen` have not.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { objectDescription } from '#core/contract/mapping.ts';
import { tableNameOf } from '#mappings/language/check-values.ts';
import type { Dictionary, Rule } from '#mappings/language/dictionary.ts';
import { type Library, openLibrary, shippedFolder } from '#mappings/language/library.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import { filesOf, learnFrom } from '#mappings/suggest/learned.ts';
import { type Suggestion, suggestRules } from '#mappings/suggest/suggest.ts';
import type { OtherSystem } from '#mappings/suggest/testing/describe-system.ts';
import { otherSystems } from '#mappings/suggest/testing/other-systems.ts';
import { unseenSystems } from '#mappings/suggest/testing/unseen-systems.ts';
import { figure, finish } from './figure.ts';

const connectors = ['salesforce', 'hubspot', 'dolibarr'];
const objects = ['contact', 'account', 'call'];
const isVerbose = process.argv.includes('--verbose');

interface Tally {
  rules: number;
  hits: number;
  sameSteps: number;
  /** Rules without a target below `custom`, and how many of them are hits. */
  ownRules: number;
  ownHits: number;
}
/** Proposals of rank 1 by tenth of confidence, over all dictionaries: how many there were and how many were ours. */
const buckets = Array.from({ length: 10 }, () => ({ proposed: 0, right: 0, unused: 0 }));

function assertNotItself(dictionary: Dictionary, all: readonly Dictionary[]): void {
  const own = new Set(filesOf(dictionary));
  const leak = learnFrom(all, dictionary).find((rule) => own.has(rule.file));
  if (leak !== undefined) throw new Error(`${dictionary.file} would be suggested by its own rule for ${leak.to}`);
}

/** The tables that some other dictionary uses, or none at all. */
function tablesFor(library: Library, dictionary: Dictionary): ReadonlyMap<string, ValueTable> {
  const used = new Set(tablesOf(dictionary));
  const elsewhere = new Set(
    library.entries.filter((entry) => entry.dictionary !== dictionary).flatMap((entry) => tablesOf(entry.dictionary)),
  );
  return new Map([...library.values].filter(([name]) => !used.has(name) || elsewhere.has(name)));
}

function tablesOf({ rules }: Dictionary): readonly string[] {
  return rules.flatMap((rule) => rule.steps.flatMap((step) => tableNameOf(step) ?? []));
}

interface Pair {
  readonly to: readonly string[];
  readonly from: readonly string[];
  readonly value: Rule['value'];
  readonly steps: Rule['steps'];
}

function pairsOf(dictionary: Dictionary): readonly Pair[] {
  const pairs = dictionary.rules.map((rule) => ({
    to: rule.to.map((one) => one.text),
    from: rule.from.map((one) => one.text),
    value: rule.value,
    steps: rule.steps,
  }));
  return pairs.filter((pair, index) => pairs.findIndex((other) => isSame(other, pair)) === index);
}

function isSame(left: Omit<Pair, 'steps'>, right: Omit<Pair, 'steps'>): boolean {
  return isDeepStrictEqual([left.to, left.from, left.value], [right.to, right.from, right.value]);
}

function pairOf({ to, from, rule }: Suggestion): Omit<Pair, 'steps'> {
  return { to, from, value: rule['value'] };
}

function firstsFor(library: Library, dictionary: Dictionary, learns: boolean): readonly Suggestion[] {
  const file = path.join(shippedFolder(), dictionary.file.replace(/\.ya?ml$/, '.fields.json'));
  const all = library.entries.map((entry) => entry.dictionary);
  if (learns) assertNotItself(dictionary, all);
  return suggestRules({
    object: objectDescription.parse(JSON.parse(readFileSync(file, 'utf8'))),
    entity: dictionary.entity,
    connector: dictionary.connector,
    learned: learns ? all : [],
    values: tablesFor(library, dictionary),
  }).filter(({ rank }) => rank === 1);
}

function tally(dictionary: Dictionary, firsts: readonly Suggestion[]): Tally {
  const judged = pairsOf(dictionary).map((pair) => ({
    pair,
    hit: firsts.find((first) => isSame(pairOf(first), pair)),
    isOwn: !pair.to.some((to) => to.startsWith('custom.')),
  }));
  const hits = judged.filter(({ hit }) => hit !== undefined);
  return {
    rules: judged.length,
    hits: hits.length,
    sameSteps: hits.filter(({ pair, hit }) => isDeepStrictEqual(hit?.rule['steps'] ?? [], [...pair.steps])).length,
    ownRules: judged.filter(({ isOwn }) => isOwn).length,
    ownHits: hits.filter(({ isOwn }) => isOwn).length,
  };
}

function printDifferences(dictionary: Dictionary, firsts: readonly Suggestion[]): void {
  const pairs = pairsOf(dictionary);
  for (const pair of pairs.filter((one) => !firsts.some((first) => isSame(pairOf(first), one)))) {
    console.log(`  missed ${pair.to.join(', ')} <- ${pair.from.join(', ')} ${JSON.stringify(pair.value) ?? ''}`);
  }
  for (const first of firsts.filter((one) => !pairs.some((pair) => isSame(pairOf(one), pair)))) {
    console.log(`  beside ${JSON.stringify(first.rule)} ${first.confidence}`);
  }
}

/** A proposal for a target that the dictionary leaves alone is neither right nor wrong by our rules; it is told apart. */
function fillBuckets(dictionary: Dictionary, firsts: readonly Suggestion[]): void {
  const pairs = pairsOf(dictionary);
  const known = new Set(pairs.flatMap(({ to }) => to));
  for (const first of firsts) {
    const bucket = buckets[Math.min(9, Math.floor(first.confidence * 10))];
    if (bucket === undefined) continue;
    bucket.proposed += 1;
    if (pairs.some((pair) => isSame(pairOf(first), pair))) bucket.right += 1;
    else if (!first.to.some((target) => known.has(target))) bucket.unused += 1;
  }
}

function shareOfSystems(systems: readonly OtherSystem[]): number {
  let rules = 0;
  let hits = 0;
  for (const { object, entity, expected } of systems) {
    const firsts = suggestRules({ object, entity }).filter(({ rank }) => rank === 1);
    rules += expected.length;
    hits += expected.filter(({ to, from }) =>
      firsts.some((first) => first.to.includes(to) && first.from.length === 1 && first.from[0] === from),
    ).length;
  }
  return share(hits, rules);
}

function printBuckets(): void {
  console.log('confidence  proposed  ours  ours-of-proposed  elsewhere-in-ours  ours-where-we-map-the-target');
  buckets.forEach(({ proposed, right, unused }, index) => {
    if (proposed === 0) return;
    const judged = proposed - unused;
    const cells = [
      `${(index / 10).toFixed(1)}-${((index + 1) / 10).toFixed(1)}`.padEnd(12),
      String(proposed).padEnd(10),
      String(right).padEnd(6),
      `${Math.round((100 * right) / proposed)} %`.padEnd(18),
      String(judged - right).padEnd(19),
      judged === 0 ? '-' : `${Math.round((100 * right) / judged)} %`,
    ];
    console.log(cells.join(''));
  });
}

function share(part: number, whole: number): number {
  return Math.round((1000 * part) / whole) / 10;
}

const library = openLibrary();
const tallies: Tally[] = [];
let unlearnedHits = 0;
for (const connector of connectors) {
  for (const object of objects) {
    const entry = library.entries.find(({ name }) => name === `${connector}/${object}`);
    if (entry === undefined) {
      console.log(`note ${connector}/${object}: no dictionary is shipped`);
      continue;
    }
    const firsts = firstsFor(library, entry.dictionary, true);
    const one = tally(entry.dictionary, firsts);
    tallies.push(one);
    unlearnedHits += tally(entry.dictionary, firstsFor(library, entry.dictionary, false)).hits;
    fillBuckets(entry.dictionary, firsts);
    if (isVerbose) printDifferences(entry.dictionary, firsts);
    figure(`suggest-${connector}-${object}`, share(one.hits, one.rules), '%', '>=80');
  }
}
const sum = (part: keyof Tally): number => tallies.reduce((total, one) => total + one[part], 0);
figure('suggest-overall', share(sum('hits'), sum('rules')), '%', '>=80');
figure('suggest-entity-fields', share(sum('ownHits'), sum('ownRules')), '%', '>=80');
figure('suggest-rules', sum('rules'), 'rules');
figure('suggest-without-learning', share(unlearnedHits, sum('rules')), '%');
figure('suggest-same-steps', share(sum('sameSteps'), sum('hits')), '%');
figure('suggest-other-systems', shareOfSystems(otherSystems), '%', '>=70');
figure('suggest-unseen-systems', shareOfSystems(unseenSystems), '%', '>=70');
printBuckets();
finish();
