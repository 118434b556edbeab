import type { Condition, Operand, Scalar, Template } from './ast.ts';
import { filterNamed, numberOf, spell } from './filters.ts';
import { parseTemplate } from './parse.ts';

export interface Values {
  /** Settings of the connection. */
  readonly config: ReadonlyMap<string, Scalar>;
  /** What is known of this call, contact or answer. */
  readonly values: ReadonlyMap<string, Scalar>;
  /** Settings whose text is a template itself: rendered where they are named. What is in `values` never is. */
  readonly templates: ReadonlySet<string>;
  readonly timeZone: string;
}

/** Makes an inserted value harmless for where it stands; `soFar` is the text rendered before it. */
export type Escape = (text: string, soFar: string, origin: 'config' | 'value') => string;

const longestText = 1_000_000;
const deepestTemplates = 3;

/** Total: a name without a value is empty, a setting whose template cannot be read stands as it is. */
export function renderTemplate(template: Template, values: Values, escape: Escape, soFar = ''): string {
  return renderParts(template, { values, escape, depth: 0 }, soFar).slice(soFar.length);
}

export function evaluateCondition(condition: Condition, values: Values): boolean {
  switch (condition.kind) {
    case 'truth':
      return isTrue(evaluate(condition.of, values, 0));
    case 'compare':
      return compare(condition.operator, evaluate(condition.left, values, 0), evaluate(condition.right, values, 0));
    case 'not':
      return !evaluateCondition(condition.of, values);
    case 'all':
      return condition.of.every((each) => evaluateCondition(each, values));
    default:
      return condition.of.some((each) => evaluateCondition(each, values));
  }
}

interface Rendering {
  readonly values: Values;
  readonly escape: Escape;
  readonly depth: number;
}

function renderParts(template: Template, rendering: Rendering, soFar: string): string {
  let text = soFar;
  for (const part of template) {
    if (text.length > longestText) return text.slice(0, longestText);
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'put') {
      const value = spell(evaluate(part.of, rendering.values, rendering.depth));
      text += rendering.escape(value, text, originOf(part.of));
    } else {
      const chosen = part.branches.find(({ when }) => evaluateCondition(when, rendering.values));
      text = renderParts(chosen?.gives ?? part.otherwise, rendering, text);
    }
  }
  return text;
}

/** Whether every part of a value comes from the settings. A literal does too: the author wrote both. */
function originOf(operand: Operand): 'config' | 'value' {
  if (operand.kind === 'name') return operand.scope;
  if (operand.kind === 'literal') return 'config';
  return [operand.input, ...operand.args].every((each) => originOf(each) === 'config') ? 'config' : 'value';
}

function evaluate(operand: Operand, values: Values, depth: number): Scalar {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'name') return lookUp(operand, values, depth);
  const filter = filterNamed(operand.name);
  const input = evaluate(operand.input, values, depth);
  const args = operand.args.map((each) => evaluate(each, values, depth));
  return filter === null ? input : filter.apply(input, args, values);
}

function lookUp(operand: Extract<Operand, { kind: 'name' }>, values: Values, depth: number): Scalar {
  if (operand.scope === 'value') return values.values.get(operand.name) ?? null;
  const setting = values.config.get(operand.name) ?? null;
  if (typeof setting !== 'string' || !values.templates.has(operand.name) || depth >= deepestTemplates) return setting;
  try {
    return renderParts(parseTemplate(setting), { values, escape: (text) => text, depth: depth + 1 }, '');
  } catch {
    return setting;
  }
}

function isTrue(value: Scalar): boolean {
  if (typeof value !== 'string') return value !== null && value !== false && value !== 0;
  return value !== '' && value.toLowerCase() !== 'false';
}

function compare(operator: string, left: Scalar, right: Scalar): boolean {
  if (operator === '==') return isSame(left, right);
  if (operator === '!=') return !isSame(left, right);
  const a = numberOf(left);
  const b = numberOf(right);
  const order = a !== null && b !== null ? a - b : spell(left) < spell(right) ? -1 : Number(spell(left) > spell(right));
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** Null is the empty text, and yes and no may be written large or small: templates compare what people see. */
function isSame(left: Scalar, right: Scalar): boolean {
  const a = spell(left);
  const b = spell(right);
  if (a === b) return true;
  const isBoolean = typeof left === 'boolean' || typeof right === 'boolean';
  return isBoolean && a.toLowerCase() === b.toLowerCase();
}
