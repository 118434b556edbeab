/** The public view of a tracked call: times, people, outcome. Definitions of the times: see `times.ts`. */
import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';
import { outcomeOf } from './outcome.ts';
import { customerLeg, lastAgent, offers, talks } from './parties.ts';
import { timesOf } from './times.ts';
import { legById, stateOf } from './tracked-call.ts';
import type { TrackedCall, TrackedLeg } from './tracked-call.ts';

const outsideNumber = /^(?:\+|[0-9*#]{7})/;

export function toInteraction(call: TrackedCall): Interaction {
  const customer = customerLeg(call);
  const times = timesOf(call, customer);
  const spoken = talks(call, customer);
  const direction = directionOf(call);
  return {
    id: call.id,
    connectionId: call.connectionId,
    callIds: [...call.callIds],
    revision: call.revision,
    direction,
    caller: {
      number: call.caller?.number ?? null,
      name: call.caller?.name ?? null,
      presentation: call.caller?.presentation ?? 'unavailable',
    },
    callee: call.callee,
    agents: [...new Set(spoken.map((talk) => talk.agent))],
    agent: lastAgent(spoken, times.endMs ?? call.lastMs) ?? unansweredAgent(call, customer),
    ringing: [...new Set(call.legs.filter((leg) => isRingingAgent(leg)).map((leg) => leg.device.id))],
    phase: phaseOf(call, customer),
    outcome: call.isEnded ? outcomeOf(call, customer) : null,
    startMs: call.startMs,
    ...times,
    queue: call.queue,
    transfers: call.transfers.map(({ kind, from, to, atMs }) => ({ kind, from, to, atMs })),
    legs: call.legs.map((leg) => viewOf(call, leg, customer)),
    recordings: call.recordings.map((recording) => ({ ...recording })),
    cause: causeOf(call, customer),
    correlation: { ...call.correlation },
    open: !call.isEnded,
    inferred: call.isInferred,
  };
}

function directionOf(call: TrackedCall): Interaction['direction'] {
  if (call.direction !== null) return call.direction;
  const first = legById(call, call.firstLegId);
  if (first?.device.kind === 'trunk' && !first.wasOffered) return 'inbound';
  // A call the switch makes for an agent and that never got further was meant for the number it showed.
  if (first?.wasOffered === true || first?.hasFailed === true) return 'outbound';
  // Nothing has been rung yet: too long for an extension means outside.
  return outsideNumber.test(call.callee ?? '') ? 'outbound' : 'internal';
}

/** A call nobody answered belongs to the one agent it was for; a queue's or a group's belongs to nobody. */
function unansweredAgent(call: TrackedCall, customer: TrackedLeg | undefined): string | null {
  const first = legById(call, call.firstLegId);
  if (first?.device.kind === 'extension') return first.startMs === first.endMs ? null : first.device.id;
  if (call.queue !== null) return null;
  const phones = offers(call, customer).filter((leg) => leg.device.kind === 'extension');
  const rung = new Set(phones.map((leg) => leg.device.id));
  const [only] = rung;
  return rung.size === 1 && only !== undefined ? only : null;
}

function isRingingAgent(leg: TrackedLeg): boolean {
  return leg.device.kind === 'extension' && stateOf(leg) === 'ringing';
}

function phaseOf(call: TrackedCall, customer: TrackedLeg | undefined): Interaction['phase'] {
  if (call.isEnded) return 'ended';
  const first = legById(call, call.firstLegId);
  const state = (customer === undefined ? null : stateOf(customer)) ?? (first === undefined ? null : stateOf(first));
  if (state === 'conference') return 'talking';
  if (state === 'dialling') return 'ringing';
  if (state === 'ivr' && call.legs.some((leg) => leg !== customer && stateOf(leg) === 'ringing')) return 'ringing';
  return state ?? 'ivr';
}

/** The cause on the call's own channel; of an answered call to the outside, the far side's. */
function causeOf(call: TrackedCall, customer: TrackedLeg | undefined): number | null {
  const first = legById(call, call.firstLegId);
  if (first === undefined) return null;
  if (first.device.kind === 'extension' && customer?.device.kind === 'trunk' && customer.met.length > 0) {
    return customer.cause ?? first.cause;
  }
  return first.cause;
}

function viewOf(call: TrackedCall, leg: TrackedLeg, customer: TrackedLeg | undefined): InteractionLeg {
  return {
    legId: leg.legId,
    callId: leg.callId,
    device: leg.device.id,
    deviceKind: leg.device.kind,
    agent: leg.device.kind === 'extension' ? leg.device.id : null,
    role: roleOf(call, leg, customer),
    spans: leg.spans.map((span) => ({ ...span })),
    result: resultOf(call, leg),
    startMs: leg.startMs,
    endMs: leg.endMs,
    cause: leg.cause,
    clearedBy: leg.clearedBy,
  };
}

function roleOf(call: TrackedCall, leg: TrackedLeg, customer: TrackedLeg | undefined): InteractionLeg['role'] {
  if (leg.legId === call.firstLegId) return 'caller';
  if (leg === customer) return 'destination';
  if (isConsultation(call, leg, customer)) return 'consult';
  return leg.device.kind === 'extension' ? 'agent' : 'destination';
}

/** Its first words were with a colleague, or it belongs to a call a colleague made in the meantime. */
function isConsultation(call: TrackedCall, leg: TrackedLeg, customer: TrackedLeg | undefined): boolean {
  const first = leg.met[0];
  if (first !== undefined) return first.legId !== customer?.legId;
  if (leg.callId === call.callIds[0]) return false;
  const opener = call.legs.find((other) => other.callId === leg.callId);
  return opener !== leg || !leg.wasOffered;
}

/**
 * False while there is only a phone the switch rings and nobody knows for whom, and for good when all it got was an
 * application of the switch: nobody else took part.
 */
export function isContact(call: TrackedCall): boolean {
  const first = legById(call, call.firstLegId);
  if (first?.device.kind !== 'extension' || call.callee !== null || call.legs.length > 1) return true;
  return call.isEnded && !first.hasMetService;
}

function resultOf(call: TrackedCall, leg: TrackedLeg): InteractionLeg['result'] {
  if (leg.met.length > 0) return leg.wasOffered || hasPickedUp(call, leg) ? 'answered' : 'ended';
  if (leg.endMs === null) return null;
  // A phone the switch rang first and that was picked up is a caller from then on.
  if (!leg.wasOffered || leg.hasMetService) return 'ended';
  if (leg.cause === 17) return 'busy';
  if (leg.cause === 21) return 'rejected';
  if (leg.cause === 26) return 'answeredElsewhere';
  return leg.hasFailed ? 'failed' : 'noAnswer';
}

/** It never rang: it fetched a call that rang or was parked elsewhere. */
function hasPickedUp(call: TrackedCall, leg: TrackedLeg): boolean {
  if (leg.legId === call.firstLegId) return false;
  return call.transfers.some((transfer) => transfer.kind === 'pickup' && transfer.to === leg.device.id);
}
