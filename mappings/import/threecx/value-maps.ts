import type { CallFact } from '../dictionary/calls.ts';
import type { JsonPart, RestConnectionInput } from '../rest-connection.ts';
import { chainOf } from '../step-names.ts';
import type { Condition, Part } from '../template/ast.ts';
import { parseTemplate } from '../template/parse.ts';
import { callDirections, callTypes } from './call-words.ts';

type Steps = RestConnectionInput['steps'];

export interface ValueMaps {
  readonly facts: readonly CallFact[];
  readonly steps: Steps;
}

/**
 * A chain of choices that only turns the call's type or direction into other constants is a value table: it moves from
 * the request into the dictionary, where it can be seen, tested and changed.
 */
export function takeValueMaps(steps: Steps, first: readonly string[]): ValueMaps {
  const facts: CallFact[] = [];
  const taken = new Map<string, string>();
  const changed: Steps = { ...steps };
  for (const start of first) {
    for (const [name, step] of chainOf(steps, start)) {
      if (step.body?.kind !== 'json') continue;
      const of = replaceIn(step.body.of, (text, key) => tableFor(text, key, taken, facts));
      changed[name] = { ...step, body: { kind: 'json', of } };
    }
  }
  return { facts, steps: changed };
}

type Replace = (text: string, key: string) => string | null;

function replaceIn(part: JsonPart, replace: Replace): JsonPart {
  if (part.object !== undefined) return { ...part, object: part.object.map((each) => replaceIn(each, replace)) };
  if (part.array !== undefined) return { ...part, array: part.array.map((each) => replaceIn(each, replace)) };
  const name = part.value === undefined ? null : replace(part.value, part.key ?? '');
  return name === null ? part : { ...part, value: `{{ ${name} }}` };
}

function tableFor(text: string, key: string, taken: Map<string, string>, facts: CallFact[]): string | null {
  const known = taken.get(text);
  if (known !== undefined) return known;
  const map = mapOf(parseTemplate(text));
  if (map === null) return null;
  const plain = key.replace(/[^A-Za-z0-9_]/gu, '_');
  const base = `Mapped_${plain}`;
  const used = new Set(facts.map((fact) => fact.name));
  const name = used.has(base) ? `${base}_${facts.length}` : base;
  taken.set(text, name);
  facts.push(factOf(name, map));
  return name;
}

interface ValueMap {
  readonly of: 'CallType' | 'CallDirection';
  readonly results: ReadonlyMap<string, string>;
  readonly otherwise: string;
}

function mapOf([only, ...more]: readonly Part[]): ValueMap | null {
  if (only?.kind !== 'choose' || more.length > 0) return null;
  const results = new Map<string, string>();
  let of: ValueMap['of'] | null = null;
  for (const { when, gives } of only.branches) {
    const asked = questionOf(when);
    const result = constantOf(gives);
    if (asked === null || result === null || (of !== null && of !== asked.of)) return null;
    of = asked.of;
    if (!results.has(asked.value)) results.set(asked.value, result);
  }
  const otherwise = constantOf(only.otherwise);
  return of === null || otherwise === null ? null : { of, results, otherwise };
}

function questionOf(condition: Condition): { of: ValueMap['of']; value: string } | null {
  if (condition.kind !== 'compare' || condition.operator !== '==') return null;
  const { left, right } = condition;
  if (left.kind !== 'name' || left.scope !== 'value' || right.kind !== 'literal') return null;
  if (left.name !== 'CallType' && left.name !== 'CallDirection') return null;
  return { of: left.name, value: String(right.value) };
}

function constantOf([only, ...more]: readonly Part[]): string | null {
  if (only === undefined) return '';
  return only.kind === 'text' && more.length === 0 ? only.text : null;
}

function factOf(name: string, map: ValueMap): CallFact {
  const words = map.of === 'CallType' ? callTypes : callDirections;
  const byResult = new Map<string, string[]>();
  for (const [word, values] of words) {
    const result = map.results.get(word) ?? map.otherwise;
    byResult.set(result, [...(byResult.get(result) ?? []), ...values]);
  }
  const rows = [...byResult];
  const sample = map.results.get('Inbound') ?? map.otherwise;
  if (map.of === 'CallDirection') {
    const table = rows.map(([record, entity]) => ({ record, entity }));
    return { name, to: 'direction', steps: [{ values: { rows: table } }], sample };
  }
  const table = rows.map(([entity, record]) => ({ record, entity }));
  return { name, to: ['direction', 'outcome'], back: [{ join: { with: ' ' } }, { values: { rows: table } }], sample };
}
