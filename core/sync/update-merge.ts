/**
 * Three-way merge of one update: what the hub wrote last (`base`), what stands in the other system now (`remote`) and
 * what the hub wants to write (`desired`). A field someone changed over there since our last write is theirs and stays.
 */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';

export interface UpdatePlan {
  /** Fields to write; empty = nothing to do. */
  readonly patch: JsonObject;
  /** Fields left alone because they were edited on the other side. */
  readonly kept: readonly string[];
  /** What both sides agree on once the patch is in; becomes the next base. */
  readonly nextBase: JsonObject;
}

export function planUpdate(base: JsonObject, remote: JsonObject, desired: JsonObject): UpdatePlan {
  const patch: JsonObject = {};
  const kept: string[] = [];
  const nextBase: JsonObject = { ...base };
  for (const [field, wanted] of Object.entries(desired)) {
    const there = remote[field] ?? null;
    const before = base[field] ?? null;
    if (sameValue(there, wanted)) nextBase[field] = wanted;
    else if (sameValue(before, wanted)) kept.push(field);
    else if (field in base && !sameValue(there, before)) kept.push(field);
    else if (!(field in base) && !isBlank(there)) kept.push(field);
    else {
      patch[field] = wanted;
      nextBase[field] = wanted;
    }
  }
  return { patch, kept, nextBase };
}

/** CRMs answer `null`, `""` and missing for the same thing, and numbers as strings. */
export function sameValue(left: JsonValue, right: JsonValue): boolean {
  if (isBlank(left) && isBlank(right)) return true;
  if (typeof left === 'object' || typeof right === 'object') return JSON.stringify(left) === JSON.stringify(right);
  if (left === right || String(left) === String(right)) return true;
  return sameInstant(String(left), String(right));
}

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

function sameInstant(left: string, right: string): boolean {
  return isoInstant.test(left) && isoInstant.test(right) && Date.parse(left) === Date.parse(right);
}

function isBlank(value: JsonValue): boolean {
  return value === null || value === '';
}
