/** Losses of one mapping as rows: where, which rule, what and why. */
import type { MappingDirection } from '#core/contract/mapping.ts';
import type { Rule } from '#mappings/language/dictionary.ts';
import type { LossEvent, LossKind } from '#mappings/language/run.ts';
import type { VersionInForce } from './version-in-force.ts';

export interface MappedRecord {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly object: string;
  readonly direction: MappingDirection;
  /** The write's key or the record's id. */
  readonly recordKey: string;
  /** What it happened to: `interaction:<id>`, or empty. */
  readonly origin: string;
}

export interface Loss extends MappedRecord {
  readonly dictionary: string;
  readonly version: number;
  readonly kind: LossKind;
  readonly rule: string;
  readonly code: string;
  readonly reason: string;
}
export interface CountedLoss extends Loss {
  readonly times: number;
}

const maxReason = 500;
const hidden = 'the value cannot be shown, because a step of this rule hides it';

export function lossesOf(record: MappedRecord, inForce: VersionInForce, events: readonly LossEvent[]): Loss[] {
  const { name: dictionary, version, compiled } = inForce;
  return events.map(({ kind, rule, code, reason }) => {
    // Reasons quote the value they are about.
    const told = isSecret(compiled.dictionary.rules, rule) ? hidden : reason;
    return { ...record, dictionary, version, kind, rule, code, reason: told.slice(0, maxReason) };
  });
}

/** The same loss of the same record, under whatever version and for whatever value. */
export function lossKey({ tenantId, connectionId, object, direction, recordKey, rule, kind, code }: Loss): string {
  return JSON.stringify([tenantId, connectionId, object, direction, recordKey, rule, kind, code]);
}

/** One row per loss, the last one told. Always in the same order, so that two writers never wait for each other. */
export function countLosses(losses: readonly (Loss | CountedLoss)[]): CountedLoss[] {
  const counted = new Map<string, CountedLoss>();
  for (const loss of losses) {
    const key = lossKey(loss);
    const times = 'times' in loss ? loss.times : 1;
    counted.set(key, { ...loss, times: (counted.get(key)?.times ?? 0) + times });
  }
  return [...counted].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, loss]) => loss);
}

/** Steps whose point is that nobody sees what went in. */
const secrecySteps = new Set(['hash', 'mask']);

function isSecret(rules: readonly Rule[], id: string): boolean {
  return rules.some((rule) => rule.id === id && [...rule.steps, ...(rule.back ?? [])].some(namesSecrecy));
}

/** Steps may stand inside steps. */
function namesSecrecy(spec: unknown): boolean {
  if (typeof spec === 'string') return secrecySteps.has(spec);
  if (typeof spec !== 'object' || spec === null) return false;
  return Object.entries(spec).some(([name, value]) => secrecySteps.has(name) || namesSecrecy(value));
}
