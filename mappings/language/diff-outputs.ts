import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { CompiledDictionary } from './compile.ts';
import { compareValues, type TestDifference } from './dictionary-tests.ts';
import type { Rule } from './dictionary.ts';
import { rootOf } from './path.ts';
import type { LossEvent } from './run.ts';

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

/** The rule behind a field: among those that set it, the one whose own value changed, and changed to just this. */
function ruleOf(difference: TestDifference, before: Traced, after: Traced, side: 'to' | 'from'): string | null {
  const root = /^\.?([^.[]+)/.exec(difference.at)?.[1] ?? '';
  const candidates = [...after.rules, ...before.rules].filter((rule) =>
    rule[side].some((path) => rootOf(path) === root),
  );
  let best: { rule: string; score: number } | null = null;
  for (const { id } of candidates) {
    const score = scoreOf(difference, before.rows.get(id), after.rows.get(id));
    if (best === null || score > best.score) best = { rule: id, score };
  }
  return best?.rule ?? null;
}

function scoreOf(
  { expected, actual }: TestDifference,
  then: JsonValue | undefined,
  now: JsonValue | undefined,
): number {
  const hasMoved = isDeepStrictEqual(now, then) ? 0 : 1;
  return hasMoved + (holds(now, actual) ? 2 : 0) + (holds(then, expected) ? 1 : 0);
}

/** Whether a rule's value is the field's, or has it among several. */
function holds(value: JsonValue | undefined, field: JsonValue | undefined): boolean {
  if (field === undefined || value === undefined) return false;
  return (
    isDeepStrictEqual(value, field) || (Array.isArray(value) && value.some((item) => isDeepStrictEqual(item, field)))
  );
}

function diffEvents(before: readonly LossEvent[], after: readonly LossEvent[]): ChangedOutput['events'] {
  const gone = [...before];
  const added: ChangedOutput['events'] = [];
  for (const event of after) {
    const index = gone.findIndex((other) => isDeepStrictEqual(other, event));
    if (index === -1) added.push({ change: 'added', event });
    else gone.splice(index, 1);
  }
  return [...added, ...gone.map((event) => ({ change: 'removed' as const, event }))];
}
