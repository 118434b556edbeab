/**
 * Folds call events into interactions: one per customer contact, whatever happens to it on the way.
 *
 * How to use it: one tracker per connection. `apply` every stored event in order; it returns the calls that changed.
 * Store `changed` (each is plain JSON) in the transaction that stores the event, show `toInteraction(call)` of
 * `interaction.ts`; delete the calls named in `absorbed`: they turned out to be part of another interaction. After a
 * restart hand the stored calls with `isEnded: false` to `load`. Applying an event twice, or one of a call that has
 * ended, changes nothing. No clock and no randomness: ids come from `idOf`, times from the events.
 */
import type { CallEvent } from '#core/contract/call-events.ts';
import { applyToCall } from './apply-event.ts';
import { isContact } from './interaction.ts';
import { legById, newTrackedCall } from './tracked-call.ts';
import type { TrackedCall } from './tracked-call.ts';

export interface TrackerOptions {
  readonly connectionId: string;
  /** The interaction's id from the switch's id of its first call; the same call must always get the same id. */
  readonly idOf: (connectionId: string, callId: string) => string;
}

export interface TrackResult {
  readonly changed: readonly TrackedCall[];
  readonly absorbed: readonly { readonly id: string; readonly into: string }[];
}

export interface Tracker {
  apply(event: CallEvent): TrackResult;
  open(): readonly TrackedCall[];
  load(calls: readonly TrackedCall[]): void;
}

const nothing: TrackResult = { changed: [], absorbed: [] };
/** How many ended calls of the switch are remembered so that late events do not open them again. */
const rememberedEnds = 20_000;
/** Only these say enough of a call to begin an interaction with. */
const opens = new Set<CallEvent['type']>(['originated', 'delivered', 'queued', 'established', 'conferenced', 'held']);

export function createTracker(options: TrackerOptions): Tracker {
  return new CallTracker(options);
}

class CallTracker implements Tracker {
  readonly #options: TrackerOptions;
  readonly #open = new Map<string, TrackedCall>();
  readonly #byCall = new Map<string, TrackedCall>();
  readonly #byLeg = new Map<string, TrackedCall>();
  /** Open calls by the number of their caller: an application may offer a waiting caller to an agent in a new call. */
  readonly #byCaller = new Map<string, Set<TrackedCall>>();
  /** Calls in which a device holds the other party: what it dials now is a consultation. */
  readonly #byHolder = new Map<string, TrackedCall>();
  readonly #ended = new Set<string>();

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  open(): readonly TrackedCall[] {
    return [...this.#open.values()];
  }

  load(calls: readonly TrackedCall[]): void {
    for (const call of calls) if (!call.isEnded) this.#index(structuredClone(call));
  }

  apply(event: CallEvent): TrackResult {
    const call = this.#callFor(event);
    if (call === undefined) return nothing;
    const absorbed: { id: string; into: string }[] = [];
    let target = call;
    for (const other of this.#toMerge(call, event)) {
      const [keep, drop] = inOrderOfWeight(target, other);
      this.#absorb(keep, drop);
      absorbed.push({ id: drop.id, into: keep.id });
      target = keep;
    }
    const number = target.caller?.number ?? null;
    applyToCall(target, event);
    if (number !== (target.caller?.number ?? null)) this.#unindexCaller(target, number);
    target.revision += 1;
    this.#reindex(target, event);
    return { changed: isContact(target) ? [target] : [], absorbed };
  }

  #callFor(event: CallEvent): TrackedCall | undefined {
    const known =
      (event.leg === undefined ? undefined : this.#byLeg.get(event.leg.legId)) ?? this.#byCall.get(event.callId);
    if (known !== undefined) return known;
    if (this.#ended.has(event.callId) || !opens.has(event.type)) return undefined;
    const host = this.#consultedCall(event) ?? this.#offeredCall(event);
    if (host !== undefined) {
      host.callIds.push(event.callId);
      host.openCallIds.push(event.callId);
      this.#byCall.set(event.callId, host);
      return host;
    }
    const call = newTrackedCall(
      this.#options.idOf(this.#options.connectionId, event.callId),
      this.#options.connectionId,
      event.atMs,
    );
    call.callIds.push(event.callId);
    call.openCallIds.push(event.callId);
    this.#index(call);
    return call;
  }

  /** A phone that holds one call and dials another consults about the first. */
  #consultedCall(event: CallEvent): TrackedCall | undefined {
    if (event.type !== 'originated' || event.leg?.device.kind !== 'extension') return undefined;
    return this.#byHolder.get(event.leg.device.id);
  }

  /** A call the switch makes to a phone, showing the number of a caller nobody talks with yet, is an offer of that caller. */
  #offeredCall(event: CallEvent): TrackedCall | undefined {
    if (event.type !== 'originated' || event.leg?.device.kind !== 'extension') return undefined;
    const waiting = this.#byCaller.get(event.called?.number ?? '') ?? new Set<TrackedCall>();
    return [...waiting].find((call) => {
      const first = legById(call, call.firstLegId);
      return call.direction === 'inbound' && first?.endMs === null && first.hears.length === 0;
    });
  }

  #toMerge(call: TrackedCall, event: CallEvent): TrackedCall[] {
    const ids = [...(event.connected ?? []), ...(event.peer === undefined ? [] : [event.peer.legId])];
    const heard = new Set(ids.flatMap((id) => this.#byLeg.get(id) ?? []));
    heard.delete(call);
    const found = event.type === 'conferenced' ? inConference(call, [...heard]) : [...heard];
    const merged = event.mergedCallId === undefined ? undefined : this.#byCall.get(event.mergedCallId);
    return merged === undefined || merged === call || found.includes(merged) ? found : [...found, merged];
  }

  #absorb(keep: TrackedCall, drop: TrackedCall): void {
    this.#unindex(drop);
    keep.callIds.push(...drop.callIds);
    keep.openCallIds.push(...drop.openCallIds);
    keep.legs.push(...drop.legs);
    keep.transfers = [...keep.transfers, ...drop.transfers].sort((a, b) => a.atMs - b.atMs);
    keep.recordings.push(...drop.recordings);
    keep.correlation = { ...drop.correlation, ...keep.correlation };
    keep.queue ??= drop.queue;
    this.#index(keep);
  }

  #reindex(call: TrackedCall, event: CallEvent): void {
    if (call.isEnded) {
      this.#unindex(call);
      for (const id of call.callIds) this.#remember(id);
      return;
    }
    for (const ref of [event.leg, event.peer]) if (ref !== undefined) this.#indexLeg(call, ref.legId);
    if (event.type === 'originated' || event.type === 'delivered') this.#indexCaller(call);
  }

  #indexLeg(call: TrackedCall, legId: string): void {
    const leg = legById(call, legId);
    if (leg === undefined) return;
    this.#byLeg.set(legId, call);
    if (leg.device.kind !== 'extension') return;
    if (leg.isHolding) this.#byHolder.set(leg.device.id, call);
    else if (this.#byHolder.get(leg.device.id) === call && !holdsIn(call, leg.device.id))
      this.#byHolder.delete(leg.device.id);
  }

  #indexCaller(call: TrackedCall): void {
    const number = call.caller?.number ?? null;
    if (number === null) return;
    const calls = this.#byCaller.get(number) ?? new Set();
    calls.add(call);
    this.#byCaller.set(number, calls);
  }

  #index(call: TrackedCall): void {
    this.#open.set(call.id, call);
    for (const id of call.callIds) this.#byCall.set(id, call);
    for (const leg of call.legs) this.#indexLeg(call, leg.legId);
    this.#indexCaller(call);
  }

  #unindex(call: TrackedCall): void {
    this.#open.delete(call.id);
    for (const id of call.callIds) this.#byCall.delete(id);
    for (const leg of call.legs) {
      this.#byLeg.delete(leg.legId);
      if (this.#byHolder.get(leg.device.id) === call) this.#byHolder.delete(leg.device.id);
    }
    this.#unindexCaller(call, call.caller?.number ?? null);
  }

  #unindexCaller(call: TrackedCall, number: string | null): void {
    const calls = number === null ? undefined : this.#byCaller.get(number);
    calls?.delete(call);
    if (number !== null && calls?.size === 0) this.#byCaller.delete(number);
  }

  #remember(callId: string): void {
    this.#ended.add(callId);
    if (this.#ended.size <= rememberedEnds) return;
    const [oldest] = this.#ended;
    if (oldest !== undefined) this.#ended.delete(oldest);
  }
}

function holdsIn(call: TrackedCall, deviceId: string): boolean {
  return call.legs.some((leg) => leg.isHolding && leg.device.id === deviceId);
}

/** Two customers in one conference stay two contacts; a colleague who dials in belongs to the first customer's. */
function inConference(call: TrackedCall, others: readonly TrackedCall[]): TrackedCall[] {
  if (isFromOutside(call)) return others.filter((other) => !isFromOutside(other));
  return others.slice(0, 1);
}

function isFromOutside(call: TrackedCall): boolean {
  return call.legs.some((leg) => leg.device.kind === 'trunk');
}

/** The customer's contact is kept, then the older one. */
function inOrderOfWeight(a: TrackedCall, b: TrackedCall): [TrackedCall, TrackedCall] {
  const outside = Number(isFromOutside(b)) - Number(isFromOutside(a));
  const order = outside === 0 ? a.startMs - b.startMs || (a.id < b.id ? -1 : 1) : outside;
  return order <= 0 ? [a, b] : [b, a];
}
