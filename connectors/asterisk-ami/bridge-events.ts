/** Who hears whom: bridges, conferences, Local pairs that are optimised away, and hold. */
import { legOf, partyOf } from './scene.ts';
import type { Handler, Scene } from './scene.ts';
import type { Bridge, Channel } from './channel-graph.ts';

const bridgeEnter: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  const id = frame.get('BridgeUniqueid');
  if (channel === undefined || id === undefined) return;
  const bridge = scene.graph.bridge(id);
  bridge.isHolding = frame.get('BridgeType') === 'parking' || frame.get('BridgeTechnology') === 'holding_bridge';
  if (frame.get('BridgeCreator') === 'ConfBridge') bridge.conference ??= frame.get('BridgeName') ?? '';
  const replaced = frame.get('SwapUniqueid');
  const swapped = replaced === undefined ? undefined : scene.graph.channel(replaced);
  if (swapped?.bridgeId === id) leaveBridge(scene, swapped);
  scene.graph.enter(channel, bridge);
  channel.leftAtMs = null;
  if (bridge.conference === null) tellConnected(scene, channel);
  else tellConference(scene, channel, bridge);
};

const bridgeLeave: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.bridgeId !== frame.get('BridgeUniqueid')) return;
  leaveBridge(scene, channel);
};

function leaveBridge(scene: Scene, channel: Channel): void {
  const company = scene.graph.connected(channel);
  const [only] = company;
  const isSentAway =
    company.length === 1 && only?.hungUpByDevice === false && !channel.hungUpByDevice && !channel.isMoveTold;
  channel.leftBehind = isSentAway ? { device: only.device.id, atMs: scene.nowMs } : null;
  scene.graph.leave(channel);
  channel.leftAtMs = scene.nowMs;
  if (!channel.isHidden) scene.waiting.add(channel.id);
}

const bridgeDestroy: Handler = (scene, frame) => {
  const id = frame.get('BridgeUniqueid');
  if (id !== undefined) scene.graph.removeBridge(id);
};

const bridgeMerge: Handler = (scene, frame) => {
  const from = scene.graph.bridge(frame.get('FromBridgeUniqueid') ?? '');
  const to = scene.graph.bridge(frame.get('ToBridgeUniqueid') ?? '');
  to.conference ??= from.conference;
};

const conferenceStart: Handler = (scene, frame) => {
  const id = frame.get('BridgeUniqueid');
  if (id !== undefined) scene.graph.bridge(id).conference = frame.get('Conference') ?? '';
};

/** For a listener that came after the conference had begun. */
const conferenceJoin: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  const id = frame.get('BridgeUniqueid');
  if (channel === undefined || id === undefined) return;
  const bridge = scene.graph.bridge(id);
  bridge.conference ??= frame.get('Conference') ?? '';
  if (channel.bridgeId === id) tellConference(scene, channel, bridge);
};

export function tellConference(scene: Scene, channel: Channel, bridge: Bridge): void {
  if (channel.isHidden) return;
  const others = scene.graph.connected(channel);
  const told = `conference ${bridge.id}`;
  if (channel.toldConnected === told) return;
  channel.toldConnected = told;
  if (!channel.wasDialled) scene.announce(channel);
  channel.hasAnswered = true;
  scene.say('conferenced', channel, {
    peer: { legId: `conference:${bridge.id}`, device: { kind: 'conference', id: bridge.conference ?? '' } },
    connected: others.map((other) => other.id),
  });
}

/**
 * A party that left its bridge while the other stayed in it, and now is on its way to somebody else, has been sent there
 * by a command of the manager interface (`Redirect`), which no event tells.
 */
export function tellSentAway(scene: Scene, channel: Channel, to: string | null): void {
  const left = channel.leftBehind;
  channel.leftBehind = null;
  if (left === null || to === null) return;
  scene.say('transferred', channel, { atMs: left.atMs, transfer: { kind: 'blind', from: left.device, to } });
}

/** Says that legs hear each other, for every leg whose company has changed. */
export function tellConnected(scene: Scene, moved: Channel): void {
  const group = scene.graph.connected(moved);
  if (!moved.isHidden) group.unshift(moved);
  if (group.length < 2) return;
  const ids = group.map((channel) => channel.id).sort();
  for (const leg of inOrderOfAnswer(group)) {
    const told = ids.filter((id) => id !== leg.id).join(' ');
    if (leg.toldConnected === told) continue;
    const peer =
      group.find((other) => other !== leg && other.device.kind !== leg.device.kind) ??
      group.find((other) => other !== leg);
    if (peer === undefined) continue;
    establish(scene, leg, { peer, ids });
  }
}

function establish(scene: Scene, leg: Channel, company: { peer: Channel; ids: readonly string[] }): void {
  const { peer, ids } = company;
  for (const side of [leg, peer]) {
    if (!side.wasDialled) scene.announce(side);
    side.hasAnswered = true;
    side.hasTalked = true;
    side.toldConnected = ids.filter((id) => id !== side.id).join(' ');
    side.leftAtMs = null;
    side.leftBehind = null;
    side.isMoveTold = false;
    scene.waiting.delete(side.id);
  }
  scene.say('established', leg, {
    peer: legOf(peer),
    calling: partyOf(peer),
    connected: ids.filter((id) => id !== leg.id),
  });
}

/** A phone that was rung answers; whoever called it is the peer. */
function inOrderOfAnswer(group: readonly Channel[]): Channel[] {
  return [...group].sort(
    (a, b) => Number(b.wasDialled && b.toldConnected === '') - Number(a.wasDialled && a.toldConnected === ''),
  );
}

/**
 * A leg that left a bridge is in the dialplan again, unless it enters another bridge or ends. It is told once the next
 * message about it shows that it goes on alone, or after a second.
 */
export function tellLeft(scene: Scene, channel: Channel): void {
  scene.waiting.delete(channel.id);
  const leftAtMs = channel.leftAtMs;
  channel.leftAtMs = null;
  if (leftAtMs === null || channel.bridgeId !== null || scene.graph.channel(channel.id) !== channel) return;
  if (channel.toldConnected === '') return;
  channel.toldConnected = '';
  scene.say('diverted', channel, { atMs: leftAtMs, connected: [] });
}

const hold: Handler = (scene, frame) => {
  const holder = scene.channelIn(frame);
  if (holder === undefined || holder.isHidden || holder.isHolding) return;
  holder.isHolding = true;
  const held = scene.graph.connected(holder);
  scene.say('held', holder, {
    ...(held[0] === undefined ? {} : { peer: legOf(held[0]) }),
    connected: held.map((channel) => channel.id),
  });
  for (const channel of held) channel.heldBy = holder.id;
};

/** Some phones send `Unhold` at a transfer without having held: nothing to take back then. */
const unhold: Handler = (scene, frame) => {
  const holder = scene.channelIn(frame);
  if (holder?.isHolding === true) retrieve(scene, holder, scene.graph.connected(holder)[0]);
};

/** The only end of a hold the switch itself started for a feature code. */
const musicStop: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.heldBy === null) return;
  const holder = scene.graph.channel(channel.heldBy);
  channel.heldBy = null;
  if (holder?.isHolding === true) retrieve(scene, holder, channel);
};

/** The party off hold may hear somebody else now, or nobody. */
function retrieve(scene: Scene, holder: Channel, held: Channel | undefined): void {
  holder.isHolding = false;
  if (held !== undefined) held.heldBy = null;
  scene.say('retrieved', holder, held === undefined ? {} : { peer: legOf(held), connected: companyOf(scene, held) });
}

function companyOf(scene: Scene, channel: Channel): string[] {
  return scene.graph.connected(channel).map((other) => other.id);
}

const localBridge: Handler = (scene, frame) => {
  scene.channelIn(frame, 'LocalOne');
  scene.channelIn(frame, 'LocalTwo');
};

export const bridgeHandlers: Readonly<Record<string, Handler>> = {
  BridgeEnter: bridgeEnter,
  BridgeLeave: bridgeLeave,
  BridgeDestroy: bridgeDestroy,
  BridgeMerge: bridgeMerge,
  ConfbridgeStart: conferenceStart,
  ConfbridgeJoin: conferenceJoin,
  Hold: hold,
  Unhold: unhold,
  MusicOnHoldStop: musicStop,
  LocalBridge: localBridge,
};
