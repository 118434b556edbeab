import type { JsonValue } from '#core/contract/json.ts';
import { childOf, parseAnswerPath, valuesAt, type AnswerPath } from './answer-path.ts';
import { isSameNumber } from './number-spelling.ts';
import type { AnswerRule, ConnectionStep, Extraction } from './rest-connection.ts';
import type { Scalar } from './template/ast.ts';
import { spell } from './template/filters.ts';
import { parseTemplate } from './template/parse.ts';
import { renderTemplate, type Values } from './template/render.ts';
import { readAnswer } from './answer.ts';
import { withValues } from './values.ts';

export interface Extracted {
  /** One for each record of the answer: what is known after it, the values before it included. */
  readonly records: readonly Values[];
  /** Why the answer could not be read; null when it could. */
  readonly fault: string | null;
}

const mostRecords = 1000;

/** Reads an answer. Total: an answer that cannot be read has no records and a fault. */
export function extract(step: ConnectionStep, answer: string, values: Values): Extracted {
  const read = readAnswer(step.answer, answer);
  if (!read.ok) return { records: [], fault: read.fault };
  const rules = step.records.map((rule) => prepared(rule, values));
  const found = recordsOf(read.value, rules).filter((record) => rules.every((rule) => holds(rule, record)));
  const records = found.slice(0, mostRecords).map((record) =>
    withValues(
      values,
      step.extract.map((each) => [each.name, take(each, record, values)] as const),
    ),
  );
  return { records, fault: null };
}

/** What a step hands on, by name. */
export function outputsOf(step: ConnectionStep, values: Values): Readonly<Record<string, string>> {
  const entries = step.outputs.map(({ name, value }): [string, string] => [
    name,
    renderTemplate(parseTemplate(value), values, (text) => text),
  ]);
  return Object.fromEntries(entries);
}

/** One record of an answer: an element of the list at `prefix`, or the whole answer. */
interface RecordView {
  readonly root: JsonValue;
  readonly prefix: AnswerPath | null;
  readonly element: JsonValue;
}

interface PreparedRule {
  /** The first one decides where the records are. */
  readonly path: AnswerPath;
  readonly paths: readonly AnswerPath[];
  readonly test: (value: JsonValue) => boolean;
}

function prepared(rule: AnswerRule, values: Values): PreparedRule {
  const path = parseAnswerPath(rule.path);
  const paths = [path, ...(rule.orPaths ?? []).map(parseAnswerPath)];
  if (rule.is === 'present') return { path, paths, test: isPresent };
  if (rule.is === 'number') {
    const number = spell(values.values.get('Number'));
    return { path, paths, test: (value) => typeof value !== 'object' && isSameNumber(spell(value), number) };
  }
  const wanted = renderTemplate(parseTemplate(rule.value ?? ''), values, (text) => text);
  return { path, paths, test: (value) => isScalar(value) && isEqual(value, wanted) };
}

function isEqual(value: Scalar, wanted: string): boolean {
  const text = spell(value);
  return text === wanted || (typeof value === 'boolean' && text === wanted.toLowerCase());
}

/** The outermost list of objects on the way of the first rule that meets one holds the records. */
function recordsOf(root: JsonValue, rules: readonly PreparedRule[]): RecordView[] {
  for (const { path } of rules) {
    const prefix = listOn(root, path);
    if (prefix !== null) {
      const list = follow(root, prefix);
      if (Array.isArray(list)) return list.map((element) => ({ root, prefix, element }));
    }
  }
  return [{ root, prefix: null, element: root }];
}

function listOn(root: JsonValue, path: AnswerPath): AnswerPath | null {
  let here: JsonValue | undefined = root;
  for (let length = 0; length <= path.length; length += 1) {
    const name = path[length];
    const isIndexed = name !== undefined && /^\d+$/u.test(name);
    if (Array.isArray(here) && !isIndexed) return here.every(isObject) ? path.slice(0, length) : null;
    if (here === undefined || name === undefined) return null;
    here = childOf(here, name);
  }
  return null;
}

function follow(root: JsonValue, path: AnswerPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((here, name) => (here === undefined ? here : childOf(here, name)), root);
}

function holds(rule: PreparedRule, record: RecordView): boolean {
  return rule.paths.some((path) => valuesIn(record, path).some(rule.test));
}

function valuesIn({ root, prefix, element }: RecordView, path: AnswerPath): JsonValue[] {
  const isInside = prefix?.every((name, index) => path[index] === name) === true;
  return isInside ? valuesAt(element, path.slice(prefix.length)) : valuesAt(root, path);
}

function take(extraction: Extraction, record: RecordView, values: Values): Scalar {
  const path = parseAnswerPath(extraction.path);
  const rules = extraction.where.map((rule) => prepared(rule, values));
  const inner = innerRecords(record, path).filter((view) => rules.every((rule) => holds(rule, view)));
  const found = inner.flatMap((view) =>
    valuesIn(view, path).filter(isScalar).filter(isPresent).slice(0, perElement(rules)),
  );
  return found[extraction.nth] ?? null;
}

/** With conditions, each element that meets them counts once; without, every value of the path does. */
function perElement(rules: readonly PreparedRule[]): number {
  return rules.length > 0 ? 1 : Number.POSITIVE_INFINITY;
}

/** The elements of the list inside the record that the path goes through; the record itself if it meets none. */
function innerRecords(record: RecordView, path: AnswerPath): RecordView[] {
  const { root, prefix, element } = record;
  const isInside = prefix?.every((name, index) => path[index] === name) === true;
  const [base, rest, skipped] = isInside
    ? [element, path.slice(prefix.length), prefix]
    : [root, path, [] as AnswerPath];
  const list = listOn(base, rest);
  const items = list === null ? null : follow(base, list);
  if (list === null || !Array.isArray(items)) return [record];
  return items.map((item) => ({ root: base, prefix: [...skipped, ...list], element: item }));
}

function isScalar(value: JsonValue): value is Scalar {
  return value === null || typeof value !== 'object';
}

function isObject(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPresent(value: JsonValue): boolean {
  if (value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}
