/** Rules for an object nobody has mapped yet, from what its fields are called, what they hold and what others did. */
import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import { type EntityKind } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { RuleOutline, RuleSuggestion } from '#core/contract/mapping.ts';
import type { Dictionary } from '#mappings/language/dictionary.ts';
import { isPathFault, parsePath } from '#mappings/language/path.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import { assign, type Assignment } from './assign.ts';
import { confidenceOf } from './confidence.ts';
import { constantsFor } from './constants.ts';
import { derive, type Derived, keepingTeller, withoutComputedName } from './derived.ts';
import { isOfUse, learnedPhrases, learnFrom } from './learned.ts';
import { buildNameIndex, type Phrase } from './name-index.ts';
import { type Candidate, candidatesOf } from './score.ts';
import { shapeOf, type Surroundings } from './steps-for.ts';
import { shippedSynonyms, type Synonyms } from './synonyms.ts';
import { type Target, targetsOf } from './targets.ts';
import { buildLexicon, wordsOf } from './words.ts';

export interface SuggestRequest {
  readonly object: ObjectDescription;
  readonly entity: EntityKind;
  /** Whose object it is; keeps dictionaries of the same connector and object out of `learned`. */
  readonly connector?: string | undefined;
  /** Records as the system gives them, for the looks of their values. */
  readonly samples?: readonly JsonObject[] | undefined;
  /** Rules that are there already; their fields and targets are left alone. */
  readonly existing?: readonly Pick<RuleOutline, 'to' | 'from'>[] | undefined;
  /** Dictionaries of other objects, to learn names from. */
  readonly learned?: readonly Dictionary[] | undefined;
  /** Shipped value tables by name; without them rows are drafted in place. */
  readonly values?: ReadonlyMap<string, ValueTable> | undefined;
  readonly synonyms?: Synonyms | undefined;
}

export interface Suggestion extends RuleSuggestion {
  /**
   * 1 for what is proposed, 2 and up for the other targets its field might have. No target is proposed twice; a field
   * is proposed twice only where a second rule reads it another way.
   */
  readonly rank: number;
}

const maxFields = 10_000;
const maxAlternatives = 4;

/** Best first. Pure but for the shipped list of synonyms, which is read from its file once; takes any description. */
export function suggestRules(request: SuggestRequest): readonly Suggestion[] {
  const synonyms = request.synonyms ?? shippedSynonyms();
  const fields = usableFields(request.object);
  const { index, targets } = prepare(request, synonyms);
  const knowledge = { synonyms, tables: request.values ?? new Map<string, ValueTable>() };
  const context = { index, targets, records: request.samples ?? [], knowledge };
  const taken = takenBy(request.existing ?? []);
  const known = { targets, fields, ...taken };
  const candidates = fields.flatMap((field) => candidatesOf(field, context));
  const assigned = assign(keepingTeller(candidates, known), taken);
  const assignment = { ...assigned, chosen: withoutComputedName({ ...taken, chosen: assigned.chosen }) };
  const found = { ...known, chosen: assignment.chosen };
  const derived = derive(found);
  const used = new Set([...assignment.chosen.map(({ field }) => field.name), ...derived.flatMap(({ from }) => from)]);
  const extras = [...derived, ...constantsFor(found, used)];
  const around = { entity: request.entity, objects: objectsOf(request) };
  const asPaths = (one: Derived): Derived => ({ ...one, from: one.from.map((name) => pathTo(name) ?? name) });
  return [...fromCandidates(assignment, around), ...extras.map((one) => fromDerived(asPaths(one), 1))].toSorted(
    (left, right) => left.rank - right.rank || right.confidence - left.confidence,
  );
}

/** How the connector's other dictionaries name what stands for each entity; the first of several. */
function objectsOf({ connector, learned = [] }: SuggestRequest): ReadonlyMap<EntityKind, string> {
  const own = learned.filter((dictionary) => dictionary.connector === connector);
  return new Map(own.toReversed().map(({ entity, object }) => [entity, object]));
}

function prepare(request: SuggestRequest, synonyms: Synonyms) {
  const { entity, object, connector } = request;
  const lexicon = buildLexicon(synonyms);
  const learned = learnFrom(request.learned ?? [], { connector, object: object.name }).filter((rule) =>
    isOfUse(rule, request),
  );
  const learnedPaths = learned.map((rule) => rule.to);
  const targets = new Map(targetsOf(entity, synonyms, learnedPaths).map((target) => [target.path, target]));
  const objectWords = [...(synonyms.entities[entity] ?? []), object.name].flatMap((text) => wordsOf(text, lexicon));
  const named = [...targets.values()].flatMap(phrasesOf);
  const phrases = [
    ...named,
    ...elsewhereOf(synonyms, named, (text) => wordsOf(text, lexicon).toSorted().join(' ')),
    ...learnedPhrases(
      learned.filter((rule) => targets.has(rule.to)),
      connector,
      entity,
    ),
  ];
  return { targets, index: buildNameIndex(phrases, lexicon, new Set(objectWords)) };
}

/** What has no place in an entity; a phrase for something that has one in this entity is left out. */
function elsewhereOf(synonyms: Synonyms, named: readonly Phrase[], keyOf: (text: string) => string): Phrase[] {
  const known = new Set(named.filter(({ strength }) => strength === 1).map(({ text }) => keyOf(text)));
  return synonyms.elsewhere
    .filter((text) => !known.has(keyOf(text)))
    .map((text) => ({ text, target: null, strength: 1, kind: 'synonym' }));
}

function phrasesOf(target: Target): Phrase[] {
  const own = target.path.split('.').at(-1);
  return target.phrases.map((written) => {
    const text = written.replace(/~$/, '');
    const strength = written.endsWith('~') ? 0.7 : 1;
    return { text, target: target.path, strength, kind: text === own ? 'name' : 'synonym' };
  });
}

/** Fields a path can name, each once, up to a number no system reaches. */
function usableFields({ fields }: ObjectDescription): readonly DescribedField[] {
  const byName = new Map<string, DescribedField>();
  for (const field of fields.slice(0, maxFields)) {
    if (!byName.has(field.name) && pathTo(field.name) !== null) byName.set(field.name, field);
  }
  return [...byName.values()];
}

/** The field's name as a path; quoted where it holds what paths are made of. Null when no path can name it. */
function pathTo(name: string): string | null {
  const quoted = `['${name}']`;
  return [name, quoted].find((text) => !isPathFault(parsePath(text))) ?? null;
}

function takenBy(existing: readonly Pick<RuleOutline, 'to' | 'from'>[]) {
  const targets = existing.flatMap(({ to }) => to);
  const sources = new Set(existing.flatMap(({ from }) => from));
  const isWithin = (inner: string, outer: string): boolean =>
    inner === outer || (inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length)));
  return {
    isTargetTaken: (path: string) => targets.some((target) => isWithin(path, target) || isWithin(target, path)),
    isFieldTaken: (name: string) => sources.has(pathTo(name) ?? name),
    existingSource: (path: string) =>
      existing.find(({ to, from }) => to.length === 1 && to[0] === path && from.length === 1)?.from[0],
  };
}

function fromCandidates({ chosen, others }: Assignment, around: Surroundings): Suggestion[] {
  const rivals = new Map<string, number>();
  for (const { target, score } of others) rivals.set(target.path, Math.max(rivals.get(target.path) ?? 0, score));
  const ranks = new Map<string, number>();
  const listed = [...chosen, ...others].flatMap((candidate) => {
    const rank = (ranks.get(candidate.field.name) ?? (chosen.includes(candidate) ? 0 : 1)) + 1;
    ranks.set(candidate.field.name, rank);
    if (rank > maxAlternatives) return [];
    return [suggestionOf(candidate, { rank, rival: rivals.get(candidate.target.path) ?? 0, around })];
  });
  return listed;
}

function suggestionOf(
  candidate: Candidate,
  { rank, rival, around }: { readonly rank: number; readonly rival: number; readonly around: Surroundings },
): Suggestion {
  const from = pathTo(candidate.field.name) ?? candidate.field.name;
  const shape = shapeOf(candidate, around);
  const confidence = confidenceOf(candidate.score, rank === 1 ? rival : 1);
  const { reasons, target } = candidate;
  return fromDerived({ to: [target.path], from: [from], ...shape, confidence, reasons }, rank);
}

function fromDerived(derived: Derived, rank: number): Suggestion {
  const { to, from, value, steps, back, direction, reasons } = derived;
  const rule: JsonObject = {
    ...(to.length === 0 ? {} : { to: oneOrMany(to) }),
    ...(from.length === 0 ? {} : { from: oneOrMany(from) }),
    ...(value === undefined ? {} : { value }),
    ...(steps.length === 0 ? {} : { steps: [...steps] }),
    ...(back === undefined || direction === 'read' ? {} : { back: [...back] }),
    ...(direction === 'both' ? {} : { direction }),
    ...(to.some((path) => path.startsWith('address.')) ? { group: 'address' } : {}),
  };
  const confidence = Math.round(derived.confidence * 100) / 100;
  return { rule, to: [...to], from: [...from], confidence, reasons: [...reasons], rank };
}

function oneOrMany(paths: readonly string[]): string | string[] {
  const [only = '', ...others] = paths;
  return others.length === 0 ? only : [...paths];
}
