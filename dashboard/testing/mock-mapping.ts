/** A pocket version of the dictionary language: enough of it for screens to show rules, problems, traces and tests. */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import {
  dictionaryOutline,
  type DictionaryOutline,
  type DocumentEdit,
  type MappingProblem,
  type MappingTestReport,
  type MappingTrace,
  type RuleOutline,
} from '#core/contract/mapping.ts';
import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { mockStep, mockStepNames, type StepWords } from './mock-steps.ts';
import { allAt, putAt, valueAt } from './mock-paths.ts';

type Direction = 'read' | 'write';
interface Sample {
  readonly direction: Direction;
  readonly input: JsonObject;
}

function parse(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines }), lines };
}

const listOf = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string');
const stepsOf = (value: unknown): JsonValue[] =>
  value === undefined || value === null ? [] : ([value].flat() as JsonValue[]);

export function outlineOf(text: string): DictionaryOutline | null {
  const { document, lines } = parse(text);
  if (document.errors.length > 0) return null;
  const raw = document.toJS() as Record<string, unknown>;
  const node = document.get('rules', true);
  if (!isSeq(node) || !Array.isArray(raw?.['rules'])) return null;
  const rules = raw['rules'].map((one: Record<string, unknown>, index): RuleOutline => {
    const written = spelledOut(one);
    const item = node.items[index];
    const range = isMap(item) ? item.range : null;
    const [to, from] = [listOf(written['to']), listOf(written['from'])];
    return {
      index,
      id: to[0] ?? from[0] ?? String(index),
      to,
      from,
      ...(written['value'] === undefined ? {} : { value: written['value'] }),
      steps: stepsOf(written['steps']),
      back: written['back'] === undefined ? null : stepsOf(written['back']),
      direction: (written['direction'] as RuleOutline['direction'] | undefined) ?? 'both',
      written,
      inheritedFrom: null,
      line: lines.linePos(range?.[0] ?? 0).line,
    };
  });
  const parsed = dictionaryOutline.safeParse({ title: {}, identity: [], extends: null, ...raw, rules });
  return parsed.success ? parsed.data : null;
}

function spelledOut(rule: Record<string, unknown>): JsonObject {
  const isLong = ['to', 'from', 'value'].some((name) => name in rule);
  if (isLong) return rule as JsonObject;
  const [to = '', from = ''] = Object.entries(rule)[0] ?? [];
  return typeof from === 'string' ? { to, from } : { to, ...(from as JsonObject) };
}

export function problemsOf(name: string, text: string, known: ReadonlySet<string>): MappingProblem[] {
  const { document } = parse(text);
  const file = `${name}.yaml`;
  const fault = document.errors[0];
  const problem = (line: number, part: Partial<MappingProblem>): MappingProblem => ({
    code: 'schema.invalid',
    severity: 'error',
    file,
    line,
    column: 1,
    message: '',
    mend: '',
    excerpt: text.split('\n')[line - 1]?.trim() ?? '',
    ...part,
  });
  if (fault !== undefined) {
    const mend = 'Quote the text that holds a colon or a bracket.';
    return [problem(fault.linePos?.[0].line ?? 1, { code: 'file.syntax', message: 'This is not YAML 1.2.', mend })];
  }
  const writers = new Map<string, number>();
  return (outlineOf(text)?.rules ?? []).flatMap((rule) => {
    const found: MappingProblem[] = [];
    for (const step of rule.steps) {
      const { name: stepName } = nameOf(step);
      if (mockStepNames.includes(stepName)) continue;
      const message = `There is no step ${stepName}.`;
      found.push(problem(rule.line, { code: 'step.unknown', message, mend: 'Did you mean trim?' }));
    }
    for (const from of rule.from) {
      if (known.size === 0 || known.has(from)) continue;
      const message = `The object has no field ${from}.`;
      const mend = 'Take one of its fields.';
      found.push(problem(rule.line, { code: 'record.unknownField', severity: 'warning', message, mend }));
    }
    for (const to of rule.direction === 'write' ? [] : rule.to) {
      const other = writers.get(to);
      if (other === undefined) writers.set(to, rule.line);
      else {
        const message = `${to} is set by two rules; the other one stands in line ${other}.`;
        found.push(problem(rule.line, { code: 'target.twoWriters', message, mend: 'Remove one of the two.' }));
      }
    }
    return found;
  });
}

export function nameOf(step: JsonValue): StepWords {
  if (typeof step === 'string') return { name: step, argument: undefined };
  const [name = '', argument] = Object.entries(step as JsonObject)[0] ?? [];
  return { name, argument };
}

export function traceOf(outline: DictionaryOutline, { direction, input }: Sample): MappingTrace {
  const trace: MappingTrace = { direction, result: {}, rows: [], events: [] };
  for (const rule of outline.rules) {
    if (rule.direction !== 'both' && rule.direction !== direction) continue;
    const [sources, targets] = direction === 'read' ? [rule.from, rule.to] : [rule.to, rule.from];
    const from = rule.value === undefined ? allAt(input, sources) : rule.value;
    if (from !== undefined && targets.length > 0) traceRule(trace, rule, { from, targets });
  }
  return trace;
}

interface Passage {
  readonly from: JsonValue;
  readonly targets: readonly string[];
}

function traceRule(trace: MappingTrace, rule: RuleOutline, { from, targets }: Passage): void {
  const steps: MappingTrace['rows'][number]['steps'] = [];
  let value: JsonValue | undefined = from;
  for (const step of trace.direction === 'read' ? rule.steps : []) {
    const words = nameOf(step);
    const made = mockStep(words, value);
    if (made.reason !== null)
      trace.events.push({ kind: made.kind, rule: rule.id, code: `step.${words.name}`, reason: made.reason });
    steps.push({ name: words.name, ...made.shown });
    value = made.value;
    if (value === undefined) break;
  }
  const dealt = Array.isArray(value) && targets.length > 1 ? value : [value];
  targets.forEach((target, index) => {
    const one = dealt[index];
    if (one !== undefined) putAt(trace.result, target, one);
  });
  trace.rows.push({ rule: rule.id, from, steps, ...(value === undefined ? {} : { to: value }) });
}

interface Test {
  readonly name: string;
  readonly direction?: Direction;
  readonly record?: JsonObject;
  readonly entity?: JsonObject;
}

export function testsIn(tests: string | null): Test[] {
  const raw = tests === null ? null : (parse(tests).document.toJS() as { tests?: Test[] } | null);
  return raw?.tests ?? [];
}

export function runTests(outline: DictionaryOutline, tests: string | null): MappingTestReport {
  const used = new Set<string>();
  const outcomes = testsIn(tests).map(({ name, direction = 'read', record = {}, entity = {} }) => {
    const [input, wanted] = direction === 'read' ? [record, entity] : [entity, record];
    const { result, rows } = traceOf(outline, { direction, input });
    for (const row of rows) used.add(`${direction} ${row.rule}`);
    const differences = [...new Set([...Object.keys(wanted), ...Object.keys(result)])].flatMap((at) => {
      const [expected, actual] = [wanted[at], valueAt(result, at)];
      if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
      return [{ at, ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) }];
    });
    return { name, passed: differences.length === 0, differences };
  });
  const rules = outline.rules.filter((rule) => rule.direction !== 'write').map((rule) => `read ${rule.id}`);
  return { outcomes, unusedRules: rules.filter((rule) => !used.has(rule)), unusedRows: [] };
}

export function edited(text: string, edits: readonly DocumentEdit[]): string {
  const { document } = parse(text);
  for (const edit of edits) {
    const rules = document.get('rules', true);
    if (edit.kind === 'setHead' && edit.value === null) document.delete(edit.field);
    else if (edit.kind === 'setHead') document.set(edit.field, document.createNode(edit.value, { flow: true }));
    else if (isSeq(rules)) editRules(document, rules, edit);
  }
  return document.toString({ lineWidth: 120, flowCollectionPadding: true });
}

type RuleEdit = Exclude<DocumentEdit, { kind: 'setHead' }>;
function editRules(document: Document, rules: { items: unknown[] }, edit: RuleEdit): void {
  const node = (rule: JsonObject) => document.createNode(rule, { flow: true });
  if (edit.kind === 'addRule') rules.items.splice(edit.at ?? rules.items.length, 0, node(edit.rule));
  else if (edit.kind === 'setRule') rules.items.splice(edit.index, 1, node(edit.rule));
  else if (edit.kind === 'removeRule') rules.items.splice(edit.index, 1);
  else rules.items.splice(edit.to, 0, ...rules.items.splice(edit.index, 1));
}
