/** The evidence for one field leading to one target, and what it adds up to. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { FieldType } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { RuleSuggestion } from '#core/contract/mapping.ts';
import type { NameIndex, NameMatch, Phrase } from './name-index.ts';
import { givenAway, looksLikeEpoch, profileOf, sampleFit, type SampleProfile } from './sample-profile.ts';
import type { Target } from './targets.ts';
import { customFit, typeFit } from './type-fit.ts';
import { unitFit, unitOf } from './units.ts';
import { draftValues, type ValueDraft, type ValueKnowledge } from './value-draft.ts';

export type Reason = RuleSuggestion['reasons'][number];
export interface Candidate {
  readonly field: DescribedField;
  readonly target: Target;
  /** 0 to 1; compared between candidates, and turned into a confidence once all are known. */
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly profile: SampleProfile;
  readonly words: readonly string[];
  readonly values: ValueDraft | null;
  /** The rule of another object of the same connector for a field of the very same name. */
  readonly sibling: NonNullable<Phrase['sibling']> | null;
}
export interface ScoreContext {
  readonly index: NameIndex;
  readonly targets: ReadonlyMap<string, Target>;
  readonly records: readonly JsonObject[];
  readonly knowledge: ValueKnowledge;
}

/** Below this a candidate is not worth keeping. */
const leastScore = 0.2;

/** All targets a field might lead to. */
export function candidatesOf(field: DescribedField, context: ScoreContext): Candidate[] {
  if (isOwnId(field, context.index)) return [];
  const profile = profileOf(field, context.records);
  const byName = matchNames(field, context.index);
  const words = [...new Set([...context.index.words(field.name), ...context.index.words(field.label)])];
  const nothing = byName.get(null)?.score ?? 0;
  const named = [...byName].flatMap(([path, match]) => {
    const target = path === null ? undefined : context.targets.get(path);
    return target === undefined ? [] : [weigh({ field, target, match, nothing, profile, words }, context)];
  });
  const fitting = named.some(isAllUnderstood) ? named.map(doubted) : named;
  const known = new Set(named.map(({ target }) => target.path));
  const bySamples = fromSamples(field, profile, context).filter(({ target }) => !known.has(target.path));
  return [...fitting, ...bySamples.map((candidate) => ({ ...candidate, words }))].filter(
    ({ score }) => score >= leastScore,
  );
}

/** A list of which another target understands everything is hardly a text: `state` of on and off is no region. */
function doubted(candidate: Candidate): Candidate {
  const isText = candidate.target.type === 'string' && candidate.sibling === null;
  return isText ? { ...candidate, score: candidate.score * 0.6 } : candidate;
}

function isAllUnderstood({ field, values }: Candidate): boolean {
  return field.type === 'picklist' && (field.values ?? []).length > 1 && values?.overlap === 1;
}

/** The record's own id travels beside its values and is no rule's business. */
function isOwnId(field: DescribedField, index: NameIndex): boolean {
  if (field.readOnly !== true) return false;
  const told = [field.name, field.label].flatMap((text) => index.telling(text));
  return told.length > 0 && told.every((word) => ownId.has(word));
}

const ownId = new Set(['id', 'record', 'object']);

/** The better of name and label counts, and a little more when both say the same. */
function matchNames(field: DescribedField, index: NameIndex): ReadonlyMap<string | null, NameMatch> {
  const byName = index.match(index.words(field.name));
  if (field.label === '' || field.label === field.name) return byName;
  const byLabel = index.match(index.words(field.label));
  const both = new Map<string | null, NameMatch>();
  for (const key of new Set([...byName.keys(), ...byLabel.keys()])) {
    const [left, right] = [byName.get(key), byLabel.get(key)];
    const [better, other] = (left?.score ?? 0) >= (right?.score ?? 0) ? [left, right] : [right, left];
    if (better !== undefined) both.set(key, { ...better, score: 0.85 * better.score + 0.15 * (other?.score ?? 0) });
  }
  return both;
}

interface Weighed {
  readonly field: DescribedField;
  readonly target: Target;
  readonly match: NameMatch;
  /** How well the field says something that has no target. */
  readonly nothing: number;
  readonly profile: SampleProfile;
  readonly words: readonly string[];
}

function weigh(weighed: Weighed, context: ScoreContext): Candidate {
  const { field, target, match, profile, words } = weighed;
  const { sibling = null } = match.phrase;
  if (sibling === null || sibling.from !== field.name) return weighAnew(weighed, context);
  const score = Math.min(1, match.score) * standing(field) * (target.isCustom ? 0.75 : 1);
  return { field, target, score, reasons: [reasonOf(match, field)], profile, words, values: null, sibling };
}

function weighAnew({ field, target, match, nothing, profile, words }: Weighed, context: ScoreContext): Candidate {
  const values = valuesFor(field, target, profile, context.knowledge);
  const isTime = target.type === 'datetime' && looksLikeEpoch(profile);
  const type = isTime ? 1 : target.isCustom ? customFit(target.type, field.type) : typeFit(target.type, field.type);
  const samples = target.isCustom && !isTime ? 1 : sampleFit(target.type, profile);
  const unit = unitFit(target.path, unitOf(words, profile));
  const score =
    unit *
    match.score *
    accord(target, words) *
    type *
    samples *
    valueFit(field, target, values) *
    standing(field) *
    elsewhere(match.score, nothing);
  const reasons: Reason[] = [reasonOf(match, field)];
  if (!target.isCustom && type >= 0.9) reasons.push({ kind: 'type', detail: `both are ${target.type}` });
  if (samples > 1) reasons.push({ kind: 'samples', detail: `its samples look like ${target.type}` });
  if (values !== null) reasons.push({ kind: 'samples', detail: values.detail });
  const capped = Math.min(1, score * (target.isCustom ? 0.75 : 1));
  return { field, target, score: capped, reasons, profile, words, values, sibling: null };
}

function valuesFor(
  field: DescribedField,
  target: Target,
  profile: SampleProfile,
  knowledge: ValueKnowledge,
): ValueDraft | null {
  const described = field.type === 'boolean' ? ['true', 'false'] : (field.values ?? []);
  const isWhole = described.length > 0;
  return draftValues(target, isWhole ? described : profile.distinct, isWhole, knowledge);
}

/** Words that speak of another kind of value: the sender of an e-mail is no caller. */
const foreign: Partial<Record<FieldType, readonly string[]>> = {
  phone: ['email', 'url', 'website'],
  email: ['phone', 'mobile', 'fax', 'url'],
  datetime: ['by', 'user'],
};

function accord(target: Target, words: readonly string[]): number {
  return (foreign[target.type] ?? []).some((word) => words.includes(word)) ? 0.4 : 1;
}

/** Values that are understood speak for a pair louder than its names; values that are not speak against it. */
function valueFit(field: DescribedField, target: Target, values: ValueDraft | null): number {
  if (target.values.length === 0) return 1;
  // Less than half of the list understood: it is a list of something else.
  if (values !== null) return values.overlap < 0.5 ? 0.25 : 0.85 + 0.35 * values.overlap;
  return field.type !== 'boolean' && (field.values ?? []).length > 0 ? 0.25 : 0.8;
}

/** A field that can be written and will stay is preferred to one that says the same and cannot or will not. */
function standing(field: DescribedField): number {
  return (field.readOnly === true ? 0.88 : 1) * (field.deprecated === true ? 0.5 : 1);
}

function elsewhere(score: number, nothing: number): number {
  if (nothing < score * 0.8) return 1;
  return nothing >= score ? 0.5 : 0.85;
}

function reasonOf({ phrase }: NameMatch, field: DescribedField): Reason {
  const said = field.label === '' ? field.name : `${field.name} (${field.label})`;
  const shown = said.length > 80 ? `${said.slice(0, 80)}…` : said;
  if (phrase.kind === 'learned') return { kind: 'learned', detail: phrase.origin ?? phrase.text };
  return { kind: phrase.kind, detail: `${shown} reads like “${phrase.text}”` };
}

/** A field whose name says nothing may still hold nothing but telephone numbers. */
function fromSamples(field: DescribedField, profile: SampleProfile, context: ScoreContext): Candidate[] {
  const typed = field.type === 'email' || field.type === 'phone' ? { type: field.type, share: 0.7 } : null;
  const found = givenAway(profile) ?? typed;
  if (found === null) return [];
  const path = found.type === 'email' ? 'emails[0].address' : 'phones[label=work].number';
  const target = context.targets.get(path);
  if (target === undefined) return [];
  const nothing = matchNames(field, context.index).get(null)?.score ?? 0;
  const score = 0.42 * found.share * standing(field) * typeFit(target.type, field.type) * elsewhere(0.6, nothing);
  const detail = `${Math.round(found.share * 100)} % of its samples look like ${found.type}`;
  const reason: Reason =
    typed !== null && profile.count === 0
      ? { kind: 'type', detail: `its type is ${field.type}` }
      : { kind: 'samples', detail };
  return [{ field, target, score, reasons: [reason], profile, words: [], values: null, sibling: null }];
}
