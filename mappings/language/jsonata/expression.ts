import { sentence } from './outcome.ts';
import { evaluator } from './evaluator.ts';

export const maxExpression = 4000;
/** Nothing that may stand in 4,000 characters takes a tenth of this to parse; the rest is for busy machines. */
const readMs = 2000;
const known = new Map<string, string | null>();

/** Why an expression cannot be used, or null. Each expression is parsed once; dictionaries are checked many times. */
export function complaintAbout(expression: string): string | null {
  const old = known.get(expression);
  if (old !== undefined) return old;
  const answer = evaluator.ask({ kind: 'read', expression, input: '', depth: 1 }, readMs);
  if (!('fault' in answer)) return remember(expression, null);
  const { code, message, position } = answer.fault;
  const reason = `cannot be read${placeIn(expression, position)}: ${sentence(message)}`;
  // That a machine had no time for it is nothing to hold against an expression for good.
  return code === 'worker' || code === 'D1012' ? reason : remember(expression, reason);
}

function remember(expression: string, complaint: string | null): string | null {
  if (known.size >= 1000) known.clear();
  known.set(expression, complaint);
  return complaint;
}

/** JSONata tells how many characters it had read; an author looks for lines and columns. */
function placeIn(expression: string, position: number | undefined): string {
  if (position === undefined) return '';
  const before = expression.slice(0, position).split('\n');
  const column = Math.max(1, before.at(-1)?.length ?? 1);
  return before.length === 1 ? ` at character ${column}` : ` at line ${before.length}, character ${column}`;
}
