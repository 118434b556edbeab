import { TranslationFault } from '../translation-fault.ts';

export interface GoToken {
  readonly kind: 'word' | 'field' | 'text' | 'number' | 'mark';
  readonly text: string;
}

const token =
  /\s+|\.([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|(-?\d+(?:\.\d+)?)|([\p{L}_]\w*)|([()|])/uy;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The inside of `{{…}}`. */
export function goTokens(text: string): GoToken[] {
  const tokens: GoToken[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      const why = `It cannot be read: "${text.slice(at, at + 20)}" is not expected.`;
      throw new TranslationFault('expression.unreadable', why, 'Write it anew in the template language of the hub.');
    }
    const found = tokenOf(match);
    if (found !== null) tokens.push(found);
  }
  return tokens;
}

function tokenOf([, field, quoted, raw, number, word, mark]: RegExpExecArray): GoToken | null {
  if (field !== undefined) return { kind: 'field', text: field };
  if (quoted !== undefined) {
    const text = quoted.replace(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
    return { kind: 'text', text };
  }
  if (raw !== undefined) return { kind: 'text', text: raw };
  if (number !== undefined) return { kind: 'number', text: number };
  if (word !== undefined) return { kind: 'word', text: word };
  return mark === undefined ? null : { kind: 'mark', text: mark };
}
