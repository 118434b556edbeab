/**
 * What must have happened while nobody listened: the calls the hub believes to be up against the list the switch gives
 * after a reconnect. Made-up events are marked `inferred`; the true times come later, from CDR or SMDR.
 */
import type { CallEvent, CallSnapshot } from '#core/contract/call-events.ts';
import type { TrackedCall, TrackedLeg } from './tracked-call.ts';

/** Events that end every leg and call the list no longer holds. Ids are the same whenever the same call is closed. */
export function reconcileSnapshot(
  openCalls: readonly TrackedCall[],
  snapshot: readonly CallSnapshot[],
  atMs: number,
): CallEvent[] {
  const liveLegs = new Set(snapshot.flatMap((call) => call.legs.map((leg) => leg.legId)));
  const liveCalls = new Set(snapshot.map((call) => call.callId));
  const events: CallEvent[] = [];
  for (const call of openCalls) {
    const gone = call.legs.filter((leg) => leg.endMs === null && !liveLegs.has(leg.legId));
    for (const leg of gone) events.push(legGone(leg, atMs));
    if (call.legs.some((leg) => liveLegs.has(leg.legId))) continue;
    for (const callId of call.openCallIds) if (!liveCalls.has(callId)) events.push(callGone(callId, atMs));
  }
  return events;
}

function legGone(leg: TrackedLeg, atMs: number): CallEvent {
  return {
    kind: 'call',
    eventId: `inferred-${leg.legId}-cleared`,
    type: 'legCleared',
    callId: leg.callId,
    atMs,
    leg: { legId: leg.legId, device: leg.device },
    inferred: true,
  };
}

function callGone(callId: string, atMs: number): CallEvent {
  return { kind: 'call', eventId: `inferred-${callId}-callCleared`, type: 'callCleared', callId, atMs, inferred: true };
}
