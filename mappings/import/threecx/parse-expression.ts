import { type Expression, ExpressionFault } from './expression.ts';

const deepest = 40;
const longest = 20_000;

/** A text with expressions in it, as URLs, values and outputs have it. */
export function parseText(text: string): Expression {
  return new Parser(text).whole();
}

/** A bare expression, as `SkipIf` and `If` have it. */
export function parseExpression(text: string): Expression {
  return new Parser(text).expression();
}

const operators = ['==', '!=', '<=', '>=', '<', '>'] as const;

class Parser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    if (text.length > longest) throw new ExpressionFault(`it has more than ${longest} characters`);
    this.text = text;
  }

  whole(): Expression {
    const parts: Expression[] = [];
    let plain = '';
    while (this.at < this.text.length) {
      const escaped = this.escape();
      if (escaped !== null) plain += escaped;
      else if (this.text[this.at] === '[') {
        parts.push(unquoted(plain), this.bracket(0));
        plain = '';
      } else {
        plain += this.text.charAt(this.at);
        this.at += 1;
      }
    }
    parts.push(unquoted(plain));
    return joinedOf(parts);
  }

  expression(): Expression {
    const result = this.any(0);
    if (this.at < this.text.length) throw this.fault(`"${this.text.slice(this.at, this.at + 20)}" is not expected`);
    return result;
  }

  /** After "[": a name, a call, or something in brackets with methods behind it. */
  private bracket(depth: number): Expression {
    this.check(depth);
    this.expect('[');
    this.blanks();
    if (this.text[this.at] === '[') return this.doubleBracket(depth);
    const call = /^[A-Za-z_]\w*(?=\()/u.exec(this.text.slice(this.at, this.at + 80))?.[0];
    if (call !== undefined) {
      const result = this.methods(this.call(call, depth), depth);
      this.expect(']');
      return result;
    }
    const end = this.text.indexOf(']', this.at);
    if (end === -1) throw this.fault('"[" is never closed with "]"');
    const name = this.text.slice(this.at, end).trim();
    if (!/^[\p{L}_][\p{L}\p{N}_ .-]{0,99}$/u.test(name)) throw this.fault(`"[${name.slice(0, 40)}]" is no variable`);
    this.at = end + 1;
    return { kind: 'variable', name };
  }

  private doubleBracket(depth: number): Expression {
    const first = this.methods(this.bracket(depth + 1), depth);
    if (this.take(']')) return first.kind === 'method' ? first : { kind: 'again', of: first };
    // `[[A]==[B]]`, `[[A] [B]]`: an expression of its own.
    const rest = this.rest(first, depth + 1);
    this.expect(']');
    return rest.kind === 'joined' ? { kind: 'again', of: rest } : rest;
  }

  private methods(start: Expression, depth: number): Expression {
    let result = start;
    for (let count = 0; this.text[this.at] === '.'; count += 1) {
      this.check(depth + count);
      const name = /^\.([A-Za-z_]\w*)\(/u.exec(this.text.slice(this.at, this.at + 80))?.[1];
      if (name === undefined) break;
      this.at += name.length + 1;
      result = { kind: 'method', of: result, name, args: this.args(depth + 1) };
    }
    return result;
  }

  private call(name: string, depth: number): Expression {
    this.at += name.length;
    return { kind: 'call', name, args: this.args(depth + 1) };
  }

  private args(depth: number): Expression[] {
    this.expect('(');
    const args: Expression[] = [];
    this.blanks();
    if (this.take(')')) return args;
    do args.push(this.any(depth));
    while (this.take(','));
    this.expect(')');
    return args;
  }

  private any(depth: number): Expression {
    return this.logic('||', depth);
  }

  private rest(first: Expression, depth: number): Expression {
    return this.logic('||', depth, first);
  }

  private logic(operator: '&&' | '||', depth: number, first?: Expression): Expression {
    this.check(depth);
    const next = (start?: Expression): Expression =>
      operator === '||' ? this.logic('&&', depth, start) : this.comparison(depth, start);
    const of = [next(first)];
    while (this.take(operator)) of.push(next());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: 'logic', operator, of };
  }

  private comparison(depth: number, first?: Expression): Expression {
    this.check(depth);
    this.blanks();
    if (first === undefined && this.text[this.at] === '!' && this.text[this.at + 1] !== '=') {
      this.at += 1;
      return { kind: 'not', of: this.comparison(depth + 1) };
    }
    const left = this.operand(depth, first);
    const operator = operators.find((each) => this.take(each));
    return operator === undefined ? left : { kind: 'compare', operator, left, right: this.operand(depth) };
  }

  /** Texts, quoted texts and brackets one after another, up to an operator or the end of an argument. */
  private operand(depth: number, first?: Expression): Expression {
    const parts: Expression[] = first === undefined ? [] : [first];
    if (first === undefined) this.blanks();
    if (first === undefined && this.take('(')) {
      const inner = this.any(depth + 1);
      this.expect(')');
      if (inner.kind !== 'text') return inner;
      parts.push(unquoted(`(${inner.text})`));
    }
    while (this.at < this.text.length && !this.isEnd()) {
      const mark = this.text[this.at];
      if (mark === '[') parts.push(this.methods(this.bracket(depth + 1), depth));
      else if (mark === '"') parts.push(this.quoted());
      else parts.push(this.bare(depth));
    }
    return joinedOf(trimmed(parts));
  }

  private quoted(): Expression {
    const end = this.text.indexOf('"', this.at + 1);
    if (end === -1) throw this.fault('a text in quotes is never closed with "');
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return { kind: 'text', text: text.replaceAll('{{', '[').replaceAll('}}', ']'), quoted: true };
  }

  private bare(depth: number): Expression {
    const call = /^[A-Za-z_]\w*(?=\()/u.exec(this.text.slice(this.at, this.at + 80))?.[0];
    if (call !== undefined) return this.methods(this.call(call, depth), depth);
    const from = this.at;
    let text = '';
    while (this.at < this.text.length && !this.isEnd() && this.text[this.at] !== '[' && this.text[this.at] !== '"') {
      const escaped = this.escape();
      text += escaped ?? this.text.charAt(this.at);
      if (escaped === null) this.at += 1;
    }
    if (this.at === from) throw this.fault(`"${this.text.charAt(from)}" is not expected`);
    return unquoted(text);
  }

  private isEnd(): boolean {
    const here = this.text.slice(this.at, this.at + 2);
    return /^(?:[,)\]]|\|\||&&|==|!=|[<>])/u.test(here);
  }

  private escape(): string | null {
    const pair = this.text.slice(this.at, this.at + 2);
    const mark = { '{{': '[', '}}': ']', '^^': '"' }[pair];
    if (mark === undefined) return null;
    this.at += 2;
    return mark;
  }

  private blanks(): void {
    while (/\s/u.test(this.text.charAt(this.at))) this.at += 1;
  }

  private take(mark: string): boolean {
    const before = this.at;
    this.blanks();
    if (this.text.startsWith(mark, this.at)) {
      this.at += mark.length;
      return true;
    }
    this.at = before;
    return false;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw this.fault(`"${mark}" is missing`);
  }

  private check(depth: number): void {
    if (depth > deepest) throw new ExpressionFault(`it nests deeper than ${deepest} levels`);
  }

  private fault(message: string): ExpressionFault {
    return new ExpressionFault(`${message} (character ${this.at + 1})`);
  }
}

function unquoted(text: string): Expression {
  return { kind: 'text', text, quoted: false };
}

function trimmed(parts: readonly Expression[]): Expression[] {
  return parts.map((part, index) => {
    if (part.kind !== 'text' || part.quoted) return part;
    const start = index === 0 ? part.text.trimStart() : part.text;
    return { ...part, text: index === parts.length - 1 ? start.trimEnd() : start };
  });
}

function joinedOf(parts: readonly Expression[]): Expression {
  const present = parts.filter((part) => part.kind !== 'text' || part.text !== '' || part.quoted);
  const [only] = present;
  if (present.length === 1 && only !== undefined) return only;
  return present.length === 0 ? unquoted('') : { kind: 'joined', of: present };
}
