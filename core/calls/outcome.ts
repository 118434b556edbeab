/**
 * How an interaction ended, from its legs.
 *
 * answered: a person and the customer talked. voicemail: the caller reached a mailbox instead. Otherwise, by whoever
 * ended it: the caller gave up while waiting, ringing or in a menu - `abandoned` (an agent who cancels a call that
 * nobody answers abandons it too); the other side was busy (Q.850 17) - `busy`; it rang or waited in a queue until the
 * switch gave up, or nobody answered (18, 19) - `missed`; any other end - `failed`.
 */
import type { InteractionOutcome } from '#core/contract/interaction.ts';
import { answeredAt, offers } from './parties.ts';
import { legById } from './tracked-call.ts';
import type { Span, TrackedCall, TrackedLeg } from './tracked-call.ts';

const causeBusy = 17;
const causeNoResponse = 18;
const causeNoAnswer = 19;

export function outcomeOf(call: TrackedCall, customer: TrackedLeg | undefined): InteractionOutcome {
  if (answeredAt(customer) !== null) return 'answered';
  if (customer !== undefined && was(customer, 'voicemail')) return 'voicemail';
  const first = legById(call, call.firstLegId);
  if (first === undefined) return 'failed';
  const rung = offers(call, customer);
  // A phone the switch called first on somebody's behalf: it is the one that did not answer.
  if (first.wasOffered && rung.length === 0) return unansweredBy(first.cause, hasRung(first));
  if (hasGivenUp(first, rung)) return 'abandoned';
  if (isBusy(first, rung)) return 'busy';
  return unansweredBy(customer?.cause ?? first.cause, rung.some(hasRung) || was(first, 'queued'));
}

function isBusy(first: TrackedLeg, rung: readonly TrackedLeg[]): boolean {
  return first.cause === causeBusy || (rung.length > 0 && rung.every((leg) => leg.cause === causeBusy));
}

/** The caller left: by hanging up, or from a menu where a switch that ends the call itself would give a cause. */
function hasGivenUp(first: TrackedLeg, rung: readonly TrackedLeg[]): boolean {
  const isRefused = first.cause === causeBusy || first.cause === causeNoAnswer;
  if (first.clearedBy === 'device' && !isRefused) return true;
  return rung.length === 0 && first.hasMetService && !was(first, 'queued') && !first.cause;
}

function unansweredBy(cause: number | null, hasRung: boolean): InteractionOutcome {
  if (cause === causeBusy) return 'busy';
  if (cause === causeNoAnswer || cause === causeNoResponse) return 'missed';
  return hasRung ? 'missed' : 'failed';
}

function hasRung(leg: TrackedLeg): boolean {
  return !leg.hasFailed && was(leg, 'ringing');
}

function was(leg: TrackedLeg, state: Span['state']): boolean {
  return leg.spans.some((span) => span.state === state);
}
