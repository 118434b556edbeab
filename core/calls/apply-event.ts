/** One call event applied to one open interaction, in place. Every rule here may see its event twice or late. */
import type { CallEvent, LegRef, PartyRef } from '#core/contract/call-events.ts';
import { endLeg, enter, legById, newLeg, release, setCompany, stateOf } from './tracked-call.ts';
import type { TrackedCall, TrackedLeg } from './tracked-call.ts';

type Rule = (call: TrackedCall, event: CallEvent) => void;

/** A switch tells a transfer to its parking number twice: as a transfer and as a park. Within this time they are one. */
const sameMoveMs = 2000;

export function applyToCall(call: TrackedCall, event: CallEvent): void {
  call.lastMs = Math.max(call.lastMs, event.atMs);
  if (event.inferred === true) call.isInferred = true;
  if (event.correlation !== undefined) call.correlation = { ...call.correlation, ...event.correlation };
  rules[event.type](call, event);
  if (!call.isEnded && call.openCallIds.length === 0 && call.legs.every((leg) => leg.endMs !== null))
    call.isEnded = true;
}

function legFor(call: TrackedCall, ref: LegRef, event: CallEvent): TrackedLeg {
  const known = legById(call, ref.legId);
  if (known !== undefined) return known;
  const leg = newLeg(ref.legId, event.callId, ref.device, event.atMs);
  call.legs.push(leg);
  call.firstLegId ??= ref.legId;
  return leg;
}

function learnParties(call: TrackedCall, event: CallEvent, from: TrackedLeg | undefined): void {
  if (from === undefined || from.legId !== call.firstLegId) return;
  if (event.calling !== undefined) call.caller = fillIn(call.caller, event.calling, from);
  if (event.direction === 'inbound') call.direction ??= 'inbound';
  call.callee ??= event.called?.number ?? null;
}

/** The number that was known first stays. A name may come or be put right by a look-up until somebody answers. */
function fillIn(known: PartyRef | null, news: PartyRef, from: TrackedLeg): PartyRef {
  if (known === null) return news;
  if (known.presentation === 'restricted') return known;
  const isLookedUp = from.device.kind === 'trunk' && from.met.length === 0;
  const name = isLookedUp ? (news.name ?? known.name) : (known.name ?? news.name);
  return { ...news, ...known, number: known.number ?? news.number, name };
}

const originated: Rule = (call, event) => {
  if (event.leg === undefined) return;
  const isNew = legById(call, event.leg.legId) === undefined;
  const leg = legFor(call, event.leg, event);
  if (isNew) enter(leg, 'dialling', event.atMs);
  learnParties(call, event, leg);
};

const delivered: Rule = (call, event) => {
  if (event.leg === undefined) return;
  const caller = event.peer === undefined ? undefined : legFor(call, event.peer, event);
  const leg = legFor(call, event.leg, event);
  if (leg.endMs !== null || stateOf(leg) === 'talking') return;
  leg.wasOffered = true;
  enter(leg, 'ringing', event.atMs);
  learnParties(call, event, caller);
  if (caller === undefined) learnFromOffer(call, event, leg);
  settleDirection(call, leg);
};

/** No caller is known: the switch itself calls. The first phone it rings stands for the caller, the next is the callee. */
function learnFromOffer(call: TrackedCall, event: CallEvent, leg: TrackedLeg): void {
  const number = event.called?.number ?? null;
  if (leg.legId !== call.firstLegId) call.callee ??= number;
  else call.caller ??= { number: number ?? leg.device.id, name: null, presentation: 'allowed' };
}

/** A call from a phone goes outside when the first thing it rings is a trunk. */
function settleDirection(call: TrackedCall, target: TrackedLeg): void {
  const first = legById(call, call.firstLegId);
  if (call.direction !== null || first === undefined || target === first) return;
  if (first.device.kind === 'trunk') call.direction = first.wasOffered ? 'outbound' : 'inbound';
  else call.direction = target.device.kind === 'trunk' ? 'outbound' : 'internal';
}

const queued: Rule = (call, event) => {
  if (event.leg === undefined) return;
  const leg = legFor(call, event.leg, event);
  call.queue = event.queue ?? call.queue;
  enter(leg, 'queued', event.atMs);
};

const established: Rule = (call, event) => {
  if (event.leg === undefined || event.peer === undefined) return;
  const leg = legFor(call, event.leg, event);
  if (leg.endMs !== null) return;
  const service = event.peer.device.kind;
  if (service === 'ivr' || service === 'voicemail') {
    leg.hasMetService = true;
    // A phone the switch rang first waits for the other party once it is picked up.
    const isWaiting = leg.wasOffered && leg.legId === call.firstLegId && service === 'ivr';
    enter(leg, isWaiting ? 'dialling' : service, event.atMs);
    return;
  }
  const peer = legFor(call, event.peer, event);
  const company = event.connected ?? [...new Set([...leg.hears, peer.legId])];
  setCompany(call, leg, company, event.atMs);
  for (const id of [leg.legId, ...company]) {
    const member = legById(call, id);
    if (member === undefined || member.endMs !== null) continue;
    member.heldBy = null;
    if (!member.isHolding) enter(member, 'talking', event.atMs);
  }
  settleDirection(call, peer.legId === call.firstLegId ? leg : peer);
};

const held: Rule = (call, event) => {
  const holder = event.leg === undefined ? undefined : legFor(call, event.leg, event);
  if (holder === undefined || holder.endMs !== null) return;
  holder.isHolding = true;
  if (holder.device.kind === 'extension' && stateOf(holder) === 'talking') enter(holder, 'held', event.atMs);
  for (const id of event.connected ?? holder.hears) {
    const other = legById(call, id);
    if (other === undefined || other.endMs !== null) continue;
    other.heldBy = holder.legId;
    enter(other, 'held', event.atMs);
  }
};

const retrieved: Rule = (call, event) => {
  const holder = event.leg === undefined ? undefined : legById(call, event.leg.legId);
  if (holder === undefined) return;
  holder.isHolding = false;
  const freed = event.peer === undefined ? undefined : legById(call, event.peer.legId);
  if (freed !== undefined && event.connected !== undefined) setCompany(call, freed, event.connected, event.atMs);
  if (stateOf(holder) === 'held') enter(holder, holder.hears.length > 0 ? 'talking' : null, event.atMs);
  for (const other of call.legs) if (other.heldBy === holder.legId) release(other, event.atMs);
};

/** The leg is on its own again: in the dialplan, on its way to another destination. */
const diverted: Rule = (call, event) => {
  const leg = event.leg === undefined ? undefined : legById(call, event.leg.legId);
  if (leg === undefined || leg.endMs !== null) return;
  leg.heldBy = null;
  setCompany(call, leg, [], event.atMs);
  enter(leg, 'ivr', event.atMs);
};

const transferred: Rule = (call, event) => {
  const transfer = event.transfer;
  if (transfer === undefined) return;
  const leg = event.leg === undefined ? undefined : legById(call, event.leg.legId);
  const first = legById(call, call.firstLegId);
  // Told from the other end: the caller is not handed to itself, it gets the other party.
  const isMirrored =
    transfer.kind === 'attended' && leg !== undefined && leg !== first && transfer.to === first?.device.id;
  const to = isMirrored ? leg.device.id : transfer.to;
  const entry = { ...transfer, to, atMs: event.atMs, legId: event.leg?.legId ?? null };
  if (transfer.kind === 'park') {
    call.transfers = call.transfers.filter(
      (known) => !(known.kind === 'blind' && known.legId === entry.legId && event.atMs - known.atMs < sameMoveMs),
    );
  }
  const isKnown = call.transfers.some(
    (known) => known.kind === entry.kind && known.legId === entry.legId && known.atMs === entry.atMs,
  );
  if (!isKnown) call.transfers.push(entry);
  if (leg === undefined || leg.endMs !== null || isKnown) return;
  if (transfer.kind === 'park' || transfer.kind === 'parkTimeout') {
    leg.heldBy = null;
    setCompany(call, leg, [], event.atMs);
    enter(leg, transfer.kind === 'park' ? 'parked' : 'ivr', event.atMs);
  }
};

const conferenced: Rule = (call, event) => {
  if (event.leg === undefined) return;
  const leg = legFor(call, event.leg, event);
  if (leg.endMs !== null) return;
  leg.heldBy = null;
  const present = (event.connected ?? []).filter((id) => legById(call, id) !== undefined);
  setCompany(call, leg, present, event.atMs);
  enter(leg, 'conference', event.atMs);
};

const failed: Rule = (call, event) => {
  if (event.leg === undefined) return;
  const caller = event.peer === undefined ? undefined : legById(call, event.peer.legId);
  const leg = legFor(call, event.leg, event);
  if (leg.endMs !== null) return;
  leg.wasOffered = true;
  leg.hasFailed = true;
  const sinceMs = event.sinceMs ?? event.atMs;
  if (leg.legId !== call.firstLegId) leg.spans.push({ state: 'ringing', fromMs: sinceMs, toMs: sinceMs });
  leg.clearedBy = event.clearedBy ?? null;
  endLeg(call, leg, event.atMs, event.cause);
  learnParties(call, event, caller);
  settleDirection(call, leg);
};

const legCleared: Rule = (call, event) => {
  const leg = event.leg === undefined ? undefined : legById(call, event.leg.legId);
  if (leg === undefined || leg.endMs !== null) return;
  leg.clearedBy = event.clearedBy ?? null;
  endLeg(call, leg, event.atMs, event.cause);
};

const callCleared: Rule = (call, event) => {
  call.openCallIds = call.openCallIds.filter((id) => id !== event.callId);
  for (const leg of call.legs) if (leg.callId === event.callId) endLeg(call, leg, event.atMs, event.cause);
};

const recordingStarted: Rule = (call, event) => {
  const recording = event.recording;
  if (recording !== undefined && !call.recordings.some((known) => known.id === recording.id))
    call.recordings.push(recording);
};

const nothing: Rule = () => undefined;

const rules: Readonly<Record<CallEvent['type'], Rule>> = {
  originated,
  delivered,
  queued,
  established,
  held,
  retrieved,
  transferred,
  conferenced,
  diverted,
  failed,
  legCleared,
  callCleared,
  digitsCollected: nothing,
  recordingStarted,
  recordingStopped: nothing,
};
