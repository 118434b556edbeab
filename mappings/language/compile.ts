import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { checkRules } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { compileGetter, compileListCopy, type Getter, rootOf } from './path.ts';
import { backwardLinks, buildSteps, forwardLinks, type Link, type PlacedStep } from './pipeline.ts';
import { DictionaryError, hasErrors } from './problem.ts';
import { type LossEvent, Run, type TraceRow } from './run.ts';
import type { ReferenceTable, StepSurroundings } from './step.ts';
import { type CompiledTransfer, compileTransfer } from './transfer.ts';
import type { ValueTable } from './value-table.ts';

export interface CompileOptions {
  readonly values?: ReadonlyMap<string, ValueTable>;
  /** Country of telephone numbers written without one. */
  readonly region?: string;
  /** Zone of times written without one. */
  readonly timeZone?: string;
  /** What the hub knows of links between records, for the step `reference`. */
  readonly references?: ReferenceTable;
}

export interface ReadResult {
  readonly entity: JsonObject;
  readonly events: readonly LossEvent[];
}
export interface WriteResult {
  /** Only the fields to be set: a patch, or the whole of a new record. */
  readonly record: JsonObject;
  readonly events: readonly LossEvent[];
}

/**
 * A dictionary as functions. None of them throws or changes its argument. An event of kind `failed` means that a rule
 * with `fail` was not met and the result must not be used.
 */
export interface CompiledDictionary {
  readonly dictionary: Dictionary;
  readonly read: (record: JsonObject) => ReadResult;
  /**
   * With `current` (what the record holds now) a field is left out when reading it already gives the entity's value, or
   * when what would be written is there: a write then never tidies up what nobody changed, and never repeats what the
   * record holds. Constants are for new records and are left out as well.
   */
  readonly write: (entity: JsonObject, current?: JsonObject) => WriteResult;
  readonly traceRead: (record: JsonObject) => ReadResult & { readonly rows: readonly TraceRow[] };
  readonly traceWrite: (
    entity: JsonObject,
    current?: JsonObject,
  ) => WriteResult & { readonly rows: readonly TraceRow[] };
  /** The names of a rule's steps in the order they run, for showing a trace. */
  readonly stepNames: (rule: string, direction: 'read' | 'write') => readonly string[];
  /** The record's fields the rules read, for connectors that must name what they fetch. */
  readonly recordFields: readonly string[];
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly read: CompiledTransfer | null;
  readonly write: CompiledTransfer | null;
  readonly readSteps: readonly string[];
  readonly writeSteps: readonly string[];
  /** Brings lists over of which the rule writes one element: most systems take a list as the whole list. */
  readonly listCopies: readonly ((current: JsonObject, record: JsonObject) => void)[];
  /** What a record holds where the rule writes. */
  readonly held: readonly Getter[];
}
type Writer = CompiledRule & { readonly write: CompiledTransfer };

/** Binds a checked dictionary to value tables and places. Throws `DictionaryError` when a value table is missing. */
export function compile(dictionary: Dictionary, options: CompileOptions = {}): CompiledDictionary {
  const values = options.values ?? new Map<string, ValueTable>();
  const problems = checkRules(dictionary, values);
  if (hasErrors(problems)) throw new DictionaryError(problems);
  const around = {
    table: (name: string) => values.get(name),
    region: options.region ?? 'US',
    timeZone: options.timeZone ?? 'UTC',
    ...(options.references === undefined ? {} : { references: options.references }),
  };
  const rules = dictionary.rules.map((rule) => compileRule(rule, around));
  const readers = rules.flatMap((rule) => (rule.read === null ? [] : [rule.read]));
  const writers = rules.filter((rule): rule is Writer => rule.write !== null);

  const read = (record: JsonObject, run: Run): ReadResult => {
    const entity: JsonObject = {};
    if (run.rows === null) for (const reader of readers) reader.run(record, entity, run);
    else for (const reader of readers) reader.trace(record, entity, run);
    return { entity, events: run.events };
  };
  const write = (entity: JsonObject, current: JsonObject | undefined, run: Run): WriteResult => {
    const record: JsonObject = {};
    // The whole record is read, as rules may share a list: a second address stands first where there is no first one.
    const seen = current === undefined ? {} : read(current, new Run(null)).entity;
    for (const rule of writers) {
      if (current !== undefined) {
        if (isSettled(rule, entity, seen)) continue;
        const losses = lossesOfRepeat(rule, entity, current);
        if (losses !== null) {
          run.events.push(...losses);
          continue;
        }
        for (const copy of rule.listCopies) copy(current, record);
      }
      if (run.rows === null) rule.write.run(entity, record, run);
      else rule.write.trace(entity, record, run);
    }
    return { record, events: run.events };
  };
  const recordFields = [...new Set(dictionary.rules.flatMap((rule) => (rule.reads ? rule.from.map(rootOf) : [])))];
  return {
    dictionary,
    recordFields,
    read: (record) => read(record, new Run(null)),
    write: (entity, current) => write(entity, current, new Run(null)),
    traceRead: (record) => traced((run) => read(record, run)),
    traceWrite: (entity, current) => traced((run) => write(entity, current, run)),
    stepNames: (id, direction) => {
      const found = rules.find((rule) => rule.rule.id === id);
      return (direction === 'read' ? found?.readSteps : found?.writeSteps) ?? [];
    },
  };
}

function traced<T>(work: (run: Run) => T): T & { readonly rows: readonly TraceRow[] } {
  const rows: TraceRow[] = [];
  return { ...work(new Run(rows)), rows };
}

export function compileRule(rule: Rule, around: Omit<StepSurroundings, 'build'>): CompiledRule {
  const steps = buildSteps(rule.steps, around);
  const readLinks = forwardLinks(steps);
  const writeLinks = rule.writes ? backLinks(rule, steps, around) : [];
  const shared = { rule: rule.id, constant: rule.value, onError: rule.onError };
  const read = rule.reads
    ? compileTransfer({
        ...shared,
        sources: rule.from,
        targets: rule.to,
        links: readLinks,
        otherwise: rule.defaults.read,
        onNull: policyFor(rule, 'read'),
        required: rule.required,
      })
    : null;
  const write = rule.writes
    ? compileTransfer({
        ...shared,
        sources: rule.to,
        targets: rule.from,
        links: writeLinks,
        otherwise: rule.defaults.write,
        onNull: policyFor(rule, 'write'),
        required: false,
      })
    : null;
  const namesOf = (links: readonly Link[]): string[] => links.map((link) => link.name);
  const listCopies = rule.from.map(compileListCopy).filter((copy) => copy !== null);
  const held = rule.from.map(compileGetter);
  return { rule, read, write, readSteps: namesOf(readLinks), writeSteps: namesOf(writeLinks), listCopies, held };
}

/** A default written for one direction leaves the other one to keep its nulls. */
function policyFor(rule: Rule, direction: 'read' | 'write'): Rule['onNull'] {
  return rule.onNull === 'default' && rule.defaults[direction] === undefined ? 'keep' : rule.onNull;
}

function backLinks(rule: Rule, steps: readonly PlacedStep[], around: Omit<StepSurroundings, 'build'>): Link[] {
  if (rule.back !== null) return forwardLinks(buildSteps(rule.back, around, 'back'));
  return backwardLinks(steps) ?? [];
}

/** Whether reading the record as it is (`seen`) already gives what the entity says. */
function isSettled({ rule, read, write }: Writer, entity: JsonObject, seen: JsonObject): boolean {
  if (rule.value !== undefined) return true;
  if (read === null) return false;
  const wanted = write.source(entity);
  // An entity that does not mention the field has nothing to say about it; defaults are for new records.
  if (wanted === undefined) return true;
  // What the record lacks, or holds in a form no rule can read, is not worth a write of nothing over it.
  return isSameValue(wanted, write.source(seen) ?? null);
}

/**
 * When writing would put into the record exactly what it holds (`USA` and `United States` may both be its `US`): what was
 * lost on the way there, which is as lost as before. Null when there is something to write, or a fault to tell.
 */
function lossesOfRepeat(rule: Writer, entity: JsonObject, current: JsonObject): readonly LossEvent[] | null {
  const record: JsonObject = {};
  const run = new Run(null);
  rule.write.run(entity, record, run);
  const isRepeat = rule.held.every((valueIn) => {
    const wanted = valueIn(record);
    return wanted !== undefined && isSpelledAlike(wanted, valueIn(current));
  });
  return isRepeat ? run.events : null;
}

/** Systems that take numbers and flags answer them as text: 11 and "11" are one value to them. */
function isSpelledAlike(wanted: JsonValue, there: JsonValue | undefined): boolean {
  return isSameValue(spelled(wanted), spelled(there));
}

function spelled(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function isSameValue(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return left === right || isDeepStrictEqual(left, right);
}
