import { literal, type Condition, type Operand } from './ast.ts';

/** Builders that leave out what decides nothing. */

export const always: Condition = { kind: 'truth', of: literal(true) };
export const never: Condition = { kind: 'truth', of: literal(false) };

export function isAlways(condition: Condition): boolean {
  return condition.kind === 'truth' && condition.of.kind === 'literal' && condition.of.value === true;
}

export function isNever(condition: Condition): boolean {
  return condition.kind === 'truth' && condition.of.kind === 'literal' && condition.of.value === false;
}

export function allOf(conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((each) => (each.kind === 'all' ? each.of : [each])).filter((each) => !isAlways(each));
  if (flat.some(isNever)) return never;
  const [only] = flat;
  if (only === undefined) return always;
  return flat.length === 1 ? only : { kind: 'all', of: flat };
}

export function anyOf(conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((each) => (each.kind === 'any' ? each.of : [each])).filter((each) => !isNever(each));
  if (flat.some(isAlways)) return always;
  const [only] = flat;
  if (only === undefined) return never;
  return flat.length === 1 ? only : { kind: 'any', of: flat };
}

export function notOf(condition: Condition): Condition {
  if (condition.kind === 'not') return condition.of;
  if (isAlways(condition)) return never;
  if (isNever(condition)) return always;
  if (condition.kind === 'compare' && (condition.operator === '==' || condition.operator === '!=')) {
    return { ...condition, operator: condition.operator === '==' ? '!=' : '==' };
  }
  return { kind: 'not', of: condition };
}

export function whether(condition: Condition, yes: Condition, no: Condition): Condition {
  if (isAlways(yes)) return anyOf([condition, no]);
  if (isNever(yes)) return allOf([notOf(condition), no]);
  if (isNever(no)) return allOf([condition, yes]);
  if (isAlways(no)) return anyOf([notOf(condition), yes]);
  return anyOf([allOf([condition, yes]), allOf([notOf(condition), no])]);
}

export function truthOf(operand: Operand): Condition {
  if (operand.kind !== 'literal') return { kind: 'truth', of: operand };
  const text = operand.value === null ? '' : String(operand.value).toLowerCase();
  return text === '' || text === 'false' || text === '0' ? never : always;
}
