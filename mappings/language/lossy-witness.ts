import type { JsonValue } from '#core/contract/json.ts';
import { type BuiltStep, type LossNotes, StepFault } from './step.ts';

const long = 'x'.repeat(40_000);
const mobile = { label: 'mobile', number: '1' };
const work = { label: 'work', number: '2' };
const tries: readonly JsonValue[] = [
  ...['Ann', 'ann', 'Ann Lee', 'Bob Lee', 'Ticket 41', 'Ticket 42', '+14155550123', '+14155550124', 'a;b', 'b;a'],
  ...[`${long}1`, `${long}2`],
  ...[['a', 'b'], ['a', 'c'], ['c', 'b'], [1, 2], [2, 1], ['Ann', null], [mobile, work], [mobile]],
  ...[41, 42, 42.4, true, false],
];

const quiet: LossNotes = { note: () => undefined };

/** Two values that a step makes one, as the end of a sentence; empty when none of those tried shows it. */
export function witnessOf(step: BuiltStep): string {
  const seen = new Map<string, JsonValue>();
  for (const value of tries) {
    const result = step.forward(value, quiet);
    if (result === null || result instanceof StepFault) continue;
    const key = JSON.stringify(result);
    const other = seen.get(key);
    if (other !== undefined) return `: ${show(other)} and ${show(value)} both become ${show(result)}`;
    seen.set(key, value);
  }
  return '';
}

/** A value as messages quote it, cut to a readable length. */
export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 50)}…${text.slice(-20)}` : text;
}
