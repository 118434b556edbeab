import { TemplateFault } from './fault.ts';

export interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'mark';
  readonly text: string;
  readonly at: number;
}

const number = /-?\d+(?:\.\d+)?/uy;
const word = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)?/uy;
const mark = /==|!=|<=|>=|[<>|:,()]/uy;
const blank = /\s+/uy;

/** The inside of a tag, cut up; `offset` is where it stands in the template. Ends with an empty mark. */
export function tokensOf(text: string, offset: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const spaces = match(blank);
    if (spaces !== null) {
      at += spaces.length;
      continue;
    }
    const token = text[at] === "'" ? quotedAt(text, at, offset) : plainAt(match, at + offset);
    if (token === null) throw new TemplateFault(`"${text.slice(at, at + 20)}" cannot be read`, at + offset);
    tokens.push(token.token);
    at += token.length;
  }
  tokens.push({ kind: 'mark', text: '', at: offset + text.length });
  return tokens;
}

function plainAt(match: (pattern: RegExp) => string | null, at: number): { token: Token; length: number } | null {
  for (const [kind, pattern] of [
    ['number', number],
    ['word', word],
    ['mark', mark],
  ] as const) {
    const text = match(pattern);
    if (text !== null) return { token: { kind, text, at }, length: text.length };
  }
  return null;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function quotedAt(text: string, from: number, offset: number): { token: Token; length: number } {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "'") return { token: { kind: 'text', text: value, at: from + offset }, length: at - from + 1 };
    if (character !== '\\') value += character;
    else {
      at += 1;
      value += escapes[text.charAt(at)] ?? text.charAt(at);
    }
  }
  throw new TemplateFault("a text in quotes is never closed with '", from + offset);
}
