/** One call event applied to one open interaction, in place. Every rule here may see its event twice or late. */
import type { CallEvent, LegRef, PartyRef } from '#core/contract/call-events.ts';
import { endLeg, enter, legById, newLeg, release, setCompany, stateOf } from './tracked-call.ts';
import type { TrackedCall, TrackedLeg, TrackedTransfer } from './tracked-call.ts';

type Transfer = NonNullable<CallEvent['transfer']>;
type Rule = (call: TrackedCall, event: CallEvent) => void;

/** A switch tells a transfer to its parking number twice: as a transfer and as a park. Within this time they are one. */
const sameMoveMs = 2000;

export function applyToCall(call: TrackedCall, told: CallEvent): void {
  const event = notBefore(call, told);
  call.lastMs = Math.max(call.lastMs, event.atMs);
  if (event.correlation !== undefined) call.correlation = { ...call.correlation, ...event.correlation };
  const before = event.inferred === true ? courseOf(call) : null;
  rules[event.type](call, event);
  // What a list after a reconnect says of a call that simply went on is no news, and nothing of it was made up.
  if (before !== null && courseOf(call) !== before) call.isInferred = true;
  // A leg may have moved to another call of the switch while nobody listened: its old call is never cleared then.
  const isOver = call.openCallIds.length === 0 || event.type === 'callCleared';
  if (isOver && call.legs.every((leg) => leg.endMs !== null)) call.isEnded = true;
}

/** A list says when a channel was made, not since when it does what it does: for a leg known already, that is now. */
function notBefore(call: TrackedCall, event: CallEvent): CallEvent {
  const isKnown = event.inferred === true && legById(call, event.leg?.legId ?? null) !== undefined;
  return isKnown && event.atMs < call.lastMs ? { ...event, atMs: call.lastMs } : event;
}

/** Who was in the call, what they did and when. */
function courseOf({ legs, transfers }: TrackedCall): string {
  return JSON.stringify([legs.map(({ legId, spans, endMs }) => [legId, spans, endMs]), transfers]);
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

/** The number that was known first stays, unless it turns out to be withheld. A name may come or be put right by a look-up until somebody answers. */
function fillIn(known: PartyRef | null, news: PartyRef, from: TrackedLeg): PartyRef {
  if (known === null || news.presentation === 'restricted') return news;
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
  if (leg.endMs !== null || leg.met.length > 0) return;
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
  enter(leg, 'queued', Math.max(event.atMs, leg.startMs));
};

const established: Rule = (call, event) => {
  if (event.leg === undefined || event.peer === undefined) return;
  const leg = legFor(call, event.leg, event);
  if (leg.endMs !== null) return;
  const service = event.peer.device.kind;
  if (service === 'ivr' || service === 'voicemail') {
    meetService(call, leg, { service, atMs: event.atMs });
    return;
  }
  const peer = legFor(call, event.peer, event);
  const company = event.connected ?? [...new Set([...leg.hears, peer.legId])];
  // A list does not tell who is on hold: it says nothing new about legs that hear each other already.
  if (event.inferred === true && isSameCompany(leg, company)) return;
  setCompany(call, leg, company, event.atMs);
  for (const id of [leg.legId, ...company]) talk(legById(call, id), event.atMs);
  settleDirection(call, peer.legId === call.firstLegId ? leg : peer);
};

function isSameCompany(leg: TrackedLeg, company: readonly string[]): boolean {
  return leg.hears.length === company.length && company.every((id) => leg.hears.includes(id));
}

function talk(leg: TrackedLeg | undefined, atMs: number): void {
  if (leg === undefined || leg.endMs !== null) return;
  leg.heldBy = null;
  if (!leg.isHolding) enter(leg, 'talking', atMs);
}

function meetService(
  call: TrackedCall,
  leg: TrackedLeg,
  { service, atMs }: { service: 'ivr' | 'voicemail'; atMs: number },
): void {
  leg.hasMetService = true;
  // A phone the switch rang first waits for the other party once it is picked up.
  const isWaiting = leg.wasOffered && leg.legId === call.firstLegId && service === 'ivr';
  enter(leg, isWaiting ? 'dialling' : service, atMs);
}

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
  if (event.transfer === undefined) return;
  const leg = event.leg === undefined ? undefined : legById(call, event.leg.legId);
  const entry: TrackedTransfer = {
    ...event.transfer,
    to: takerOf(call, event.transfer, leg),
    atMs: event.atMs,
    legId: event.leg?.legId ?? null,
  };
  if (call.transfers.some((known) => isSameMove(known, entry))) return;
  if (entry.kind === 'park') call.transfers = call.transfers.filter((known) => !isPrelude(known, entry));
  call.transfers.push(entry);
  if (leg !== undefined && leg.endMs === null && (entry.kind === 'park' || entry.kind === 'parkTimeout')) {
    leg.heldBy = null;
    setCompany(call, leg, [], event.atMs);
    enter(leg, entry.kind === 'park' ? 'parked' : 'ivr', event.atMs);
  }
};

/** A transfer told from its other end: the caller is not handed to itself, it gets the other party. */
function takerOf(call: TrackedCall, transfer: Transfer, leg: TrackedLeg | undefined): string | null {
  const first = legById(call, call.firstLegId);
  const isMirrored = transfer.kind === 'attended' && leg !== first && transfer.to === first?.device.id;
  return isMirrored && leg !== undefined ? leg.device.id : transfer.to;
}

function isSameMove(a: TrackedTransfer, b: TrackedTransfer): boolean {
  return a.kind === b.kind && a.legId === b.legId && a.atMs === b.atMs;
}

function isPrelude(known: TrackedTransfer, park: TrackedTransfer): boolean {
  return known.kind === 'blind' && known.legId === park.legId && park.atMs - known.atMs < sameMoveMs;
}

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
  if (leg.spans.some((span) => span.state !== 'dialling')) {
    legCleared(call, event);
    return;
  }
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
