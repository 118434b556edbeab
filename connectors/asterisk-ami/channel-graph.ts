/**
 * What is known of the switch's channels: who they are, who dialled them, and who can hear whom through bridges and
 * Local pairs. A Local pair (`Local/x@y;1` and `;2`) is a tunnel: nobody sits in it, it joins what is at its two ends.
 */
import type { DeviceRef } from '#core/contract/call-events.ts';

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Linkedid when the channel was first seen: a later change of Linkedid does not move the leg to another call. */
  readonly callId: string;
  readonly device: DeviceRef;
  /** Local halves and channels of the switch's own machinery (announcers, recorders): nobody's leg. */
  readonly isHidden: boolean;
  state: number;
  bridgeId: string | null;
  /** When it left its last bridge without entering another; `null` when it is in one or was told about. */
  leftAtMs: number | null;
  /** A transfer event has told that it is moved: the bridge changes that follow need no other explanation. */
  isMoveTold: boolean;
  /** Whom it left behind in a bridge, until its next destination explains why. */
  leftBehind: { readonly device: string; readonly atMs: number } | null;
  /** The channel whose `Dial` or queue rings this one. */
  dialledBy: string | null;
  wasDialled: boolean;
  dialledAtMs: number | null;
  /** The number the switch dialled to reach it, where it is told. */
  dialledNumber: string | null;
  /** Channels this one has dialled, those that are gone included. */
  readonly targets: Set<string>;
  isOriginated: boolean;
  /** The `OriginateResponse` of an originated channel has come. */
  isRequestKnown: boolean;
  hasRung: boolean;
  hasAnswered: boolean;
  wasAnsweredElsewhere: boolean;
  isAnnounced: boolean;
  /** What the call has been told about who hears this channel: sorted ids joined by a space. */
  toldConnected: string;
  isHolding: boolean;
  heldBy: string | null;
  hungUpByDevice: boolean;
  /** A call it made was cancelled; it means the caller gave up if nobody was ever heard. */
  hasCancelled: boolean;
  /** The channel it stopped ringing last. */
  cancelledTarget: string | null;
  /** It took over a call that rang elsewhere. */
  hasPickedUp: boolean;
  /** The switch was told not to show who calls. */
  isWithheld: boolean;
  hasTalked: boolean;
  number: string | null;
  callerName: string | null;
  exten: string | null;
  isPressing: boolean;
  isInQueue: boolean;
  hasAbandoned: boolean;
  isInVoicemail: boolean;
  recording: { readonly id: string; readonly location: string } | null;
  /** Marks of whoever asked for the call, collected until the call is told. */
  marks: Record<string, string> | null;
}

export interface Bridge {
  readonly id: string;
  readonly members: Set<string>;
  /** Parking lots and holding bridges: their members do not hear each other. */
  isHolding: boolean;
  conference: string | null;
}

export interface NewChannel {
  readonly id: string;
  readonly name: string;
  readonly callId: string;
  readonly state: number;
  readonly exten: string | null;
}

/** Technologies of the switch's own helpers (res/bridges, app_confbridge, ARI snoop and recorder, paging). */
const helperTechnologies = new Set([
  'announcer',
  'bridge',
  'bridgeplayback',
  'cbann',
  'cbrec',
  'confbridgerecorder',
  'local',
  'message',
  'multicastrtp',
  'record',
  'recorder',
  'snoop',
  'surrogate',
  'unicastrtp',
]);

export interface ChannelGraph {
  channel(id: string): Channel | undefined;
  channels(): IterableIterator<Channel>;
  size(): number;
  add(fresh: NewChannel): Channel;
  remove(id: string): void;
  /** The other half of a Local channel. */
  otherHalf(channel: Channel): Channel | undefined;
  bridge(id: string): Bridge;
  removeBridge(id: string): void;
  enter(channel: Channel, bridge: Bridge): void;
  leave(channel: Channel): void;
  /** Legs that hear this channel now, itself left out. */
  connected(channel: Channel): Channel[];
  /** The leg that really dials: `Local;2` dials for whoever dialled `Local;1`. */
  caller(channel: Channel): Channel | undefined;
  /** Channels of a call that are still up, hidden ones included. */
  sizeOfCall(callId: string): number;
}

export function createChannelGraph(isTrunk: (channelName: string) => boolean): ChannelGraph {
  return new Graph(isTrunk);
}

class Graph implements ChannelGraph {
  readonly #isTrunk: (channelName: string) => boolean;
  readonly #channels = new Map<string, Channel>();
  readonly #idByName = new Map<string, string>();
  readonly #bridges = new Map<string, Bridge>();
  readonly #callSizes = new Map<string, number>();

  constructor(isTrunk: (channelName: string) => boolean) {
    this.#isTrunk = isTrunk;
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  channels(): IterableIterator<Channel> {
    return this.#channels.values();
  }

  size(): number {
    return this.#channels.size;
  }

  add(fresh: NewChannel): Channel {
    const channel: Channel = {
      ...fresh,
      device: deviceOf(fresh.name, this.#isTrunk(fresh.name)),
      isHidden: helperTechnologies.has(technologyOf(fresh.name)),
      bridgeId: null,
      leftAtMs: null,
      isMoveTold: false,
      leftBehind: null,
      dialledBy: null,
      wasDialled: false,
      dialledAtMs: null,
      dialledNumber: null,
      targets: new Set(),
      isOriginated: false,
      isRequestKnown: false,
      hasRung: false,
      hasAnswered: false,
      wasAnsweredElsewhere: false,
      isAnnounced: false,
      toldConnected: '',
      isHolding: false,
      heldBy: null,
      hungUpByDevice: false,
      hasCancelled: false,
      cancelledTarget: null,
      hasPickedUp: false,
      isWithheld: false,
      hasTalked: false,
      number: null,
      callerName: null,
      isPressing: false,
      isInQueue: false,
      hasAbandoned: false,
      isInVoicemail: false,
      recording: null,
      marks: null,
    };
    this.#channels.set(channel.id, channel);
    this.#idByName.set(channel.name, channel.id);
    this.#callSizes.set(channel.callId, this.sizeOfCall(channel.callId) + 1);
    return channel;
  }

  remove(id: string): void {
    const channel = this.#channels.get(id);
    if (channel === undefined) return;
    this.leave(channel);
    this.#channels.delete(id);
    if (this.#idByName.get(channel.name) === id) this.#idByName.delete(channel.name);
    const left = this.sizeOfCall(channel.callId) - 1;
    if (left > 0) this.#callSizes.set(channel.callId, left);
    else this.#callSizes.delete(channel.callId);
  }

  otherHalf(channel: Channel): Channel | undefined {
    if (technologyOf(channel.name) !== 'local') return undefined;
    const stem = channel.name.slice(0, -1);
    const id = this.#idByName.get(channel.name.endsWith(';1') ? `${stem}2` : `${stem}1`);
    return id === undefined ? undefined : this.#channels.get(id);
  }

  bridge(id: string): Bridge {
    let bridge = this.#bridges.get(id);
    if (bridge === undefined) {
      bridge = { id, members: new Set(), isHolding: false, conference: null };
      this.#bridges.set(id, bridge);
    }
    return bridge;
  }

  removeBridge(id: string): void {
    for (const member of this.#bridges.get(id)?.members ?? []) {
      const channel = this.#channels.get(member);
      if (channel?.bridgeId === id) channel.bridgeId = null;
    }
    this.#bridges.delete(id);
  }

  enter(channel: Channel, bridge: Bridge): void {
    if (channel.bridgeId !== bridge.id) this.leave(channel);
    channel.bridgeId = bridge.id;
    bridge.members.add(channel.id);
  }

  leave(channel: Channel): void {
    if (channel.bridgeId === null) return;
    const bridge = this.#bridges.get(channel.bridgeId);
    bridge?.members.delete(channel.id);
    // A conference or parking lot is named when it starts; an ordinary bridge is rebuilt by the next enter.
    if (bridge?.members.size === 0 && bridge.conference === null) this.#bridges.delete(bridge.id);
    channel.bridgeId = null;
  }

  connected(channel: Channel): Channel[] {
    const seen = new Set([channel.id]);
    const found: Channel[] = [];
    const open = [channel];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const neighbour of this.#neighbours(next)) {
        if (seen.has(neighbour.id)) continue;
        seen.add(neighbour.id);
        open.push(neighbour);
        if (!neighbour.isHidden) found.push(neighbour);
      }
    }
    return found;
  }

  #neighbours(channel: Channel): Channel[] {
    const result: Channel[] = [];
    const bridge = channel.bridgeId === null ? undefined : this.#bridges.get(channel.bridgeId);
    if (bridge !== undefined && !bridge.isHolding) {
      for (const id of bridge.members) {
        const member = this.#channels.get(id);
        if (member !== undefined) result.push(member);
      }
    }
    const half = this.otherHalf(channel);
    if (half !== undefined) result.push(half);
    return result;
  }

  caller(channel: Channel): Channel | undefined {
    let next: Channel | undefined = channel;
    for (let hops = 0; next?.isHidden && hops < 8; hops += 1) {
      const outer: Channel = this.otherHalf(next) ?? next;
      const dialler: Channel | undefined = outer.dialledBy === null ? undefined : this.#channels.get(outer.dialledBy);
      next = dialler ?? this.connected(outer)[0];
    }
    return next?.isHidden ? undefined : next;
  }

  sizeOfCall(callId: string): number {
    return this.#callSizes.get(callId) ?? 0;
  }
}

function technologyOf(name: string): string {
  const slash = name.indexOf('/');
  return (slash < 0 ? name : name.slice(0, slash)).toLowerCase();
}

/** `PJSIP/1001-000001de` without the running number the switch adds to each channel. */
export function peerName(channelName: string): string {
  return channelName.replace(/-[0-9a-f]{4,}(?:;[12])?$/i, '');
}

function deviceOf(channelName: string, isTrunk: boolean): DeviceRef {
  const peer = peerName(channelName);
  const id = peer.slice(peer.indexOf('/') + 1);
  return { kind: isTrunk ? 'trunk' : 'extension', id };
}

/** Compiles patterns such as `PJSIP/trunk` or `SIP/voipgrid-siproute-*`; `*` stands for any characters. */
export function trunkMatcher(patterns: readonly string[]): (channelName: string) => boolean {
  const tests = patterns
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map((pattern) => new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`, 'i'));
  return (channelName) => {
    const peer = peerName(channelName);
    return tests.some((test) => test.test(peer) || test.test(channelName));
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
