import {
  joined,
  literal,
  textPart,
  type Branch,
  type Condition,
  type Operand,
  type Part,
  type Template,
} from '../template/ast.ts';
import { TranslationFault } from '../translation-fault.ts';
import { call, conditionOf, type GoSpot, mend, type Term, unreadable } from './go-functions.ts';
import { goTokens, type GoToken } from './go-tokens.ts';

const deepest = 30;

/** Go's text/template, as far as integration templates use it. Throws `TranslationFault`. */
export function translateGo(text: string, spot: GoSpot): Template {
  if (text.length > 20_000)
    throw new TranslationFault('expression.unreadable', 'It has more than 20,000 characters.', mend);
  const reader = new TemplateReader(actionsOf(text), spot);
  const { parts, end } = reader.parts(0);
  if (end !== null) throw unreadable(`{{${end}}} closes nothing`);
  return parts;
}

type Action = { readonly text: string } | { readonly tokens: readonly GoToken[] };

/** Texts and tags in turn; `{{-` and `-}}` take the blanks beside them. */
function actionsOf(text: string): Action[] {
  const actions: Action[] = [];
  let rest = text;
  for (;;) {
    const open = rest.indexOf('{{');
    if (open === -1) return [...actions, { text: rest }];
    const close = closingOf(rest, open + 2);
    const inner = rest.slice(open + 2, close);
    const before = rest.slice(0, open);
    actions.push({ text: /^-\s/u.test(inner) ? before.trimEnd() : before });
    const body = inner.replace(/^-\s/u, '').replace(/\s-$/u, '').trim();
    if (!/^\/\*.*\*\/$/su.test(body)) actions.push({ tokens: goTokens(body) });
    rest = rest.slice(close + 2);
    if (/\s-$/u.test(inner)) rest = rest.trimStart();
  }
}

function closingOf(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (quote === '"' && mark === '\\') at += 1;
    else if (quote !== '') quote = mark === quote ? '' : quote;
    else if (mark === '"' || mark === '`') quote = mark;
    else if (mark === '}' && text[at + 1] === '}') return at;
  }
  throw unreadable('"{{" is never closed with "}}"');
}

class TemplateReader {
  private readonly actions: readonly Action[];
  private readonly spot: GoSpot;
  private at = 0;

  constructor(actions: readonly Action[], spot: GoSpot) {
    this.actions = actions;
    this.spot = spot;
  }

  /** Up to `end` or `else` of the level above. */
  parts(depth: number): { parts: Template; end: 'end' | 'else' | null; rest: readonly GoToken[] } {
    if (depth > deepest) throw unreadable(`{{if}} nests deeper than ${deepest} levels`);
    const parts: Part[] = [];
    for (;;) {
      const action = this.actions[this.at];
      this.at += 1;
      if (action === undefined) return { parts: joined(parts), end: null, rest: [] };
      if ('text' in action) {
        parts.push(textPart(action.text));
        continue;
      }
      const [first, ...rest] = action.tokens;
      if (first?.kind === 'word' && (first.text === 'end' || first.text === 'else')) {
        return { parts: joined(parts), end: first.text, rest };
      }
      if (first?.kind === 'word' && first.text === 'if') parts.push(this.choice(rest, depth));
      else parts.push({ kind: 'put', of: new Pipeline(action.tokens, this.spot).value() });
    }
  }

  private choice(tokens: readonly GoToken[], depth: number): Part {
    const branches: Branch[] = [];
    let condition: Condition = new Pipeline(tokens, this.spot).condition();
    for (;;) {
      const body = this.parts(depth + 1);
      branches.push({ when: condition, gives: body.parts });
      if (body.end === 'end') return { kind: 'choose', branches, otherwise: [] };
      if (body.end === null) throw unreadable('{{if}} is never closed with {{end}}');
      const [word, ...rest] = body.rest;
      if (word?.kind === 'word' && word.text === 'if') {
        condition = new Pipeline(rest, this.spot).condition();
        continue;
      }
      const otherwise = this.parts(depth + 1);
      if (otherwise.end !== 'end') throw unreadable('{{else}} is never closed with {{end}}');
      return { kind: 'choose', branches, otherwise: otherwise.parts };
    }
  }
}

/** `Function .a "b" | Function`: the result of each becomes the last argument of the next. */
class Pipeline {
  private readonly tokens: readonly GoToken[];
  private readonly spot: GoSpot;
  private at = 0;

  constructor(tokens: readonly GoToken[], spot: GoSpot) {
    this.tokens = tokens;
    this.spot = spot;
  }

  value(): Operand {
    const term = this.whole();
    if (term.kind === 'value') return term.of;
    throw new TranslationFault('expression.tooInvolved', 'A comparison is written into a text.', mend);
  }

  condition(): Condition {
    return conditionOf(this.whole());
  }

  private whole(): Term {
    const term = this.pipe(0);
    const left = this.tokens[this.at];
    if (left !== undefined) throw unreadable(`"${left.text}" is not expected`);
    return term;
  }

  private pipe(depth: number): Term {
    let term = this.command(depth, null);
    while (this.tokens[this.at]?.text === '|' && this.tokens[this.at]?.kind === 'mark') {
      this.at += 1;
      term = this.command(depth, term);
    }
    return term;
  }

  private command(depth: number, piped: Term | null): Term {
    if (depth > deepest) throw unreadable(`brackets nest deeper than ${deepest} levels`);
    const first = this.tokens[this.at];
    if (first?.kind !== 'word') {
      if (piped !== null) throw unreadable('a function is expected behind "|"');
      return this.term(depth);
    }
    this.at += 1;
    const args: Term[] = [];
    while (this.at < this.tokens.length && !this.isEnd()) args.push(this.term(depth));
    return call(first.text, piped === null ? args : [...args, piped], this.spot);
  }

  private term(depth: number): Term {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind === 'mark' && token.text === '(') {
      const inner = this.pipe(depth + 1);
      if (this.tokens[this.at]?.text !== ')') throw unreadable('")" is missing');
      this.at += 1;
      return inner;
    }
    const value = token === undefined ? null : this.plain(token);
    if (value === null) throw unreadable(`"${token?.text ?? ''}" is not expected`);
    return { kind: 'value', of: value };
  }

  private plain({ kind, text }: GoToken): Operand | null {
    if (kind === 'text') return literal(text);
    if (kind === 'number') return literal(Number(text));
    if (kind === 'field') return this.spot.nameOf(text);
    const constants = new Map([
      ['true', true],
      ['false', false],
    ]);
    const constant = kind === 'word' ? constants.get(text) : undefined;
    return constant === undefined ? null : literal(constant);
  }

  private isEnd(): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'mark' && (token.text === '|' || token.text === ')');
  }
}
