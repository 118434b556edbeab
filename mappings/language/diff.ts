import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import type { Dictionary } from './dictionary.ts';
import { diffTables, type RowChange, type Tables, tablesUsedBy } from './diff-tables.ts';
import { comparable } from './edit-rule.ts';
import { type OutlinedRule, outlineOf } from './outline.ts';
import { isObject } from './path.ts';

export type HeadChange = DictionaryDiff['head'][number];
export interface RuleChange {
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** As written, short forms spelled out. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** What differs: `steps`, `from`, `onNull` …; for a rule that came or went, everything it says. */
  readonly parts: PartChange[];
}
export interface PartChange {
  readonly part: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** What an author changed. Spelling does not count: `steps: trim` and `steps: [trim]` are the same. */
export interface DictionaryChanges {
  readonly head: HeadChange[];
  /** Inherited rules count too: what comes out changes with them. */
  readonly rules: RuleChange[];
  /** Of the value tables either side uses; only when `tables` were given. */
  readonly rows: RowChange[];
}

export function diffDictionaries(
  before: Dictionary,
  after: Dictionary,
  tables?: { readonly before: Tables; readonly after: Tables },
): DictionaryChanges {
  const names = new Set([...tablesUsedBy(before), ...tablesUsedBy(after)]);
  const rows = tables === undefined ? [] : [...names].flatMap((name) => diffTables(name, tables));
  return { head: diffHeads(before, after), rules: diffRules(before, after), rows };
}

export function isUnchanged(changes: DictionaryChanges): boolean {
  return changes.head.length + changes.rules.length + changes.rows.length === 0;
}

const lists = new Set(['rules', 'tests']);

function diffHeads(before: Dictionary, after: Dictionary): HeadChange[] {
  return partsOf(headOf(before), headOf(after)).map(({ part, ...sides }) => ({ field: part, ...sides }));
}

function headOf({ source }: Dictionary): JsonObject {
  const head = isObject(source.value) ? source.value : {};
  return Object.fromEntries(Object.entries(head).filter(([name]) => !lists.has(name)));
}

function partsOf(before: JsonObject, after: JsonObject): PartChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((part) => ({ part, ...sidesOf(before[part], after[part]) }));
}

function sidesOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): { before?: JsonValue; after?: JsonValue } {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** Rules are told by their ids; two of one id (one for each direction) by the direction, then by their order. */
function diffRules(before: Dictionary, after: Dictionary): RuleChange[] {
  const gone = outlineOf(before).rules;
  const changes: RuleChange[] = [];
  for (const rule of outlineOf(after).rules) {
    const former = takeFormer(gone, rule);
    if (former === null) changes.push(changeOf(rule.id, null, rule.written));
    else if (!isSame(former, rule)) changes.push(changeOf(rule.id, former.written, rule.written));
  }
  return [...changes, ...gone.map((rule) => changeOf(rule.id, rule.written, null))];
}

function takeFormer(gone: OutlinedRule[], rule: OutlinedRule): OutlinedRule | null {
  const tests: ((other: OutlinedRule) => boolean)[] = [
    (other) => other.id === rule.id && isSame(other, rule),
    (other) => other.id === rule.id && other.direction === rule.direction,
    (other) => other.id === rule.id,
  ];
  for (const matches of tests) {
    const index = gone.findIndex(matches);
    if (index !== -1) return gone.splice(index, 1)[0] ?? null;
  }
  return null;
}

/** The direction counts as it works, so that a changed default of the head shows at the rules too. */
function isSame(left: OutlinedRule, right: OutlinedRule): boolean {
  return left.direction === right.direction && isDeepStrictEqual(comparable(left.written), comparable(right.written));
}

function changeOf(id: string, before: JsonObject | null, after: JsonObject | null): RuleChange {
  const change = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return { id, change, before, after, parts: partsOf(comparable(before ?? {}), comparable(after ?? {})) };
}
