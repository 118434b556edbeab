/**
 * How many of the rules we wrote by hand are proposed first, for the contact, account and call of every shipped CRM.
 *
 * Every rule of a dictionary counts once. It is a hit when a proposal of rank 1 has the same `to` and the same `from`
 * (for a composite: the same lists), or, for a constant, the same place and the same value. Rules that differ in
 * direction only are one rule. Steps are not part of the bar; how often they agree is printed beside it.
 *
 * A dictionary may not suggest itself: nothing is learned from a dictionary of the same connector and object, nor from a
 * rule that stands in its file or in a file it extends, and value tables that no other dictionary uses are put away.
 * Checked here for every rule learned; the bench stops when it is not so.
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
import { figure, finish } from './figure.ts';

const connectors = ['salesforce', 'hubspot', 'dolibarr'];
const objects = ['contact', 'account', 'call'];
const isVerbose = process.argv.includes('--verbose');

interface Tally {
  rules: number;
  hits: number;
  sameSteps: number;
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
  const pairs = pairsOf(dictionary);
  const found = pairs.map((pair) => firsts.find((first) => isSame(pairOf(first), pair)));
  const sameSteps = pairs.filter((pair, index) =>
    isDeepStrictEqual(found[index]?.rule['steps'] ?? [], [...pair.steps]),
  );
  if (isVerbose) {
    pairs.forEach((pair, index) => {
      if (found[index] === undefined)
        console.log(`  missed ${pair.to.join(', ')} <- ${pair.from.join(', ')} ${JSON.stringify(pair.value)}`);
    });
    for (const first of firsts) {
      if (!pairs.some((pair) => isSame(pairOf(first), pair)))
        console.log(`  beside ${JSON.stringify(first.rule)} ${first.confidence}`);
    }
  }
  return { rules: pairs.length, hits: found.filter((hit) => hit !== undefined).length, sameSteps: sameSteps.length };
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

const library = openLibrary();
const total = { rules: 0, hits: 0, sameSteps: 0, unlearned: 0 };
const share = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;
for (const connector of connectors) {
  for (const object of objects) {
    const entry = library.entries.find(({ name }) => name === `${connector}/${object}`);
    if (entry === undefined) {
      // HubSpot's connector moves no companies yet, so there may be no dictionary to measure against.
      console.log(`note ${connector}/${object}: no dictionary is shipped`);
      continue;
    }
    const firsts = firstsFor(library, entry.dictionary, true);
    const one = tally(entry.dictionary, firsts);
    fillBuckets(entry.dictionary, firsts);
    total.unlearned += tally(entry.dictionary, firstsFor(library, entry.dictionary, false)).hits;
    total.rules += one.rules;
    total.hits += one.hits;
    total.sameSteps += one.sameSteps;
    figure(`suggest-${connector}-${object}`, share(one.hits, one.rules), '%', '>=80');
  }
}
figure('suggest-overall', share(total.hits, total.rules), '%', '>=80');
figure('suggest-rules', total.rules, 'rules');
figure('suggest-without-learning', share(total.unlearned, total.rules), '%');
figure('suggest-same-steps', share(total.sameSteps, total.hits), '%');
console.log('confidence  proposed  ours  other-field  target-unused  hit-rate');
buckets.forEach(({ proposed, right, unused }, index) => {
  if (proposed === 0) return;
  const label = `${(index / 10).toFixed(1)}-${((index + 1) / 10).toFixed(1)}`;
  const judged = proposed - unused;
  const rate = judged === 0 ? '-' : `${Math.round((100 * right) / judged)} %`;
  console.log(
    `${label.padEnd(12)}${String(proposed).padEnd(10)}${String(right).padEnd(6)}${String(judged - right).padEnd(13)}${String(unused).padEnd(15)}${rate}`,
  );
});
finish();
