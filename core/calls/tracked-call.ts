/**
 * What the tracker keeps of one interaction that is still open: plain JSON, so that a process that starts again can go
 * on from it. `interaction.ts` makes the public view of it.
 */
import type { CallCause, CallDirection, DeviceRef, PartyRef } from '#core/contract/call-events.ts';
import type { InteractionLeg } from '#core/contract/interaction.ts';

export type LegState = InteractionLeg['spans'][number]['state'];

export interface Span {
  state: LegState;
  fromMs: number;
  toMs: number | null;
}

export interface TrackedLeg {
  readonly legId: string;
  readonly callId: string;
  device: DeviceRef;
  spans: Span[];
  startMs: number;
  endMs: number | null;
  cause: number | null;
  clearedBy: 'device' | 'switch' | null;
  /** It was called, it did not call. */
  wasOffered: boolean;
  /** Refused or unreachable before it rang. */
  hasFailed: boolean;
  /** Legs it hears now. */
  hears: string[];
  /** Legs it has talked with, in order, with the moment of the first word. */
  met: { legId: string; atMs: number }[];
  /** An application of the switch picked up: a menu, an announcement, a mailbox. */
  hasMetService: boolean;
  isHolding: boolean;
  heldBy: string | null;
}

export interface TrackedTransfer {
  kind: 'blind' | 'attended' | 'park' | 'pickup' | 'forward' | 'parkTimeout';
  from: string | null;
  to: string | null;
  atMs: number;
  legId: string | null;
}

export interface TrackedCall {
  readonly id: string;
  readonly connectionId: string;
  callIds: string[];
  /** Calls of the switch that are not cleared yet. */
  openCallIds: string[];
  revision: number;
  direction: CallDirection | null;
  /** The leg that began it all. */
  firstLegId: string | null;
  caller: PartyRef | null;
  callee: string | null;
  legs: TrackedLeg[];
  transfers: TrackedTransfer[];
  recordings: { id: string; location: string | null }[];
  queue: string | null;
  correlation: Record<string, string>;
  startMs: number;
  /** Time of the latest event: how far open spans have grown. */
  lastMs: number;
  isEnded: boolean;
  isInferred: boolean;
}

export function newTrackedCall(id: string, connectionId: string, startMs: number): TrackedCall {
  return {
    id,
    connectionId,
    callIds: [],
    openCallIds: [],
    revision: 0,
    direction: null,
    firstLegId: null,
    caller: null,
    callee: null,
    legs: [],
    transfers: [],
    recordings: [],
    queue: null,
    correlation: {},
    startMs,
    lastMs: startMs,
    isEnded: false,
    isInferred: false,
  };
}

export function legById(call: TrackedCall, legId: string | null): TrackedLeg | undefined {
  return legId === null ? undefined : call.legs.find((leg) => leg.legId === legId);
}

export function stateOf(leg: TrackedLeg): LegState | null {
  const last = leg.spans.at(-1);
  return last === undefined || last.toMs !== null ? null : last.state;
}

/** Worth a span only when they last: a leg passes through them on its way. The others count however short they are. */
const passing = new Set<LegState>(['dialling', 'ivr']);

/** Closes the running span and, unless `state` is null, begins the next one. */
export function enter(leg: TrackedLeg, state: LegState | null, atMs: number): void {
  const last = leg.spans.at(-1);
  if (last !== undefined && last.toMs === null) {
    if (last.state === state) return;
    last.toMs = Math.max(last.fromMs, atMs);
    if (last.toMs === last.fromMs && passing.has(last.state)) leg.spans.pop();
  }
  const fromMs = Math.max(atMs, leg.spans.at(-1)?.toMs ?? atMs);
  if (state !== null && leg.endMs === null) leg.spans.push({ state, fromMs, toMs: null });
}

export function newLeg(legId: string, callId: string, device: DeviceRef, startMs: number): TrackedLeg {
  return {
    legId,
    callId,
    device,
    spans: [],
    startMs,
    endMs: null,
    cause: null,
    clearedBy: null,
    wasOffered: false,
    hasFailed: false,
    hears: [],
    met: [],
    hasMetService: false,
    isHolding: false,
    heldBy: null,
  };
}

/** `leg` hears exactly `others` from now on. */
export function setCompany(call: TrackedCall, leg: TrackedLeg, others: readonly string[], atMs: number): void {
  const before = leg.hears;
  leg.hears = [...others];
  for (const id of before) {
    const other = others.includes(id) ? undefined : legById(call, id);
    if (other !== undefined) forget(other, leg, atMs);
  }
  for (const id of others) {
    const other = legById(call, id);
    if (other === undefined) continue;
    if (!other.hears.includes(leg.legId)) other.hears.push(leg.legId);
    meet(leg, other, atMs);
    meet(other, leg, atMs);
  }
}

function meet(leg: TrackedLeg, other: TrackedLeg, atMs: number): void {
  if (!leg.met.some((entry) => entry.legId === other.legId)) leg.met.push({ legId: other.legId, atMs });
}

/** Somebody `leg` was talking with is gone; nobody left means it talks no more. A held party waits on. */
function forget(leg: TrackedLeg, gone: TrackedLeg, atMs: number): void {
  leg.hears = leg.hears.filter((id) => id !== gone.legId);
  if (leg.hears.length === 0 && stateOf(leg) === 'talking') enter(leg, null, atMs);
}

export function endLeg(call: TrackedCall, leg: TrackedLeg, atMs: number, cause: CallCause | undefined): void {
  if (leg.endMs !== null) return;
  enter(leg, null, atMs);
  leg.endMs = Math.max(leg.startMs, atMs);
  leg.cause = cause?.q850 ?? leg.cause;
  setCompany(call, leg, [], atMs);
  if (!leg.isHolding) return;
  leg.isHolding = false;
  for (const other of call.legs) if (other.heldBy === leg.legId) release(other, atMs);
}

/** Takes a leg off hold: back to whoever it hears, or to nobody. */
export function release(leg: TrackedLeg, atMs: number): void {
  leg.heldBy = null;
  if (stateOf(leg) === 'held') enter(leg, leg.hears.length > 0 ? 'talking' : null, atMs);
}
