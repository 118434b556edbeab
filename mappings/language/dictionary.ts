import type { EntityKind } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { checkRules } from './check.ts';
import { isPathFault, isObject, parsePath, type Path } from './path.ts';
import { checkSteps } from './pipeline.ts';
import { DictionaryError, hasErrors, type Problem } from './problem.ts';
import { type DictionaryHead, type DictionaryTest, headSchema, type RuleDefinition, ruleSchema } from './schema.ts';
import { parseSource, type Source, type SourcePath } from './source.ts';
import type { StepSpec } from './step.ts';
import type { ValueTable } from './value-table.ts';
import { problemsOf } from './zod-problems.ts';

/** One rule with its short forms written out. `from` is on the record's side, `to` on the entity's. */
export interface Rule {
  /** The target paths (or, for a constant written to the record, its source paths): what traces and events name. */
  readonly id: string;
  readonly to: readonly Path[];
  readonly from: readonly Path[];
  readonly value: JsonValue | undefined;
  readonly steps: readonly StepSpec[];
  readonly back: readonly StepSpec[] | null;
  readonly defaults: { readonly read?: JsonValue; readonly write?: JsonValue };
  readonly onNull: 'keep' | 'omit' | 'default' | 'fail';
  readonly onError: 'omit' | 'null' | 'default' | 'fail';
  readonly required: boolean;
  readonly conflict: string | null;
  readonly group: string | null;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly at: { readonly source: Source; readonly path: SourcePath };
}

export interface Dictionary {
  readonly connector: string;
  readonly object: string;
  readonly entity: EntityKind;
  readonly version: number;
  readonly title: Readonly<Record<string, string>>;
  readonly identity: readonly string[];
  readonly rules: readonly Rule[];
  readonly tests: readonly DictionaryTest[];
  readonly file: string;
  readonly source: Source;
}

export interface LoadOptions {
  /** Shown in problems. */
  readonly file: string;
  /** Known value tables; without them, table names are checked when the dictionary is compiled. */
  readonly values?: ReadonlyMap<string, ValueTable>;
  /** Finds the dictionary named by `extends`. */
  readonly parent?: (name: string) => Dictionary | null;
}

const maxRules = 2000;
/** More than anybody mends before looking again. */
const mostProblems = 500;

/** Reads a dictionary or throws a `DictionaryError` with everything that is wrong with it. */
export function loadDictionary(text: string, options: LoadOptions): Dictionary {
  const { dictionary, problems } = checkDictionary(text, options);
  if (dictionary === null || hasErrors(problems)) throw new DictionaryError(problems);
  return dictionary;
}

/** The same without throwing: for the linter and the editor, which also show warnings. */
export function checkDictionary(
  text: string,
  options: LoadOptions,
): { dictionary: Dictionary | null; problems: readonly Problem[] } {
  const parsed = parseSource(text, options.file);
  const { source } = parsed;
  if (source === null) return { dictionary: null, problems: parsed.problems };
  const head = headSchema.safeParse(source.value);
  if (!head.success) return { dictionary: null, problems: problemsOf(head.error, headSchema, source) };
  const { rules, problems } = readRules(head.data, source);
  const parent = readParent(head.data, source, options);
  const merged = inherit(parent.dictionary, rules, head.data.without);
  problems.push(...parent.problems);
  if (problems.length === 0 && merged.length > maxRules) problems.push(tooManyRules(merged.length, source));
  if (hasErrors(problems)) return { dictionary: null, problems: problems.slice(0, mostProblems) };
  const dictionary: Dictionary = {
    connector: head.data.connector,
    object: head.data.object,
    entity: head.data.entity,
    version: head.data.version,
    title: head.data.title ?? {},
    identity: head.data.identity.length > 0 ? head.data.identity : (parent.dictionary?.identity ?? []),
    rules: merged,
    tests: head.data.tests,
    file: options.file,
    source,
  };
  problems.push(...checkRules(dictionary, options.values));
  return { dictionary: hasErrors(problems) ? null : dictionary, problems: problems.slice(0, mostProblems) };
}

function tooManyRules(count: number, source: Source): Problem {
  const message = `There are ${count} rules; the limit is ${maxRules}.`;
  const what = { code: 'rules.tooMany', message, mend: 'Split the dictionary by object.' } as const;
  return source.problemAt(['rules'], what);
}

function readParent(
  head: DictionaryHead,
  source: Source,
  options: LoadOptions,
): { dictionary: Dictionary | null; problems: Problem[] } {
  if (head.extends === undefined) return { dictionary: null, problems: [] };
  const dictionary = options.parent?.(head.extends) ?? null;
  if (dictionary !== null && dictionary.entity === head.entity) return { dictionary, problems: [] };
  const why = dictionary === null ? 'There is no' : 'Another entity has the';
  const what = {
    code: 'extends.missing',
    message: `${why} dictionary "${head.extends}" to extend.`,
    mend: 'Name a dictionary of the same entity as connector/object.',
  } as const;
  return { dictionary: null, problems: [source.problemAt(['extends'], what)] };
}

/** A rule with the same target takes the place of the inherited one; new ones follow. */
function inherit(parent: Dictionary | null, own: readonly Rule[], without: readonly string[]): readonly Rule[] {
  if (parent === null) return own;
  const mine = new Map(own.map((rule) => [rule.id, rule]));
  const dropped = new Set(without);
  const kept = parent.rules.filter((rule) => !dropped.has(rule.id));
  const inherited = new Set(kept.map((rule) => rule.id));
  return [...kept.map((rule) => mine.get(rule.id) ?? rule), ...own.filter((rule) => !inherited.has(rule.id))];
}

export interface RawRule {
  readonly body: JsonObject;
  readonly at: SourcePath;
}

/** The rules of a file whose head may be wrong: the outline shows them all the same. */
export function readRules(
  head: Pick<DictionaryHead, 'rules' | 'direction'>,
  source: Source,
): { rules: Rule[]; problems: Problem[] } {
  const raw = rawRules(head.rules);
  if (raw.length > maxRules) {
    return { rules: [], problems: [tooManyRules(raw.length, source)] };
  }
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  for (const { body, at } of raw) {
    const parsed = ruleSchema.safeParse(body);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, ruleSchema, source, at));
    else {
      const read = readRule(parsed.data, head, { source, path: at });
      problems.push(...read.problems);
      if (read.rule !== null) rules.push(read.rule);
    }
  }
  return { rules, problems };
}

/** A lone key is a short form, whatever field it names, but for the words that can begin a rule someone left unfinished. */
export const ruleWords: ReadonlySet<string> = new Set(['to', 'from', 'value']);

/** `to: from`, `to: { from, … }`, `- { to, from, … }` and `- to: from` all become bodies with `to` and `from`. */
export function rawRules(rules: DictionaryHead['rules']): RawRule[] {
  const asObject = (value: unknown): JsonObject => (isObject(value as JsonValue) ? (value as JsonObject) : {});
  const fromPair = (to: string, value: unknown): JsonObject =>
    typeof value === 'string' || Array.isArray(value) ? { to, from: value as JsonValue } : { to, ...asObject(value) };
  if (!Array.isArray(rules)) {
    return Object.entries(rules).map(([to, value]) => ({ body: fromPair(to, value), at: ['rules', to] }));
  }
  return rules.map((item, index) => {
    const body = asObject(item);
    const [key, ...others] = Object.keys(body);
    if (key === undefined || others.length > 0 || ruleWords.has(key)) return { body, at: ['rules', index] };
    return { body: fromPair(key, body[key]), at: ['rules', index, key] };
  });
}

function readRule(
  body: RuleDefinition,
  head: Pick<DictionaryHead, 'direction'>,
  at: Rule['at'],
): { rule: Rule | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const to = readPaths(body.to, 'to', at, problems);
  const from = readPaths(body.from, 'from', at, problems);
  const steps = listOf(body.steps);
  const back = body.back === undefined ? null : listOf(body.back);
  problems.push(...checkSteps(steps, at.source, [...at.path, 'steps']));
  problems.push(...checkSteps(back ?? [], at.source, [...at.path, 'back']));
  problems.push(...checkSides(body, at));
  if (hasErrors(problems)) return { rule: null, problems };
  const isConstant = body.value !== undefined;
  const direction = body.direction ?? (isConstant ? 'both' : head.direction);
  const rule: Rule = {
    id: (to.length > 0 ? to : from).map((path) => path.text).join(', '),
    to,
    from,
    value: body.value,
    steps,
    back,
    ...policiesOf(body),
    reads: direction !== 'write' && to.length > 0,
    writes: direction !== 'read' && from.length > 0,
    at,
  };
  return { rule, problems };
}

function policiesOf(
  body: RuleDefinition,
): Pick<Rule, 'defaults' | 'onNull' | 'onError' | 'required' | 'conflict' | 'group'> {
  return {
    defaults: defaultsOf(body.default),
    onNull: body.onNull ?? (body.default === undefined ? 'keep' : 'default'),
    onError: body.onError ?? 'omit',
    required: body.required ?? false,
    conflict: body.conflict ?? null,
    group: body.group ?? null,
  };
}

function checkSides(body: RuleDefinition, at: Rule['at']): Problem[] {
  const isConstant = body.value !== undefined;
  const hasTo = body.to !== undefined;
  const hasFrom = body.from !== undefined;
  if (isConstant ? hasTo || hasFrom : hasTo && hasFrom) return [];
  const message = isConstant ? 'A constant needs "to" or "from".' : 'A rule needs "to" and "from".';
  const mend = '"from" is the field of the record, "to" the field of the entity.';
  return [at.source.problemAt(at.path, { code: 'schema.invalid', message, mend })];
}

function readPaths(
  names: string | string[] | undefined,
  side: 'to' | 'from',
  at: Rule['at'],
  problems: Problem[],
): Path[] {
  const paths: Path[] = [];
  for (const text of names === undefined ? [] : listOf(names)) {
    const path = parsePath(text);
    if (isPathFault(path)) {
      const mend = 'Write names with dots and brackets: address.city, emails[0].address, phones[label=work].number.';
      problems.push(at.source.problemAt([...at.path, side], { code: path.code, message: path.message, mend }));
    } else paths.push(path);
  }
  return paths;
}

function listOf<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** `{ read, write }` gives one for each direction; anything else is the entity's. */
function defaultsOf(value: JsonValue | undefined): Rule['defaults'] {
  if (value === undefined) return {};
  if (isObject(value) && Object.keys(value).every((key) => key === 'read' || key === 'write')) return value;
  return { read: value };
}
