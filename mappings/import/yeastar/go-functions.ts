import { counted } from '../findings.ts';
import { quoted } from '../luxon-letters.ts';
import { literal, type Condition, type Operand } from '../template/ast.ts';
import { allOf, anyOf, notOf, truthOf } from '../template/conditions.ts';
import { TranslationFault } from '../translation-fault.ts';

/** What names a template may use, and where it stands. */
export interface GoSpot {
  readonly use: 'url' | 'text';
  /** The name as the connection has it; throws for one it cannot have. */
  readonly nameOf: (name: string) => Operand;
}

export type Term =
  | { readonly kind: 'value'; readonly of: Operand }
  | { readonly kind: 'condition'; readonly of: Condition };

export const mend = 'Write it anew in the template language of the hub.';

export function conditionOf(term: Term): Condition {
  return term.kind === 'condition' ? term.of : truthOf(term.of);
}

const comparisons = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

/** A function of Go or of Yeastar. Throws `TranslationFault` when the hub has none like it. */
export function call(name: string, args: readonly Term[], spot: GoSpot): Term {
  const operator = Object.hasOwn(comparisons, name) ? comparisons[name as keyof typeof comparisons] : undefined;
  if (operator !== undefined) return compared(operator, args);
  if (name === 'and') return { kind: 'condition', of: allOf(args.map(conditionOf)) };
  if (name === 'or') return { kind: 'condition', of: anyOf(args.map(conditionOf)) };
  const [first, ...more] = args;
  if (name === 'not' && first !== undefined) return { kind: 'condition', of: notOf(conditionOf(first)) };
  const filtered = first?.kind === 'value' ? filterCall(name, first.of, more, spot) : null;
  if (filtered !== null) return { kind: 'value', of: filtered };
  throw new TranslationFault(
    'expression.function',
    `The hub has no counterpart of ${name} with ${counted(args.length, 'argument')}.`,
    mend,
  );
}

function compared(operator: '==' | '!=' | '<' | '>' | '<=' | '>=', args: readonly Term[]): Term {
  const [left, ...others] = args;
  if (left?.kind !== 'value' || others.length === 0) throw unreadable('a comparison needs two values');
  const of = others.map((right): Condition => {
    if (right.kind !== 'value') throw unreadable('a comparison needs two values');
    return { kind: 'compare', operator, left: left.of, right: right.of };
  });
  // `eq .a "x" "y"`: any of them.
  return { kind: 'condition', of: anyOf(of) };
}

function filterCall(name: string, input: Operand, more: readonly Term[], spot: GoSpot): Operand | null {
  const put = (filter: string, args: readonly Operand[] = []): Operand => ({
    kind: 'filter',
    name: filter,
    input,
    args,
  });
  if (name === 'TimeFormat') return timeFormat(input, more);
  if (more.length > 0) return null;
  if (name === 'ToMillis') return put('millis');
  if (name === 'Capitalize') return put('capitalize');
  // In an address the hub encodes every value; twice would be wrong.
  if (name === 'UrlEncode') return spot.use === 'url' ? input : put('urlEncode');
  return name === 'len' ? put('length') : null;
}

const letters = /yyyy|MM|dd|HH|hh|mm|ss|SSS/gu;

/** `TimeFormat .StartTimeUnix "yyyy-MM-dd" "1"`: in UTC when the last text says 1, in the zone of the exchange otherwise. */
function timeFormat(input: Operand, [format, zone]: readonly Term[]): Operand | null {
  if (format?.kind !== 'value' || format.of.kind !== 'literal' || input.kind === 'filter') return null;
  const isUtc = zone?.kind === 'value' && zone.of.kind === 'literal' && String(zone.of.value) === '1';
  const text = String(format.of.value).replace(/Zz/u, 'Z');
  let luxon = '';
  let from = 0;
  for (const match of text.matchAll(letters)) {
    luxon += quoted(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  luxon += quoted(text.slice(from));
  return { kind: 'filter', name: 'date', input, args: [literal(luxon), ...(isUtc ? [] : [literal('local')])] };
}

export function unreadable(message: string): TranslationFault {
  return new TranslationFault('expression.unreadable', `It cannot be read: ${message}.`, mend);
}
