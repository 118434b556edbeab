import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { entityFieldAt } from './check.ts';
import { compileRule } from './compile.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { compileGetter } from './path.ts';
import { Run } from './run.ts';
import { createSampler } from './samples.ts';
import type { ValueTable } from './value-table.ts';

const samples = 200;

/**
 * A sample that a two-way rule does not bring back, or null when none of many does. What reading gives once must come
 * back the same when it is written and read again.
 */
export function findLoss(
  rule: Rule,
  dictionary: Dictionary,
  values: ReadonlyMap<string, ValueTable>,
): { readonly before: JsonValue; readonly after: JsonValue | undefined } | null {
  const { read, write } = compileRule(rule, { table: (name) => values.get(name), region: 'US', timeZone: 'UTC' });
  if (read === null || write === null) return null;
  const get = rule.to.map(compileGetter);
  const valueIn = (entity: JsonObject): JsonValue[] => get.map((one) => one(entity) ?? null);
  const alone = { ...dictionary, rules: [rule] };
  for (let seed = 1; seed <= samples; seed += 1) {
    const sampler = createSampler(seed);
    const record = seed % 2 === 0 ? sampler.record(alone, values) : written(write, sampler.entity(alone));
    const before: JsonObject = {};
    read.run(record, before, new Run(null));
    const run = new Run(null);
    const back: JsonObject = {};
    write.run(before, back, run);
    // What a step says it could not carry (too long, no number) is lost, but not in silence.
    if (!isPlausible(rule, dictionary, valueIn(before)) || run.events.length > 0) continue;
    const after: JsonObject = {};
    read.run(back, after, new Run(null));
    if (JSON.stringify(valueIn(before)) !== JSON.stringify(valueIn(after))) {
      return { before: single(valueIn(before)), after: single(valueIn(after)) };
    }
  }
  return null;
}

function written(write: NonNullable<ReturnType<typeof compileRule>['write']>, entity: JsonObject): JsonObject {
  const record: JsonObject = {};
  write.run(entity, record, new Run(null));
  return record;
}

/** A field's rule answers for values of the field's type; what else a record may hold is the steps' business. */
function isPlausible(rule: Rule, dictionary: Dictionary, values: JsonValue): boolean {
  return rule.to.every((path, index) => {
    const value = Array.isArray(values) ? (values[index] ?? null) : null;
    const type = entityFieldAt(path, dictionary.entity)?.type ?? 'string';
    if (value === null || path.eachAt !== -1) return true;
    if (type === 'list') return Array.isArray(value);
    return type === 'object' || typeof value === (type === 'number' || type === 'boolean' ? type : 'string');
  });
}

function single(value: JsonValue): JsonValue {
  return Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
}
