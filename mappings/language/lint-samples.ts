import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import type { FieldType } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { entityFieldAt, sketchSteps } from './check.ts';
import { compile, compileRule } from './compile.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { compileGetter, compileSetter, rootOf } from './path.ts';
import { Run } from './run.ts';
import { createSampler, type Sampler } from './samples.ts';
import type { DictionaryTest } from './schema.ts';
import type { StepSurroundings, ValueType } from './step.ts';
import type { CompiledTransfer } from './transfer.ts';
import type { ValueTable } from './value-table.ts';

/** Rules are tried with this many samples, of large dictionaries with fewer: an author waits for the linter. */
const mostSamples = 200;
const samplesInAll = 20_000;

/**
 * A sample that breaks a law. `entity`: what was read does not come back. `record`: what was read is written back over a
 * record nobody changed. `coarser`: an entity held more than the rule can carry, and nothing says so at run time.
 */
export interface Loss {
  readonly kind: 'entity' | 'record' | 'coarser';
  readonly before: JsonValue | undefined;
  readonly between: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

export interface LossOptions {
  readonly values: ReadonlyMap<string, ValueTable>;
  readonly object?: ObjectDescription;
  readonly tests?: readonly DictionaryTest[];
}

/** The first of many samples (generated, described, from tests) that a two-way rule does not bring back; null if all come back. */
export function findLoss(rule: Rule, dictionary: Dictionary, options: LossOptions): Loss | null {
  const trial = trialOf(rule, dictionary, options.values);
  if (trial === null) return null;
  const plain = coarseless(rule);
  const tidy = plain === null ? null : trialOf(plain, dictionary, options.values);
  let coarser: Loss | null = null;
  for (const { record, entity } of samplesFor(rule, dictionary, options)) {
    const loss = (record === undefined ? null : trial.ofRecord(record)) ?? trial.ofRecord(trial.written(entity));
    if (loss !== null) return loss;
    // Only what the rule would carry without its coarse steps is lost by them.
    if (tidy !== null && tidy.ofEntity(entity) === null) coarser ??= trial.ofEntity(entity);
  }
  return coarser;
}

/** The rule without the steps that make values coarser; null if there are none, or the author wrote the way back. */
function coarseless(rule: Rule): Rule | null {
  if (rule.back !== null) return null;
  const steps = sketchSteps(rule.steps);
  const kept = rule.steps.filter((_, index) => steps[index]?.fidelity !== 'coarse');
  return kept.length === rule.steps.length ? null : { ...rule, steps: kept };
}

interface Trial {
  /** Both laws, for a record as it may be found. */
  ofRecord(record: JsonObject): Loss | null;
  /** The first law again, for an entity that need not have been read. */
  ofEntity(entity: JsonObject): Loss | null;
  written(entity: JsonObject): JsonObject;
}

function trialOf(rule: Rule, dictionary: Dictionary, values: ReadonlyMap<string, ValueTable>): Trial | null {
  const around: Omit<StepSurroundings, 'build'> = {
    table: (name) => values.get(name),
    region: 'US',
    timeZone: 'UTC',
  };
  const { read, write } = compileRule(rule, around);
  if (read === null || write === null) return null;
  const inEntity = (entity: JsonObject): JsonValue => valuesAt(rule.to.map(compileGetter), entity);
  const inRecord = (record: JsonObject): JsonValue => valuesAt(rule.from.map(compileGetter), record);
  const comesBack = (kind: 'entity' | 'coarser', entity: JsonObject): Loss | null => {
    const back = carried(write, entity);
    // What a step says it could not carry (too long, no number) is lost, but not in silence.
    if (back === null || !isPlausible(rule, dictionary, inEntity(entity))) return null;
    const again = run(read, back);
    if (isSame(inEntity(entity), inEntity(again))) return null;
    return { kind, before: inEntity(entity), between: inRecord(back), after: inEntity(again) };
  };
  const alone = compile({ ...dictionary, rules: [rule], identity: [] }, { values });
  const staysAsItIs = (record: JsonObject): Loss | null => {
    const { entity } = alone.read(record);
    const changes = alone.write(entity, record).record;
    if (Object.keys(changes).length === 0) return null;
    return { kind: 'record', before: inRecord(record), between: inEntity(entity), after: inRecord(changes) };
  };
  return {
    ofRecord: (record) => comesBack('entity', run(read, record)) ?? staysAsItIs(record),
    ofEntity: (entity) => comesBack('coarser', entity),
    written: (entity) => run(write, entity),
  };
}

function run(transfer: CompiledTransfer, from: JsonObject): JsonObject {
  const into: JsonObject = {};
  transfer.run(from, into, new Run(null));
  return into;
}

/** Null when the way there had something to say. */
function carried(transfer: CompiledTransfer, from: JsonObject): JsonObject | null {
  const into: JsonObject = {};
  const notes = new Run(null);
  transfer.run(from, into, notes);
  return notes.events.length === 0 ? into : null;
}

function valuesAt(getters: readonly ((root: JsonObject) => JsonValue | undefined)[], root: JsonObject): JsonValue {
  const values = getters.map((get) => get(root) ?? null);
  return values.length === 1 ? (values[0] ?? null) : values;
}

function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** A field's rule answers for values of the field's type; what else a record may hold is the steps' business. */
function isPlausible(rule: Rule, dictionary: Dictionary, held: JsonValue): boolean {
  const values = rule.to.length === 1 ? [held] : Array.isArray(held) ? held : [];
  return rule.to.every((path, index) => {
    const value = values[index] ?? null;
    const type = entityFieldAt(path, dictionary.entity)?.type;
    if (value === null || path.eachAt !== -1) return true;
    if (type === undefined) return typeof value !== 'object';
    if (type === 'list') return Array.isArray(value);
    return type === 'object' || typeof value === (type === 'number' || type === 'boolean' ? type : 'string');
  });
}

export function samplesPerRule({ rules }: Dictionary): number {
  return Math.min(mostSamples, Math.max(4, Math.ceil(samplesInAll / rules.length)));
}

interface Sample {
  readonly record?: JsonObject;
  readonly entity: JsonObject;
}

function* samplesFor(rule: Rule, dictionary: Dictionary, options: LossOptions): Generator<Sample> {
  for (const test of options.tests ?? dictionary.tests) yield { record: test.record, entity: test.entity };
  const fields = new Map((options.object?.fields ?? []).map((field) => [field.name, field]));
  for (const record of describedRecords(rule, fields)) yield { record, entity: {} };
  const alone = { ...dictionary, rules: [rule] };
  const seeds = samplesPerRule(dictionary);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const sampler = createSampler(seed);
    const entity = sampler.entity(alone);
    fillUndeclared(rule, dictionary, entity, sampler);
    yield seed % 2 === 0 ? { record: sampler.record(alone, options.values), entity } : { entity };
  }
}

/** Records made of the samples that the description shows, one after the other. */
function describedRecords(rule: Rule, fields: ReadonlyMap<string, DescribedField>): JsonObject[] {
  const roots = rule.from.map(rootOf);
  const most = Math.max(0, ...roots.map((root) => fields.get(root)?.samples?.length ?? 0));
  return Array.from({ length: Math.min(most, 50) }, (_, index) =>
    Object.fromEntries(
      roots.map((root) => {
        const samples = fields.get(root)?.samples ?? [];
        return [root, samples[index % Math.max(1, samples.length)] ?? null];
      }),
    ),
  );
}

const typeOf: Partial<Record<ValueType, FieldType>> = { number: 'number', boolean: 'boolean', datetime: 'datetime' };

/** Fields without a declared type are tried with what the rule's own steps give. */
function fillUndeclared(rule: Rule, dictionary: Dictionary, entity: JsonObject, sampler: Sampler): void {
  const type = typeOf[sketchSteps(rule.steps).at(-1)?.output ?? 'any'];
  if (type === undefined) return;
  for (const path of rule.to) {
    if (path.eachAt === -1 && entityFieldAt(path, dictionary.entity) === null) {
      compileSetter(path)(entity, sampler.entityValue({ name: 'undeclared', type }));
    }
  }
}
