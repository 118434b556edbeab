import { counted } from '../findings.ts';
import { joined, literal, textPart, type Condition, type Operand, type Template } from '../template/ast.ts';
import { allOf, anyOf, isAlways, isNever, notOf, truthOf, whether } from '../template/conditions.ts';
import { printCondition, printTemplate } from '../template/print.ts';
import { type Expression, ExpressionFault } from './expression.ts';
import { parseExpression, parseText } from './parse-expression.ts';
import { booleanOf, comparison, filtered, isDecision, mirrored, put, tooInvolved } from './translated-parts.ts';
import { methodFilter } from './methods.ts';
import { safeName } from '../safe-name.ts';
import type { Spot } from './scope.ts';
import { TranslationFault } from '../translation-fault.ts';
import { isTime, zoneOf } from './variables.ts';

/** A text with expressions as a template of the hub; null, with a finding, when it has no counterpart. */
export function translateText(text: string, spot: Spot): string | null {
  return attempt(text, spot, () => printTemplate(new Translator(spot).template(parseText(text), spot.passes)));
}

/** A condition; undefined when it decides nothing, null when it has no counterpart. */
export function translateCondition(text: string, spot: Spot): Condition | undefined | null {
  if (text.trim() === '') return undefined;
  return attempt(text, spot, () => new Translator({ ...spot, use: 'condition' }).condition(parseExpression(text)));
}

export function printedCondition(condition: Condition | undefined | null): string | undefined {
  if (condition === undefined || condition === null || isNever(condition)) return undefined;
  return printCondition(condition);
}

function attempt<T>(text: string, { scope, place }: Spot, run: () => T): T | null {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof TranslationFault) {
      scope.findings.lost(thrown.code, place, { what: text, why: thrown.message, mend: thrown.mend });
    } else if (thrown instanceof ExpressionFault) {
      const mend = 'Write it anew in the template language of the hub.';
      scope.findings.lost('expression.unreadable', place, {
        what: text,
        why: `It cannot be read: ${thrown.message}.`,
        mend,
      });
    } else throw thrown;
    return null;
  }
}

/** IIf inside IIf doubles what stands around it; beyond this nobody could read the result. */
const mostNodes = 3000;

class Translator {
  private readonly spot: Spot;
  private nodes = 0;

  constructor(spot: Spot) {
    this.spot = spot;
  }

  template(expression: Expression, rounds: number): Template {
    this.count();
    switch (expression.kind) {
      case 'text':
        return joined([textPart(expression.text)]);
      case 'joined':
        return joined(expression.of.flatMap((each) => this.template(each, rounds)));
      case 'again':
        return this.again(expression.of, rounds);
      case 'variable':
        return this.shown(expression.name, rounds);
      case 'method':
        return this.method(expression, rounds);
      case 'call':
        return this.call(expression, rounds);
      default:
        return [
          {
            kind: 'choose',
            branches: [{ when: this.condition(expression), gives: [textPart('True')] }],
            otherwise: [textPart('False')],
          },
        ];
    }
  }

  condition(expression: Expression): Condition {
    this.count();
    switch (expression.kind) {
      case 'logic': {
        const of = expression.of.map((each) => this.condition(each));
        return expression.operator === '&&' ? allOf(of) : anyOf(of);
      }
      case 'not':
        return notOf(this.condition(expression.of));
      case 'compare':
        return this.compare(expression.operator, expression.left, expression.right);
      case 'again':
        return this.condition(expression.of);
      case 'call': {
        const { when, yes, no } = this.choice(expression);
        return whether(this.condition(when), this.condition(yes), this.condition(no));
      }
      default:
        return truthOf(this.operand(expression));
    }
  }

  private compare(operator: string, left: Expression, right: Expression): Condition {
    this.count();
    const [inner, outer] = left.kind === 'again' ? [left.of, right] : [left, right];
    if (inner.kind === 'call') {
      const { when, yes, no } = this.choice(inner);
      return whether(this.condition(when), this.compare(operator, yes, outer), this.compare(operator, no, outer));
    }
    if (outer.kind === 'call') return this.compare(mirrored(operator), outer, inner);
    const isEquality = operator === '==' || operator === '!=';
    const constant = isEquality && isDecision(inner) ? booleanOf(outer) : null;
    if (constant !== null) {
      const decided = this.condition(inner);
      return constant === (operator === '==') ? decided : notOf(decided);
    }
    return comparison(operator, this.operand(inner), this.operand(outer));
  }

  private again(of: Expression, rounds: number): Template {
    if (of.kind === 'variable' && this.spot.scope.setting(of.name) === null) {
      this.spot.scope.findings.changed('expression.function', this.spot.place, {
        what: `[[${of.name}]]`,
        why: 'What a caller or an answer says is never read as an expression here.',
        mend: 'Nothing, unless the CRM sends expressions on purpose.',
      });
    }
    return this.template(of, rounds + 1);
  }

  /** A variable in a text. Times without a format take one. */
  private shown(name: string, rounds: number): Template {
    if (name === 'LineBreak') return [textPart('\n')];
    if (name === 'RecordingHyperLink') {
      return [textPart('<a href="'), put(this.variable('RecordingUrl', rounds)), textPart('">Recording</a>')];
    }
    const operand = this.variable(name, rounds);
    if (!isTime(name) || operand.kind !== 'name' || operand.scope === 'config') return [put(operand)];
    this.spot.scope.findings.changed('expression.format', this.spot.place, {
      what: `[${name}]`,
      why: 'Without a format its look depends on the language the exchange is set to.',
      mend: 'It is now written as yyyy-MM-dd HH:mm:ss; change the format if the CRM wants another one.',
    });
    const zone = zoneOf(name);
    const args = [literal('yyyy-MM-dd HH:mm:ss'), ...(zone === null ? [] : [literal(zone)])];
    return [put({ kind: 'filter', name: 'date', input: operand, args })];
  }

  private variable(name: string, rounds: number): Operand {
    const { scope, place } = this.spot;
    const safe = safeName(name);
    if (safe === null) {
      throw new TranslationFault('variable.name', `"${name}" cannot be a name in the hub.`, 'Give it another name.');
    }
    const setting = scope.setting(name);
    if (setting !== null) {
      if (rounds >= 2 && setting.type === 'text') setting.isTemplate = true;
      return { kind: 'name', scope: 'config', name: safe };
    }
    scope.used.add(safe);
    if (!scope.isKnown(name)) {
      scope.findings.lost('expression.variable', place, {
        what: `[${name}]`,
        why: 'Neither a parameter nor a variable has this name, so it is always empty.',
        mend: 'Check the spelling in the template.',
      });
    }
    return { kind: 'name', scope: 'value', name: safe === 'DurationTimespan' ? 'Duration' : safe };
  }

  private method(expression: Extract<Expression, { kind: 'method' }>, rounds: number): Template {
    const args = expression.args.map((each) => this.operand(each));
    if (args.some((each) => each.kind === 'filter')) throw tooInvolved();
    const filter = methodFilter(expression.name, args, this.spot);
    const { of } = expression;
    const input = of.kind === 'variable' ? [put(this.variable(of.name, rounds))] : this.template(of, rounds);
    return filtered(input, filter);
  }

  private call(expression: Extract<Expression, { kind: 'call' }>, rounds: number): Template {
    const { when, yes, no } = this.choice(expression);
    const condition = this.condition(when);
    const [gives, otherwise] = [this.template(yes, rounds), this.template(no, rounds)];
    if (isAlways(condition)) return gives;
    if (isNever(condition)) return otherwise;
    const [only] = otherwise;
    // IIf in the last place of IIf is one choice with several branches.
    if (otherwise.length === 1 && only?.kind === 'choose') {
      return [{ ...only, branches: [{ when: condition, gives }, ...only.branches] }];
    }
    return [{ kind: 'choose', branches: [{ when: condition, gives }], otherwise }];
  }

  private choice(expression: Extract<Expression, { kind: 'call' }>) {
    const [when, yes, no] = expression.args;
    if (expression.name.toLowerCase() === 'iif' && when && yes && no && expression.args.length === 3) {
      return { when, yes, no };
    }
    const why = `The hub has no counterpart of ${expression.name}() with ${counted(expression.args.length, 'argument')}.`;
    throw new TranslationFault(
      'expression.function',
      why,
      'Write the value with the filters of the template language.',
    );
  }

  /** One value to compare, or to give a filter. */
  private operand(expression: Expression): Operand {
    if (expression.kind === 'text') {
      const constant = booleanOf(expression);
      return literal(constant ?? expression.text);
    }
    if (expression.kind === 'variable') return this.variable(expression.name, 1);
    const template = this.template(expression, 1);
    const [only, ...more] = template;
    if (only === undefined) return literal('');
    if (only.kind === 'put' && more.length === 0) return only.of;
    throw tooInvolved();
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > mostNodes) throw tooInvolved();
  }
}
