/** Proposals that follow from others: composites, the same length in another unit, constants, and names under `custom`. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import type { StepSpec } from '#mappings/language/step.ts';
import type { Candidate, Reason } from './score.ts';
import type { Target } from './targets.ts';

export interface Derived {
  readonly to: readonly string[];
  readonly from: readonly string[];
  readonly value?: JsonValue;
  readonly steps: readonly StepSpec[];
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
}

export function derive(found: Found): readonly Derived[] {
  const fieldFor = new Map(found.chosen.map(({ target, field }) => [target.path, field]));
  const isFree = (path: string): boolean =>
    found.targets.has(path) && !fieldFor.has(path) && !found.isTargetTaken(path);
  return [...wholeNames(found, fieldFor, isFree), ...otherUnits(found, isFree), ...loneValues(found, isFree)];
}

function wholeNames(
  { chosen }: Found,
  fieldFor: ReadonlyMap<string, DescribedField>,
  isFree: (path: string) => boolean,
): Derived[] {
  const [first, last, whole] = ['firstName', 'lastName', 'displayName'].map((path) => fieldFor.get(path)?.name);
  if (first !== undefined && last !== undefined && isFree('displayName')) {
    const detail = 'there is no field for the whole name, and one for each part';
    return [
      {
        ...{ to: ['displayName'], from: [first, last], steps: ['wholeName'], direction: 'read', confidence: 0.8 },
        reasons: [{ kind: 'name', detail }],
      },
    ];
  }
  if (whole === undefined || !isFree('firstName') || !isFree('lastName')) return [];
  const confidence = 0.7 * (chosen.find(({ target }) => target.path === 'displayName')?.score ?? 0);
  const detail = 'there is a field for the whole name, and none for its parts';
  return [
    {
      ...{ to: ['firstName', 'lastName'], from: [whole], steps: ['personName'], direction: 'read', confidence },
      reasons: [{ kind: 'name', detail }],
    },
  ];
}

/** The entity knows the talk time in seconds and milliseconds; a record holds it once. */
function otherUnits({ chosen }: Found, isFree: (path: string) => boolean): Derived[] {
  return [
    ['talkMs', 'talkSecs', 'ms', 'secs'],
    ['talkSecs', 'talkMs', 'secs', 'ms'],
  ].flatMap(([known = '', wanted = '', from = '', to = '']) => {
    const source = chosen.find(({ target }) => target.path === known);
    if (source === undefined || !isFree(wanted)) return [];
    const detail = `the same length as ${known}, in another unit`;
    return [
      {
        ...{ to: [wanted], from: [source.field.name], direction: 'read' as const },
        steps: ['number', { duration: { from, to, round: 'nearest' } }],
        confidence: 0.8 * source.score,
        reasons: [{ kind: 'name' as const, detail }],
      },
    ];
  });
}

/** A field of the entity that can say one thing only is read as a constant. */
function loneValues({ targets }: Found, isFree: (path: string) => boolean): Derived[] {
  return [...targets.values()]
    .filter(({ path, values, required }) => required && values.length === 1 && isFree(path))
    .map(({ path, values }) => ({
      ...{ to: [path], from: [], value: values[0] ?? null, steps: [], direction: 'read' as const, confidence: 0.95 },
      reasons: [{ kind: 'type', detail: `${path} must be there and has one value only` }],
    }));
}
