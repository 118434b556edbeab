/** What a check works with, and how values are compared. */
import type { CallEvent } from '#core/contract/call-events.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { customerLeg } from '#core/calls/parties.ts';
import type { Span, TrackedCall, TrackedLeg } from '#core/calls/tracked-call.ts';
import type { TruthCall } from './capture-truth.ts';

export interface Found {
  readonly interaction: Interaction;
  readonly call: TrackedCall;
  /** Call events of this interaction. */
  readonly events: readonly CallEvent[];
  readonly zeroMs: number;
  readonly toleranceMs: number;
}

/** `null` when the field agrees, else what was expected and found. */
export type Check = (truth: TruthCall, found: Found) => string | null;

export function same(expected: unknown, found: unknown): string | null {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(found)];
  return a === b ? null : `expected ${a}, found ${b}`;
}

export function near(expected: number, found: number | null | undefined, toleranceMs: number): string | null {
  if (found === null || found === undefined) return `expected ${expected}, found nothing`;
  return Math.abs(expected - found) <= toleranceMs ? null : `expected ${expected}, found ${Math.round(found)}`;
}

export function firstProblem(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}

export const customer = ({ call }: Found) => customerLeg(call);
export const spansOf = (leg: TrackedLeg | undefined, state: Span['state']) =>
  (leg?.spans ?? []).filter((span) => span.state === state);
export const lengthOf = (span: Span) => (span.toMs ?? span.fromMs) - span.fromMs;
export const total = (spans: readonly Span[]) => spans.reduce((sum, span) => sum + lengthOf(span), 0);
export const firstLeg = ({ call }: Found) => call.legs.find((leg) => leg.legId === call.firstLegId);

export function spanListCheck(
  expected: readonly { fromMs: number; toMs: number }[],
  spans: readonly Span[],
  found: Found,
): string | null {
  const problems = expected.flatMap((hold, index) => {
    const span = spans[index];
    if (span === undefined) return ['a span is missing'];
    return [
      near(hold.fromMs, span.fromMs - found.zeroMs, found.toleranceMs),
      near(hold.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs),
    ];
  });
  return firstProblem([...problems, same(expected.length, spans.length)]);
}
