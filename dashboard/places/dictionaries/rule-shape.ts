/** Rules as forms and tables see them. Pure. */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { MappingDirection, MappingTrace, MappingTraceRow, RuleOutline } from '#core/contract/mapping.ts';
import { readSteps, stepWords } from './step-shape.ts';

export function pathsOf(value: JsonValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  return [value].flat().map(String);
}

/** Own rules are known by their position, inherited ones by their id. */
export function ruleKey({ index, id }: Pick<RuleOutline, 'index' | 'id'>): string {
  return index === null ? `inherited ${id}` : ownRuleKey(index);
}
export const ownRuleKey = (index: number) => `own ${index}`;

/** Where an added rule will stand. */
export function nextIndex(rules: readonly RuleOutline[]): number {
  return rules.filter((rule) => rule.index !== null).length;
}

/** One path is written bare, several as a list, none not at all. */
export function writtenPaths(paths: readonly string[]): JsonValue | undefined {
  const named = paths.map((path) => path.trim()).filter((path) => path !== '');
  return named.length > 1 ? [...named] : named[0];
}

/** Sets a part of a rule, or takes it out. The order of the parts stays. */
export function withPart(rule: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...rule, [name]: value };
  const { [name]: _gone, ...rest } = rule;
  return rest;
}

/** The rule two picked fields mean. A field dropped on the free part of an entity gets a place of its own there. */
export function ruleBetween(record: string, entity: string): JsonObject {
  return { to: entity === 'custom' ? `custom.${plainName(record)}` : entity, from: record };
}

function plainName(path: string): string {
  const words = path.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('');
}

export function stepLine(rule: RuleOutline, direction: MappingDirection): string {
  if (direction === 'write' && rule.back !== null) return readSteps(rule.back).map(stepWords).join(' · ');
  const steps = readSteps(rule.steps).map(stepWords);
  return (direction === 'read' ? steps : steps.toReversed()).join(' · ');
}

/** `firstname → firstName`: arrows show the ways a rule goes. */
export function ruleWords(rule: Pick<RuleOutline, 'from' | 'to' | 'direction' | 'value'>): string {
  const arrow = { both: '↔', read: '→', write: '←' }[rule.direction];
  const constant = rule.value === undefined ? '' : JSON.stringify(rule.value);
  const [left, right] = [rule.from.join(' + '), rule.to.join(' + ')];
  return `${left === '' ? constant : left} ${arrow} ${right === '' ? constant : right}`;
}

export function rowOf(trace: MappingTrace | null, ruleId: string): MappingTraceRow | null {
  return trace?.rows.find((row) => row.rule === ruleId) ?? null;
}

/** What the sample shows for one path of a rule: lists of several paths are dealt out. */
export function sideValue(
  rule: RuleOutline,
  path: string,
  { row, isInput }: { readonly row: MappingTraceRow; readonly isInput: boolean },
): JsonValue | undefined {
  const value = isInput ? row.from : row.to;
  const paths = rule.from.includes(path) ? rule.from : rule.to;
  return paths.length > 1 && Array.isArray(value) ? value[paths.indexOf(path)] : value;
}
