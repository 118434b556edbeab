import { literal, type Comparison, type Condition, type Operand, type Part, type Template } from '../template/ast.ts';
import { truthOf } from '../template/conditions.ts';
import { TranslationFault } from '../translation-fault.ts';
import type { Expression } from './expression.ts';

export function comparison(operator: string, left: Operand, right: Operand): Condition {
  if (left.kind === 'literal' && right.kind === 'literal' && /^[!=]=$/u.test(operator)) {
    return truthOf(literal((String(left.value) === String(right.value)) === (operator === '==')));
  }
  // The parser knows no other operators.
  return { kind: 'compare', operator: operator as Comparison, left, right };
}

export function filtered(template: Template, filter: (input: Operand) => Operand): Template {
  const [only, ...more] = template;
  if (only === undefined) return [put(filter(literal('')))];
  if (more.length > 0) throw tooInvolved();
  if (only.kind === 'put') return [put(filter(only.of))];
  if (only.kind === 'text') return [put(filter(literal(only.text)))];
  const branches = only.branches.map(({ when, gives }) => ({ when, gives: filtered(gives, filter) }));
  return [{ kind: 'choose', branches, otherwise: filtered(only.otherwise, filter) }];
}

export function put(of: Operand): Part {
  return { kind: 'put', of };
}

export function tooInvolved(): TranslationFault {
  const why = 'It works on a text that is put together itself, or is nested too much.';
  return new TranslationFault('expression.tooInvolved', why, 'Write it anew in the template language of the hub.');
}

export function isDecision(expression: Expression): boolean {
  return expression.kind === 'compare' || expression.kind === 'logic' || expression.kind === 'not';
}

export function booleanOf(expression: Expression): boolean | null {
  if (expression.kind !== 'text' || expression.quoted) return null;
  const text = expression.text.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

export function mirrored(operator: string): string {
  return operator.replace(/[<>]/u, (mark) => (mark === '<' ? '>' : '<'));
}
