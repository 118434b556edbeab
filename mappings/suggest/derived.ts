/** Proposals that follow from others: composites, the same length in another unit, constants, and names under `custom`. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import type { StepSpec } from '#mappings/language/step.ts';
import type { Candidate, Reason } from './score.ts';
import type { Target } from './targets.ts';
import { inUnit, unitOf } from './units.ts';
import { sayingCall } from './value-draft.ts';

export interface Derived {
  readonly to: readonly string[];
  readonly from: readonly string[];
  readonly value?: JsonValue;
  readonly steps: readonly StepSpec[];
  readonly back?: readonly StepSpec[];
  readonly direction: 'both' | 'read' | 'write';
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}

export interface Found {
  readonly chosen: readonly Candidate[];
  readonly targets: ReadonlyMap<string, Target>;
  readonly fields: readonly DescribedField[];
  readonly isTargetTaken: (path: string) => boolean;
  readonly isFieldTaken: (name: string) => boolean;
  /** The field that a rule which is there already reads a target from. */
  readonly existingSource: (path: string) => string | undefined;
}

export function derive(found: Found): readonly Derived[] {
  const chosen = new Set(found.chosen.map(({ target }) => target.path));
  const isFree = (path: string): boolean => found.targets.has(path) && !chosen.has(path) && !found.isTargetTaken(path);
  return [
    ...wholeNames(found, isFree),
    ...otherUnits(found, isFree),
    ...domains(found, isFree),
    ...loneValues(found, isFree),
  ];
}

/**
 * The whole name is put together here where a record holds its parts: what a system puts together itself, and does not
 * let anybody write, has Chinese names in the wrong order.
 */
function wholeNames(found: Found, isFree: (path: string) => boolean): Derived[] {
  const [first, last] = [sourceOf('firstName', found), sourceOf('lastName', found)];
  const reasons = (detail: string): Reason[] => [{ kind: 'name', detail }];
  if (first !== undefined && last !== undefined && isFree('displayName')) {
    const parts = { to: ['displayName'], from: [first, last], steps: ['wholeName'], direction: 'read' as const };
    return [{ ...parts, confidence: 0.85, reasons: reasons('there is a field for each part of the name') }];
  }
  const whole = found.chosen.find(({ target }) => target.path === 'displayName');
  if (whole === undefined || !isFree('firstName') || !isFree('lastName')) return [];
  const split = { to: ['firstName', 'lastName'], from: [whole.field.name], steps: ['personName'] };
  const detail = 'there is a field for the whole name, and none for its parts';
  return [{ ...split, direction: 'read', confidence: 0.7 * whole.score, reasons: reasons(detail) }];
}

function sourceOf(path: string, { chosen, existingSource }: Omit<Found, 'targets' | 'fields'>): string | undefined {
  return chosen.find(({ target }) => target.path === path)?.field.name ?? existingSource(path);
}

/** A field for the whole name that nobody can write gives way to its parts. */
export function withoutComputedName(found: Omit<Found, 'targets' | 'fields'>): readonly Candidate[] {
  const hasParts = ['firstName', 'lastName'].every((path) => sourceOf(path, found) !== undefined);
  if (!hasParts) return found.chosen;
  return found.chosen.filter(({ target, field }) => target.path !== 'displayName' || field.readOnly !== true);
}

/** The entity knows the talk time in seconds and milliseconds; a record holds it once. */
function otherUnits({ chosen }: Found, isFree: (path: string) => boolean): Derived[] {
  const pairs = [
    ['talkMs', 'talkSecs', 'secs'],
    ['talkSecs', 'talkMs', 'ms'],
  ] as const;
  return pairs.flatMap(([known, wanted, unit]) => {
    const source = chosen.find(({ target }) => target.path === known);
    if (source === undefined || !isFree(wanted)) return [];
    const { field, words, profile, score } = source;
    const isClock = (profile.shares.clock ?? 0) >= 0.6;
    const steps = isClock ? ['clock', ...inUnit('secs', unit)] : ['number', ...inUnit(unitOf(words, profile), unit)];
    const reasons = [{ kind: 'name' as const, detail: `the same length as ${known}, in another unit` }];
    return [{ to: [wanted], from: [field.name], steps, direction: 'read' as const, confidence: 0.8 * score, reasons }];
  });
}

/** A web site's address holds its domain, but cannot be made of it. */
function domains({ chosen }: Found, isFree: (path: string) => boolean): Derived[] {
  const source = chosen.find(({ target }) => target.path === 'custom.website');
  if (source === undefined || !isFree('domain')) return [];
  const steps = ['blankToNull', 'url', { extract: '^https?://(?:www\\.)?([^/:?#]+)' }];
  const reasons = [{ kind: 'name' as const, detail: 'the domain stands in the address of the web site' }];
  return [{ to: ['domain'], from: [source.field.name], steps, direction: 'read', confidence: source.score, reasons }];
}

/**
 * A field of the entity that can say one thing only: from the list of the record that says it among others, so that
 * records of another kind are told apart, or else a constant.
 */
function loneValues(found: Found, isFree: (path: string) => boolean): Derived[] {
  const used = new Set(found.chosen.map(({ field }) => field.name));
  return [...found.targets.values()]
    .filter(({ path }) => isFree(path))
    .filter(isLone)
    .map(({ path, values: [value = ''] }) => {
      const teller = tellerOf(found.fields.filter(({ name }) => !used.has(name) && !found.isFieldTaken(name)));
      const reason: Reason = { kind: 'type', detail: `${path} must be there and has one value only` };
      if (teller === undefined) {
        return { to: [path], from: [], value, steps: [], direction: 'read', confidence: 0.95, reasons: [reason] };
      }
      const rows = [{ record: sayingCall(teller) ?? '', entity: value }];
      const told: Reason = {
        kind: 'samples',
        detail: `“${sayingCall(teller)}” is one of the values of ${teller.name}`,
      };
      const steps = [{ values: { rows } }];
      return { to: [path], from: [teller.name], steps, direction: 'both', confidence: 0.7, reasons: [reason, told] };
    });
}

function isLone({ required, values }: Target): boolean {
  return required && values.length === 1;
}

/** The list that tells calls from other records; the longest of several, as the finer one. */
function tellerOf(fields: readonly DescribedField[]): DescribedField | undefined {
  return fields
    .filter((field) => field.readOnly !== true && sayingCall(field) !== undefined)
    .toSorted((left, right) => (right.values?.length ?? 0) - (left.values?.length ?? 0))[0];
}

/** That list is not spent on a name below `custom`. */
export function keepingTeller(candidates: readonly Candidate[], found: Omit<Found, 'chosen'>): readonly Candidate[] {
  if (![...found.targets.values()].some((target) => isLone(target) && !found.isTargetTaken(target.path)))
    return candidates;
  const teller = tellerOf(found.fields.filter(({ name }) => !found.isFieldTaken(name)));
  return candidates.filter(({ field, target }) => !target.isCustom || field !== teller);
}
