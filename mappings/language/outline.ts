import type { DictionaryOutline, RuleOutline } from '#core/contract/mapping.ts';
import { entityKind, type EntityKind } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import {
  checkDictionary,
  type Dictionary,
  type LoadOptions,
  type RawRule,
  rawRules,
  readRules,
  type Rule,
} from './dictionary.ts';
import { parseRecovering, type Skipped } from './outline-recovery.ts';
import { isObject } from './path.ts';
import type { Problem } from './problem.ts';
import { directions } from './schema.ts';
import type { Source } from './source.ts';
import type { StepSpec } from './step.ts';

/** What a rule is, as far as it can be read; a rule with errors is shown too, with its problems. */
export interface OutlinedRule extends RuleOutline {
  readonly steps: StepSpec[];
  readonly back: StepSpec[] | null;
  /** The names of `steps`, for a line that has no room for arguments. */
  readonly stepNames: string[];
  readonly default?: JsonValue;
  readonly onNull: string | null;
  readonly onError: string | null;
  readonly conflict: string | null;
  readonly group: string | null;
  readonly note: string | null;
  readonly column: number;
  readonly problems: Problem[];
}

/** A dictionary as a screen draws it. It fits the contract's outline as soon as `entity` is known. */
export interface Outline extends Omit<DictionaryOutline, 'entity' | 'rules'> {
  readonly entity: EntityKind | null;
  /** Own rules in the order of the file, then the inherited ones that still hold. */
  readonly rules: OutlinedRule[];
  /** Everything that is wrong, also what belongs to no rule. */
  readonly problems: readonly Problem[];
}

/** What a text or a loaded dictionary consists of. Never throws: what cannot be read is left out and named. */
export function outlineOf(dictionary: Dictionary | string, options: Partial<LoadOptions> = {}): Outline {
  if (typeof dictionary === 'string') return outlineOfText(dictionary, { file: 'dictionary.yaml', ...options });
  const rules = ownRules(dictionary.source, [], []);
  const inherited = dictionary.rules.filter((rule) => rule.at.source !== dictionary.source);
  return {
    ...headOf(dictionary.source.value),
    // Keys of identity may come from the dictionary this one extends.
    identity: [...dictionary.identity],
    rules: [...rules, ...asInherited(inherited)],
    problems: [],
  };
}

function outlineOfText(text: string, options: LoadOptions): Outline {
  const { source, skipped, problems: unreadable } = parseRecovering(text, options.file);
  if (source === null) return { ...headOf(null), rules: [], problems: unreadable };
  const head = headOf(source.value);
  const lost = new Set(skipped.map((rule) => rule.line));
  const problems =
    skipped.length === 0
      ? problemsOfWhole(text, source, options)
      : problemsOfRules(source).filter((problem) => !lost.has(problem.line));
  const rules = ownRules(source, problems, skipped);
  return {
    ...head,
    rules: [...rules, ...inheritedRules(head, rules, source, options)],
    problems: [...skipped.map((rule) => rule.problem), ...problems],
  };
}

/** A wrong head keeps the check from looking at the rules; they are then checked on their own. */
function problemsOfWhole(text: string, source: Source, options: LoadOptions): Problem[] {
  const checked = checkDictionary(text, options).problems;
  const known = new Set(checked.map(placeOf));
  return [...checked, ...problemsOfRules(source).filter((problem) => !known.has(placeOf(problem)))];
}

function problemsOfRules(source: Source): Problem[] {
  const rules = rulesIn(source.value);
  return rules === null ? [] : readRules({ rules, direction: 'both' }, source).problems;
}

function placeOf(problem: Problem): string {
  return `${problem.line}:${problem.column} ${problem.code}`;
}

function headOf(value: JsonValue): Omit<Outline, 'rules' | 'problems'> {
  const head = isObject(value) ? value : {};
  const entity = entityKind.safeParse(head['entity']);
  const { version, identity, title } = head;
  return {
    connector: textOr(head['connector']) ?? '',
    object: textOr(head['object']) ?? '',
    entity: entity.success ? entity.data : null,
    version: typeof version === 'number' ? version : 0,
    title: isObject(title ?? null) ? textsOf(title as JsonObject) : {},
    identity: (Array.isArray(identity) ? identity : []).flatMap((name) => (typeof name === 'string' ? name : [])),
    extends: textOr(head['extends']),
  };
}

function textsOf(title: JsonObject): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [language, text] of Object.entries(title)) if (typeof text === 'string') texts[language] = text;
  return texts;
}

function rulesIn(value: JsonValue): JsonValue[] | JsonObject | null {
  const rules = isObject(value) ? value['rules'] : null;
  return Array.isArray(rules) || isObject(rules ?? null) ? (rules as JsonValue[] | JsonObject) : null;
}

/** The rules of a parsed file as written, short forms spelled out; empty when there are none to be read. */
export function writtenRules(value: JsonValue): RawRule[] {
  return rawRules(rulesIn(value) ?? []);
}

function ownRules(source: Source, problems: readonly Problem[], skipped: readonly Skipped[]): OutlinedRule[] {
  const usual = isObject(source.value) ? source.value['direction'] : undefined;
  const raw = writtenRules(source.value);
  const places = raw.map(({ at }) => placeIn(source, at));
  const last = places.at(-1);
  const end = last === undefined ? null : endOfRules(source, last);
  return raw.map(({ body }, index) => {
    const place = places[index] ?? { line: 1, column: 1 };
    const next = places[index + 1] ?? end;
    const inside = problems.filter(
      (problem) => !isBefore(problem, place) && (next === null || isBefore(problem, next)),
    );
    const unreadable = skipped.filter((rule) => rule.line === place.line).map((rule) => rule.problem);
    return {
      ...ruleOf(body, usual),
      index,
      inheritedFrom: null,
      ...place,
      problems: [...unreadable, ...inside],
    };
  });
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function isBefore(left: Place, right: Place): boolean {
  return left.line < right.line || (left.line === right.line && left.column < right.column);
}

const nothing = { code: 'schema.invalid', message: '', mend: '' } as const;

/** A short form begins with its target, which is a key. */
function placeIn(source: Source, at: RawRule['at']): Place {
  const isShort = typeof at.at(-1) === 'string';
  const { line, column } = source.problemAt(at, nothing, isShort ? 'key' : 'value');
  return { line, column };
}

/** Where the part of the file behind the rules begins, if there is one. */
function endOfRules(source: Source, last: Place): Place | null {
  const names = isObject(source.value) ? Object.keys(source.value) : [];
  const places = names.map((name) => placeIn(source, [name])).filter((place) => isBefore(last, place));
  return places.toSorted((left, right) => (isBefore(left, right) ? -1 : 1))[0] ?? null;
}

function ruleOf(
  body: JsonObject,
  usual: JsonValue | undefined,
): Omit<OutlinedRule, 'index' | 'inheritedFrom' | 'line' | 'column' | 'problems'> {
  const to = textList(body['to']);
  const from = textList(body['from']);
  const steps = stepList(body['steps']);
  const { value, default: otherwise } = body;
  const direction = directionOf(body['direction']) ?? (value === undefined ? directionOf(usual) : null) ?? 'both';
  return {
    id: (to.length > 0 ? to : from).join(', '),
    to,
    from,
    ...(value === undefined ? {} : { value }),
    steps,
    back: body['back'] === undefined ? null : stepList(body['back']),
    stepNames: steps.map(stepName),
    direction,
    ...(otherwise === undefined ? {} : { default: otherwise }),
    onNull: textOr(body['onNull']),
    onError: textOr(body['onError']),
    conflict: textOr(body['conflict']),
    group: textOr(body['group']),
    note: textOr(body['note']),
    written: body,
  };
}

function directionOf(value: JsonValue | undefined): OutlinedRule['direction'] | null {
  return directions.find((direction) => direction === value) ?? null;
}

function textOr(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textList(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => (typeof item === 'string' ? item : []));
}

function stepList(value: JsonValue | undefined): StepSpec[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) =>
    typeof item === 'string' || isObject(item ?? null) ? [item as StepSpec] : [],
  );
}

function stepName(step: StepSpec): string {
  return typeof step === 'string' ? step : (Object.keys(step)[0] ?? '');
}

function inheritedRules(
  head: Pick<Outline, 'extends'>,
  own: readonly OutlinedRule[],
  source: Source,
  options: LoadOptions,
): OutlinedRule[] {
  const parent = head.extends === null ? null : (options.parent?.(head.extends) ?? null);
  const without = isObject(source.value) ? textList(source.value['without']) : [];
  const replaced = new Set([...own.map((rule) => rule.id), ...without]);
  return asInherited((parent?.rules ?? []).filter((rule) => !replaced.has(rule.id)));
}

function asInherited(rules: readonly Rule[]): OutlinedRule[] {
  const bodies = new Map<Source, Map<string, JsonObject>>();
  return rules.map(({ at: { source, path } }) => {
    const written =
      bodies.get(source) ?? new Map(writtenRules(source.value).map(({ body, at }) => [at.join('\n'), body]));
    bodies.set(source, written);
    const usual = isObject(source.value) ? source.value['direction'] : undefined;
    return {
      ...ruleOf(written.get(path.join('\n')) ?? {}, usual),
      index: null,
      inheritedFrom: source.file.replace(/\.(?:ya?ml|json)$/, ''),
      ...placeIn(source, path),
      problems: [],
    };
  });
}
