/** Who is who in a tracked call: the customer's leg, and the people who talked with it. */
import { legById } from './tracked-call.ts';
import type { TrackedCall, TrackedLeg } from './tracked-call.ts';

const talkStates = new Set(['talking', 'held', 'conference']);

/** First moment of talk on a leg, or `null`. */
export function answeredAt(leg: TrackedLeg | undefined): number | null {
  return leg?.spans.find((span) => talkStates.has(span.state))?.fromMs ?? null;
}

/**
 * The leg whose experience is the interaction's: the outside party. Of a call among colleagues it is the one called,
 * or the caller when the one called handed the call on.
 */
export function customerLeg(call: TrackedCall): TrackedLeg | undefined {
  const first = legById(call, call.firstLegId);
  if (first === undefined || (first.device.kind === 'trunk' && !first.wasOffered)) return first;
  const trunks = call.legs.filter((leg) => leg.device.kind === 'trunk' && leg !== first);
  const outside = trunks.find((leg) => answeredAt(leg) !== null) ?? trunks.at(-1);
  if (outside !== undefined) return outside;
  if (first.device.kind === 'trunk') return first;
  const called = call.legs.find((leg) => leg !== first && leg.met.some((entry) => entry.legId === first.legId));
  if (called === undefined) return first;
  const hasHandedOn = call.transfers.some(
    (transfer) => isHandOver(transfer.kind) && transfer.from === called.device.id,
  );
  return hasHandedOn ? first : called;
}

function isHandOver(kind: string): boolean {
  return kind === 'blind' || kind === 'attended';
}

export interface Talk {
  readonly agent: string;
  readonly leg: TrackedLeg;
  readonly fromMs: number;
  /** Until when the agent was on the line; the latest event's time while still up. */
  readonly toMs: number;
}

/** Agents who talked with the customer, in order of their first word. */
export function talks(call: TrackedCall, customer: TrackedLeg | undefined): Talk[] {
  if (customer === undefined) return [];
  const found: Talk[] = [];
  for (const leg of call.legs) {
    if (leg === customer || leg.device.kind !== 'extension') continue;
    const met = leg.met.find((entry) => entry.legId === customer.legId);
    if (met !== undefined) found.push({ agent: leg.device.id, leg, fromMs: met.atMs, toMs: lastTalkMs(call, leg) });
  }
  return found.sort((a, b) => a.fromMs - b.fromMs);
}

function lastTalkMs(call: TrackedCall, leg: TrackedLeg): number {
  const last = leg.spans.findLast((span) => talkStates.has(span.state));
  return last === undefined ? leg.startMs : (last.toMs ?? call.lastMs);
}

/** Who ends up with the call: the one on the line last before the customer leaves. */
export function lastAgent(found: readonly Talk[], endMs: number): string | null {
  let best: Talk | null = null;
  for (const talk of found) {
    if (best === null || Math.min(talk.toMs, endMs) > Math.min(best.toMs, endMs)) best = talk;
    else if (Math.min(talk.toMs, endMs) === Math.min(best.toMs, endMs) && talk.fromMs >= best.fromMs) best = talk;
  }
  return best?.agent ?? null;
}

/** Legs that were rung for the customer: not the customer's own, and not those of a consultation. */
export function offers(call: TrackedCall, customer: TrackedLeg | undefined): TrackedLeg[] {
  const first = legById(call, call.firstLegId);
  return call.legs.filter((leg) => {
    if (leg === first || !leg.wasOffered) return false;
    if (call.direction === 'outbound') return leg.device.kind === 'trunk';
    return leg !== customer || first !== customer;
  });
}
