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
import type { TrackedCall, TrackedLeg } from './tracked-call.ts';

const causeBusy = 17;
const causeNoResponse = 18;
const causeNoAnswer = 19;

export function outcomeOf(call: TrackedCall, customer: TrackedLeg | undefined): InteractionOutcome {
  if (answeredAt(customer) !== null) return 'answered';
  const first = legById(call, call.firstLegId);
  if (customer?.spans.some((span) => span.state === 'voicemail')) return 'voicemail';
  const rung = offers(call, customer);
  const cause = customer?.cause ?? first?.cause ?? null;
  // A phone the switch called first on somebody's behalf: it is the one that did not answer.
  if (first?.wasOffered === true && rung.length === 0) return unansweredBy(first.cause, hasRung(first));
  if (first?.clearedBy === 'device' && !isRefusal(first.cause)) return 'abandoned';
  const isBusy =
    cause === causeBusy ||
    first?.cause === causeBusy ||
    (rung.length > 0 && rung.every((leg) => leg.cause === causeBusy));
  if (isBusy) return 'busy';
  // It left a menu without having been offered to anybody; a switch that ends a call by itself gives a cause.
  if (rung.length === 0 && first?.hasMetService === true && !wasQueued(first) && !first.cause) return 'abandoned';
  return unansweredBy(cause, rung.some(hasRung) || wasQueued(first));
}

function unansweredBy(cause: number | null, hasRung: boolean): InteractionOutcome {
  if (cause === causeBusy) return 'busy';
  if (cause === causeNoAnswer || cause === causeNoResponse) return 'missed';
  return hasRung ? 'missed' : 'failed';
}

function isRefusal(cause: number | null): boolean {
  return cause === causeBusy || cause === causeNoAnswer;
}

function hasRung(leg: TrackedLeg): boolean {
  return !leg.hasFailed && leg.spans.some((span) => span.state === 'ringing');
}

function wasQueued(leg: TrackedLeg | undefined): boolean {
  return leg?.spans.some((span) => span.state === 'queued') ?? false;
}
