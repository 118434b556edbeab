import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { CompiledDictionary } from './compile.ts';
import { compareValues, type TestDifference } from './dictionary-tests.ts';
import type { Rule } from './dictionary.ts';
import { isObject, rootOf } from './path.ts';
import type { LossEvent } from './run.ts';
import { compileTargets } from './transfer.ts';

export interface OutputSample {
  /** What people know it by: an id, a line number, a test's name. */
  readonly label: string;
  readonly direction: 'read' | 'write';
  readonly input: JsonObject;
  /** When writing: what the record holds now. */
  readonly current?: JsonObject | undefined;
}

export interface ChangedField {
  /** Dotted path in what comes out. */
  readonly field: string;
  /** The rule that set it; null when none can be named. */
  readonly rule: string | null;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}
export interface ChangedOutput {
  readonly sample: string;
  readonly direction: 'read' | 'write';
  readonly fields: ChangedField[];
  /** How many there are, when `fields` holds only the first of them. */
  readonly fieldCount: number;
  readonly events: { readonly change: 'added' | 'removed'; readonly event: LossEvent }[];
}

export interface OutputDiff {
  readonly samples: number;
  readonly changed: number;
  /** Samples whose result must not be used, with the one dictionary and the other. */
  readonly failed: { readonly before: number; readonly after: number };
  /** How many samples each rule changes, most first. */
  readonly rules: { readonly rule: string; readonly changed: number }[];
  /** The first changed samples. */
  readonly shown: ChangedOutput[];
}

export interface OutputDiffOptions {
  /** Samples shown; all are counted. */
  readonly show?: number;
  readonly fieldsPerSample?: number;
}

/** What comes out differently for these samples. */
export function diffOutputs(
  before: CompiledDictionary,
  after: CompiledDictionary,
  samples: Iterable<OutputSample>,
  options: OutputDiffOptions = {},
): OutputDiff {
  const differ = createOutputDiffer(before, after, options);
  for (const sample of samples) differ.add(sample);
  return differ.report();
}

/** The same, sample by sample, for streams: it remembers what it shows and counts the rest. */
export function createOutputDiffer(
  before: CompiledDictionary,
  after: CompiledDictionary,
  { show = 20, fieldsPerSample = 50 }: OutputDiffOptions = {},
): { add(sample: OutputSample): ChangedOutput | null; report(): OutputDiff } {
  const byRule = new Map<string, number>();
  const shown: ChangedOutput[] = [];
  const failed = { before: 0, after: 0 };
  let samples = 0;
  let changed = 0;
  return {
    add: (sample) => {
      const one = runOn(before, sample);
      const other = runOn(after, sample);
      samples += 1;
      if (hasFailed(one.events)) failed.before += 1;
      if (hasFailed(other.events)) failed.after += 1;
      const events = diffEvents(one.events, other.events);
      if (isDeepStrictEqual(one.result, other.result) && events.length === 0) return null;
      changed += 1;
      const differences = compareValues(one.result, other.result, '');
      const side = sample.direction === 'read' ? 'to' : 'from';
      const fields = changedFields(differences, traceOn(before, sample), traceOn(after, sample), side);
      for (const rule of new Set(fields.flatMap((field) => field.rule ?? [])))
        byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
      const { label, direction } = sample;
      const bounded = fields.slice(0, fieldsPerSample);
      const output = { sample: label, direction, fields: bounded, fieldCount: fields.length, events };
      if (shown.length < show) shown.push(output);
      return output;
    },
    report: () => ({
      samples,
      changed,
      failed: { ...failed },
      rules: [...byRule].map(([rule, count]) => ({ rule, changed: count })).toSorted((a, b) => b.changed - a.changed),
      shown: [...shown],
    }),
  };
}

interface Result {
  readonly result: JsonObject;
  readonly events: readonly LossEvent[];
}
interface Traced {
  readonly rows: ReadonlyMap<string, JsonValue | undefined>;
  readonly rules: readonly Rule[];
}

function runOn(compiled: CompiledDictionary, { direction, input, current }: OutputSample): Result {
  if (direction === 'read') {
    const { entity, events } = compiled.read(input);
    return { result: entity, events };
  }
  const { record, events } = compiled.write(input, current);
  return { result: record, events };
}

/** Traces cost more, so only what differs is traced. */
function traceOn(compiled: CompiledDictionary, { direction, input, current }: OutputSample): Traced {
  const { rows } = direction === 'read' ? compiled.traceRead(input) : compiled.traceWrite(input, current);
  return { rows: new Map(rows.map((row) => [row.rule, row.to])), rules: compiled.dictionary.rules };
}

function hasFailed(events: readonly LossEvent[]): boolean {
  return events.some((event) => event.kind === 'failed');
}

function changedFields(
  differences: readonly TestDifference[],
  ...sides: [Traced, Traced, 'to' | 'from']
): ChangedField[] {
  return differences.map((difference) => ({
    field: difference.at.replace(/^\./, ''),
    rule: ruleOf(difference, ...sides),
    ...(difference.expected === undefined ? {} : { before: difference.expected }),
    ...(difference.actual === undefined ? {} : { after: difference.actual }),
  }));
}

/** The rule that wrote the field: with the one dictionary it is there, or else the one that wrote it before. */
function ruleOf({ at }: TestDifference, before: Traced, after: Traced, side: 'to' | 'from'): string | null {
  return writerOf(at, after, side) ?? writerOf(at, before, side);
}

/** Sets again what the rules with the field's root have set, in their order: the last one to touch the place wrote it. */
function writerOf(at: string, { rows, rules }: Traced, side: 'to' | 'from'): string | null {
  const root = /^\.?([^.[]+)/.exec(at)?.[1] ?? '';
  const result: JsonObject = {};
  let writer: string | null = null;
  for (const rule of rules) {
    const value = rows.get(rule.id);
    if (value === undefined || !rule[side].some((path) => rootOf(path) === root)) continue;
    const held = new Map(leavesOf(result[root], `.${root}`));
    compileTargets(rule[side])(result, value);
    const leaves = leavesOf(result[root], `.${root}`);
    if (leaves.some(([place, leaf]) => isWithin(place, at) && held.get(place) !== leaf)) writer = rule.id;
  }
  return writer;
}

/** Every value that holds no others, spelled, by its place. */
function leavesOf(value: JsonValue | undefined, at: string): [string, string][] {
  const below: [string, JsonValue][] = Array.isArray(value)
    ? value.map((item, index) => [`${at}[${index}]`, item])
    : isObject(value)
      ? Object.entries(value).map(([name, item]) => [`${at}.${name}`, item])
      : [];
  return below.length === 0
    ? [[at, JSON.stringify(value) ?? '']]
    : below.flatMap(([place, item]) => leavesOf(item, place));
}

function isWithin(place: string, holder: string): boolean {
  return place === holder || (place.startsWith(holder) && /[.[]/.test(place.charAt(holder.length)));
}

function diffEvents(before: readonly LossEvent[], after: readonly LossEvent[]): ChangedOutput['events'] {
  const gone = [...before];
  const added: ChangedOutput['events'] = [];
  for (const event of after) {
    const index = gone.findIndex((other) => isSameLoss(other, event));
    if (index === -1) added.push({ change: 'added', event });
    else gone.splice(index, 1);
  }
  return [...added, ...gone.map((event) => ({ change: 'removed' as const, event }))];
}

/** A step put in front moves the others; what was lost is the same. */
function isSameLoss(left: LossEvent, right: LossEvent): boolean {
  return isDeepStrictEqual({ ...left, at: undefined }, { ...right, at: undefined });
}
