import type { Condition, Operand, Template } from './ast.ts';

export interface UsedNames {
  readonly config: Set<string>;
  readonly value: Set<string>;
}

/** The names a template asks for, added to those known already. */
export function namesIn(template: Template, into: UsedNames): UsedNames {
  for (const part of template) {
    if (part.kind === 'put') operandNames(part.of, into);
    if (part.kind !== 'choose') continue;
    for (const { when, gives } of part.branches) {
      conditionNames(when, into);
      namesIn(gives, into);
    }
    namesIn(part.otherwise, into);
  }
  return into;
}

export function conditionNames(condition: Condition, into: UsedNames): UsedNames {
  if (condition.kind === 'truth') operandNames(condition.of, into);
  else if (condition.kind === 'not') conditionNames(condition.of, into);
  else if (condition.kind === 'compare') {
    operandNames(condition.left, into);
    operandNames(condition.right, into);
  } else for (const each of condition.of) conditionNames(each, into);
  return into;
}

function operandNames(operand: Operand, into: UsedNames): void {
  if (operand.kind === 'name') into[operand.scope].add(operand.name);
  if (operand.kind === 'filter') for (const each of [operand.input, ...operand.args]) operandNames(each, into);
}
