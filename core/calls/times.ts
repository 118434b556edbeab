/**
 * The times of an interaction, all from the spans of its legs.
 *
 * ring: how long the phone that answered had rung (of an unanswered call: how long anything rang). answer: the first
 * word between the customer and a person. talk: from there to the end while somebody is connected, hold and conference
 * included, ringing after a transfer and parking not. wait: time in queues; without a queue, from the moment the
 * switch picked up itself to the answer. end: the customer's hang-up.
 */
import { answeredAt, customerLeg, offers } from './parties.ts';
import { legById } from './tracked-call.ts';
import type { Span, TrackedCall, TrackedLeg } from './tracked-call.ts';

export interface Times {
  readonly ringStartMs: number | null;
  readonly answerMs: number | null;
  readonly endMs: number | null;
  readonly ringMs: number | null;
  readonly waitMs: number | null;
  readonly talkMs: number;
  readonly holdMs: number;
}

export function timesOf(call: TrackedCall, customer = customerLeg(call)): Times {
  const answerMs = answeredAt(customer);
  const ring = ringOf(call, customer, answerMs);
  return {
    ringStartMs: ring?.fromMs ?? null,
    answerMs,
    endMs: call.isEnded ? endOf(call, customer, answerMs) : null,
    ringMs: ring === null ? null : ring.lengthMs,
    waitMs: waitOf(call, answerMs),
    talkMs: total(call, customer, ['talking', 'held', 'conference']),
    holdMs: total(call, customer, ['held']),
  };
}

function total(call: TrackedCall, leg: TrackedLeg | undefined, states: readonly Span['state'][]): number {
  let sum = 0;
  for (const span of leg?.spans ?? []) if (states.includes(span.state)) sum += lengthOf(call, span);
  return sum;
}

function lengthOf(call: TrackedCall, span: Span): number {
  return (span.toMs ?? Math.max(call.lastMs, span.fromMs)) - span.fromMs;
}

function endOf(call: TrackedCall, customer: TrackedLeg | undefined, answerMs: number | null): number {
  const first = legById(call, call.firstLegId);
  const leg = answerMs === null ? first : customer;
  return leg?.endMs ?? call.lastMs;
}

function ringOf(call: TrackedCall, customer: TrackedLeg | undefined, answerMs: number | null) {
  const rung = offers(call, customer);
  if (answerMs === null) return allRinging(call, rung);
  const winner = rung.find((leg) => leg === customer) ?? firstMet(call, customer, rung);
  const span = winner?.spans.findLast((known) => known.state === 'ringing' && known.fromMs <= answerMs);
  if (span !== undefined) return { fromMs: span.fromMs, lengthMs: lengthOf(call, span) };
  // Picked up from another phone: what rang until then is the ring.
  return allRinging(
    call,
    rung.filter((leg) => leg.startMs < answerMs && leg !== customer),
  );
}

function firstMet(
  call: TrackedCall,
  customer: TrackedLeg | undefined,
  rung: readonly TrackedLeg[],
): TrackedLeg | undefined {
  const met = legById(call, customer?.met[0]?.legId ?? null);
  return met !== undefined && rung.includes(met) ? met : undefined;
}

/** Time in which at least one phone rang. */
function allRinging(call: TrackedCall, rung: readonly TrackedLeg[]): { fromMs: number; lengthMs: number } | null {
  const spans = rung
    .flatMap((leg) => leg.spans.filter((span) => span.state === 'ringing'))
    .sort((a, b) => a.fromMs - b.fromMs);
  const first = spans[0];
  if (first === undefined) return null;
  let lengthMs = 0;
  let reached = first.fromMs;
  for (const span of spans) {
    const toMs = span.toMs ?? call.lastMs;
    if (toMs <= reached) continue;
    lengthMs += toMs - Math.max(reached, span.fromMs);
    reached = toMs;
  }
  return { fromMs: first.fromMs, lengthMs };
}

function waitOf(call: TrackedCall, answerMs: number | null): number | null {
  const first = legById(call, call.firstLegId);
  if (call.queue !== null) return total(call, first, ['queued']);
  const pickedUp = first?.spans.find((span) => span.state === 'ivr');
  if (answerMs === null || pickedUp === undefined || pickedUp.fromMs > answerMs) return null;
  return answerMs - pickedUp.fromMs;
}
