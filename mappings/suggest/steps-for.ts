/** The steps and the direction a rule of the dictionary needs for what its field holds. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { EntityKind } from '#core/contract/entities.ts';
import type { StepSpec } from '#mappings/language/step.ts';
import { looksLikeEpoch, type SampleProfile } from './sample-profile.ts';
import type { Candidate } from './score.ts';
import { inUnit, unitOf, wantedUnit } from './units.ts';

export interface Shape {
  readonly steps: readonly StepSpec[];
  readonly back?: readonly StepSpec[];
  readonly direction: 'both' | 'read';
}

export interface Surroundings {
  readonly entity: EntityKind;
  /** What the connector calls the object that stands for an entity, as far as its other dictionaries tell. */
  readonly objects: ReadonlyMap<EntityKind, string>;
}

export function shapeOf(candidate: Candidate, around: Surroundings): Shape {
  const { direction, ...shape } =
    candidate.sibling === null ? stepsFor(candidate, around) : asSibling(candidate, candidate.sibling);
  const { readOnly, type } = candidate.field;
  // A second element moves up when there is no first, so that it cannot be written back to where it came from.
  const isOneWay = readOnly === true || type === 'list' || type === 'object' || candidate.target.path.includes('[1]');
  return { ...shape, direction: isOneWay ? 'read' : direction };
}

/** The steps of the sibling's rule, with the length of this field. */
function asSibling({ field }: Candidate, { steps, back, direction }: NonNullable<Candidate['sibling']>): Shape {
  const isLimit = (step: StepSpec): boolean => typeof step === 'object' && 'limit' in step;
  const limits = steps.some(isLimit) ? limitOf(field) : [];
  return {
    steps: [...steps.filter((step) => !isLimit(step)), ...limits],
    ...(back === null ? {} : { back }),
    direction: direction === 'read' ? 'read' : 'both',
  };
}

const two = (...steps: StepSpec[]): Shape => ({ steps, direction: 'both' });

function stepsFor(candidate: Candidate, around: Surroundings): Shape {
  const { field, target } = candidate;
  if (field.type === 'list') return { steps: [{ join: { with: ', ' } }, 'blankToNull'], direction: 'read' };
  if (field.type === 'object') return { steps: [], direction: 'read' };
  if (target.isCustom) return customSteps(candidate);
  // One end of a call may be an extension, which is no public number.
  if (target.type === 'phone') {
    return two('blankToNull', around.entity === 'activity' ? { phone: { otherwise: 'keep' } } : 'phone');
  }
  if (target.type === 'email' || target.type === 'url') return two('blankToNull', target.type);
  if (target.type === 'datetime') return two(dateStep(candidate));
  if (target.type === 'number') return numberSteps(candidate);
  return choiceSteps(candidate, around) ?? textSteps(candidate);
}

function choiceSteps({ field, target, profile, values }: Candidate, { objects }: Surroundings): Shape | null {
  if (target.type === 'picklist') return values === null ? two('blankToNull') : two({ values: values.written });
  if (target.type !== 'reference') return null;
  const object = objects.get(target.path === 'accountId' ? 'account' : 'contact');
  if (object !== undefined && target.path !== 'ownerId') return two({ reference: object });
  return two(field.type === 'number' || isNumeric(profile) ? 'text' : 'blankToNull');
}

/** Below `custom` a value keeps the type its field has, but for times, which the hub has in one form only. */
function customSteps(candidate: Candidate): Shape {
  const { field, target, profile } = candidate;
  if (field.type === 'boolean') return two('boolean');
  const isTime = field.type === 'datetime' || (target.type === 'datetime' && looksLikeTime(candidate));
  if (isTime) return two(isDay(candidate) ? 'day' : dateStep(candidate));
  if (field.type === 'number') return two(profile.isText ? { number: { written: 'text' } } : 'number');
  if (field.type === 'picklist' || field.type === 'reference') return two('blankToNull');
  if (field.type !== 'string') return two('blankToNull', field.type);
  return target.path === 'custom.website' ? two('blankToNull', 'url') : textSteps(candidate);
}

function looksLikeTime({ field, profile }: Candidate): boolean {
  if (profile.count === 0) return field.type === 'number';
  return looksLikeEpoch(profile) || profile.format !== null || (profile.shares.moment ?? 0) >= 0.6;
}

function isDay({ field, target, profile }: Candidate): boolean {
  if (field.type === 'number' || looksLikeEpoch(profile)) return false;
  return profile.format === null && ((profile.shares.day ?? 0) >= 0.6 || target.path === 'custom.birthday');
}

function isNumeric(profile: SampleProfile): boolean {
  return profile.count > 0 && !profile.isText && (profile.shares.number ?? 0) === 1;
}

const severalLines = new Set(['address.street', 'notes', 'description', 'body', 'custom.description', 'custom.note']);

/** Texts longer than this are longer than anything the hub writes. */
const longText = 50_000;

function textSteps({ field, target, profile }: Candidate): Shape {
  if ((profile.shares.html ?? 0) >= 0.3) return two('html', 'blankToNull');
  if (field.type === 'number') return two('text');
  if (field.type === 'picklist' || field.type === 'reference') return two('blankToNull');
  const tidy = target.path.endsWith('Id') ? [] : [severalLines.has(target.path) ? 'trim' : 'collapse'];
  return two(...tidy, 'blankToNull', ...limitOf(field));
}

function limitOf({ maxLength = longText }: DescribedField): StepSpec[] {
  return maxLength > 0 && maxLength < longText ? [{ limit: maxLength }] : [];
}

function dateStep({ field, profile, words }: Candidate): StepSpec {
  const { epochMs = 0, epochSecs = 0, moment = 0, number = 0 } = profile.shares;
  if (moment > 0 && profile.format === null) return 'date';
  if (looksLikeEpoch(profile)) return epoch(epochMs > epochSecs, profile.isText);
  if (profile.format !== null) return { date: profile.format };
  const isEpoch = profile.count === 0 ? field.type === 'number' : number > 0.9;
  return isEpoch ? epoch(words.includes('milli'), profile.isText) : 'date';
}

function epoch(isMilli: boolean, isText: boolean): StepSpec {
  const format = isMilli ? 'epochMs' : 'epochSecs';
  return { date: isText ? { format, written: 'text' } : format };
}

function numberSteps({ target, profile, field, words }: Candidate): Shape {
  const isText = profile.isText || field.type === 'string';
  const plain: StepSpec = isText ? { number: { written: 'text' } } : 'number';
  const wanted = wantedUnit(target.path);
  if (wanted === null) return two(plain);
  if ((profile.shares.clock ?? 0) >= 0.6 && wanted === 'secs') return two('clock');
  const unit = unitOf(words, profile);
  // A coarser unit loses seconds on the way back, so that the way is not proposed.
  return { steps: [plain, ...inUnit(unit, wanted)], direction: unit === wanted || unit === 'ms' ? 'both' : 'read' };
}
