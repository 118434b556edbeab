import { isForbiddenName } from '#mappings/language/names.ts';
import { literal, type Comparison, type Condition, type Operand, type Scalar } from './ast.ts';
import { TemplateFault } from './fault.ts';
import { filterNamed } from './filters.ts';
import type { Token } from './tokens.ts';

const deepest = 30;
const comparisons = new Set<string>(['==', '!=', '<', '>', '<=', '>=']);
const constants = new Map<string, Scalar>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

export function parseOperandIn(tokens: readonly Token[]): Operand {
  const reader = new Reader(tokens);
  const operand = reader.operand();
  reader.end();
  return operand;
}

export function parseConditionIn(tokens: readonly Token[]): Condition {
  const reader = new Reader(tokens);
  const condition = reader.any(0);
  reader.end();
  return condition;
}

class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  end(): void {
    const token = this.peek();
    if (token.text !== '' || token.kind !== 'mark') throw this.fault(`"${token.text}" is not expected here`);
  }

  any(depth: number): Condition {
    return this.list('or', 'any', depth);
  }

  operand(): Operand {
    let result = this.primary();
    while (this.take('|')) result = this.filtered(result);
    return result;
  }

  private list(word: 'or' | 'and', kind: 'any' | 'all', depth: number): Condition {
    if (depth > deepest) throw this.fault(`conditions nest deeper than ${deepest} levels`);
    const next = (): Condition => (kind === 'any' ? this.list('and', 'all', depth) : this.single(depth));
    const of = [next()];
    while (this.take(word)) of.push(next());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind, of };
  }

  private single(depth: number): Condition {
    if (depth > deepest) throw this.fault(`conditions nest deeper than ${deepest} levels`);
    if (this.take('not')) return { kind: 'not', of: this.single(depth + 1) };
    if (this.take('(')) {
      const inner = this.any(depth + 1);
      this.expect(')');
      return inner;
    }
    const left = this.operand();
    const { text, kind } = this.peek();
    if (kind !== 'mark' || !comparisons.has(text)) return { kind: 'truth', of: left };
    this.at += 1;
    // The set above holds exactly the comparisons.
    return { kind: 'compare', operator: text as Comparison, left, right: this.operand() };
  }

  private filtered(input: Operand): Operand {
    const { kind, text: name } = this.peek();
    const filter = kind === 'word' ? filterNamed(name) : null;
    if (filter === null) throw this.fault(`there is no filter "${name}"`);
    this.at += 1;
    const args: Operand[] = [];
    if (this.take(':')) {
      do args.push(this.primary());
      while (this.take(','));
    }
    const [least, most] = filter.args;
    if (args.length < least || args.length > most) {
      throw this.fault(`the filter "${name}" takes ${least === most ? least : `${least} to ${most}`} arguments`);
    }
    return { kind: 'filter', name, input, args };
  }

  private primary(): Operand {
    const token = this.peek();
    if (token.kind === 'mark') throw this.fault(`a name or a text is expected before "${token.text}"`);
    this.at += 1;
    if (token.kind === 'text') return literal(token.text);
    if (token.kind === 'number') return literal(Number(token.text));
    const constant = constants.get(token.text);
    if (constant !== undefined) return literal(constant);
    return this.name(token.text);
  }

  private name(text: string): Operand {
    const [scope, name] = text.split('.');
    if (name !== undefined && scope !== 'config') throw this.fault(`"${text}" is no name; only "config." has parts`);
    const own = name ?? text;
    if (isForbiddenName(own)) throw this.fault(`"${own}" cannot be a name here`);
    return { kind: 'name', scope: name === undefined ? 'value' : 'config', name: own };
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'mark', text: '', at: 0 };
  }

  private take(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || token.kind === 'text') return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.fault(`"${text}" is missing`);
  }

  private fault(message: string): TemplateFault {
    return new TemplateFault(message, this.peek().at);
  }
}
