/** The steps and the direction a rule of the dictionary needs for what its field holds. */
import type { StepSpec } from '#mappings/language/step.ts';
import type { SampleProfile } from './sample-profile.ts';
import type { Candidate } from './score.ts';

export interface Shape {
  readonly steps: readonly StepSpec[];
  readonly direction: 'both' | 'read';
}

export function shapeOf(candidate: Candidate, entity: string): Shape {
  const { steps, direction } = stepsFor(candidate, entity);
  const isReadOnly =
    candidate.field.readOnly === true || candidate.field.type === 'list' || candidate.field.type === 'object';
  return { steps, direction: isReadOnly ? 'read' : direction };
}

const two = (...steps: StepSpec[]): Shape => ({ steps, direction: 'both' });

function stepsFor(candidate: Candidate, entity: string): Shape {
  const { field, target } = candidate;
  if (field.type === 'list') return { steps: [{ join: { with: ', ' } }, 'blankToNull'], direction: 'read' };
  if (field.type === 'object') return { steps: [], direction: 'read' };
  // One end of a call may be an extension, which is no public number.
  if (target.type === 'phone')
    return two('blankToNull', entity === 'activity' ? { phone: { otherwise: 'keep' } } : 'phone');
  if (target.type === 'email' || target.type === 'url') return two('blankToNull', target.type);
  if (target.type === 'datetime') return two(dateStep(candidate));
  if (target.type === 'number') return numberSteps(candidate);
  return choiceSteps(candidate) ?? textSteps(candidate);
}

function choiceSteps({ field, target, profile, values }: Candidate): Shape | null {
  if (target.type === 'picklist') return values === null ? two('blankToNull') : two({ values: values.written });
  if (target.type !== 'reference') return null;
  return two(field.type === 'number' || isNumeric(profile) ? 'text' : 'blankToNull');
}

function isNumeric(profile: SampleProfile): boolean {
  return profile.count > 0 && !profile.isText && (profile.shares.number ?? 0) === 1;
}

const severalLines = new Set(['address.street', 'notes', 'description', 'body', 'custom.description', 'custom.note']);

function textSteps({ field, target, profile }: Candidate): Shape {
  if ((profile.shares.html ?? 0) >= 0.3) return two('html', 'blankToNull');
  if (target.isCustom && field.type === 'url') return two('blankToNull', 'url');
  if (target.isCustom && field.type !== 'string') return two();
  if (field.type === 'number') return two('text');
  if (field.type === 'picklist' || target.path.endsWith('Id')) return two('blankToNull');
  return two(severalLines.has(target.path) ? 'trim' : 'collapse', 'blankToNull');
}

function dateStep({ field, profile, words }: Candidate): StepSpec {
  const { epochMs = 0, epochSecs = 0, moment = 0, number = 0 } = profile.shares;
  if (moment > 0 && profile.format === null) return 'date';
  if (Math.max(epochMs, epochSecs) >= 0.6) return epoch(epochMs > epochSecs, profile.isText);
  if (profile.format !== null) return { date: profile.format };
  const isEpoch = profile.count === 0 ? field.type === 'number' : number > 0.9;
  return isEpoch ? epoch(words.includes('milli'), profile.isText) : 'date';
}

function epoch(isMilli: boolean, isText: boolean): StepSpec {
  const format = isMilli ? 'epochMs' : 'epochSecs';
  return { date: isText ? { format, written: 'text' } : format };
}

type Unit = 'ms' | 'secs' | 'mins' | 'hours';

/** The unit a field's name gives; without one, numbers this large are milliseconds, and seconds are what most count. */
function unitOf({ words, profile }: Candidate): Unit {
  if (words.includes('milli')) return 'ms';
  if (words.includes('minute')) return 'mins';
  if (words.includes('second')) return 'secs';
  const numbers = profile.distinct.map(Number).filter((number) => number > 0);
  return numbers.length > 0 && numbers.every((number) => number >= 1000 && number % 100 === 0) ? 'ms' : 'secs';
}

function numberSteps(candidate: Candidate): Shape {
  const { target, profile, field } = candidate;
  const isText = profile.isText || field.type === 'string';
  const plain: StepSpec = isText ? { number: { written: 'text' } } : 'number';
  const wanted = /(Secs|Ms)$/.exec(target.path)?.[1];
  if (wanted === undefined) return two(plain);
  if ((profile.shares.clock ?? 0) >= 0.6 && wanted === 'Secs') return two('clock');
  const from = unitOf(candidate);
  const to: Unit = wanted === 'Ms' ? 'ms' : 'secs';
  if (from === to) return two(plain);
  // A coarser unit loses seconds on the way back, so that the way is not proposed.
  return {
    steps: [plain, { duration: { from, to, round: 'nearest' } }],
    direction: from === 'ms' ? 'both' : 'read',
  };
}
