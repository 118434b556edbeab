import type { Condition, Operand, Part, Scalar, Template } from './ast.ts';

/** The written form; reading it gives the same template. */
export function printTemplate(template: Template): string {
  return template.map(printPart).join('');
}

function printPart(part: Part): string {
  if (part.kind === 'put') return `{{ ${printOperand(part.of)} }}`;
  if (part.kind === 'text') return printText(part.text);
  const branches = part.branches.map(
    ({ when, gives }, index) => `{{${index === 0 ? '#if' : 'else if'} ${printCondition(when)}}}${printTemplate(gives)}`,
  );
  const otherwise = part.otherwise.length === 0 ? '' : `{{else}}${printTemplate(part.otherwise)}`;
  return `${branches.join('')}${otherwise}{{/if}}`;
}

/** A brace that could be taken for the beginning of a tag is put by a tag of its own. */
function printText(text: string): string {
  return text.replace(/\{(?=\{|$)/gu, "{{ '{' }}");
}

function printOperand(operand: Operand): string {
  if (operand.kind === 'literal') return printLiteral(operand.value);
  if (operand.kind === 'name') return operand.scope === 'config' ? `config.${operand.name}` : operand.name;
  const args = operand.args.map(printOperand).join(', ');
  return `${printOperand(operand.input)} | ${operand.name}${args === '' ? '' : `: ${args}`}`;
}

function printLiteral(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  const escaped = value
    .replace(/[\\']/gu, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

export function printCondition(condition: Condition, inside = false): string {
  switch (condition.kind) {
    case 'truth':
      return printOperand(condition.of);
    case 'compare':
      return `${printOperand(condition.left)} ${condition.operator} ${printOperand(condition.right)}`;
    case 'not':
      return `not ${isSimple(condition.of) ? printCondition(condition.of) : `(${printCondition(condition.of)})`}`;
    default: {
      const word = condition.kind === 'all' ? ' and ' : ' or ';
      const text = condition.of.map((each) => printCondition(each, true)).join(word);
      return inside ? `(${text})` : text;
    }
  }
}

function isSimple(condition: Condition): boolean {
  return condition.kind === 'truth' || condition.kind === 'compare' || condition.kind === 'not';
}
