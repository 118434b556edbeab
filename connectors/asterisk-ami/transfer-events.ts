/** Calls that change hands: blind, attended and blonde transfers, parking, pickup. */
import type { CallEvent } from '#core/contract/call-events.ts';
import { tellConnected } from './bridge-events.ts';
import { peerName } from './channel-graph.ts';
import type { Channel } from './channel-graph.ts';
import type { AmiFrame } from './frames.ts';
import { readNumber } from './names.ts';
import { legOf } from './scene.ts';
import type { Handler, Scene } from './scene.ts';

type Transfer = NonNullable<CallEvent['transfer']>;

const blindTransfer: Handler = (scene, frame) => {
  if (frame.get('Result') !== 'Success') return;
  const transferer = scene.channelIn(frame, 'Transferer');
  if (transferer === undefined) return;
  // In a bridge of more than two parties there is no single transferee.
  const transferee = scene.channelIn(frame, 'Transferee') ?? scene.graph.connected(transferer)[0];
  const to = readNumber(frame.get('Extension'));
  explained(transferer, transferee);
  scene.say('transferred', transferee ?? transferer, { transfer: { kind: 'blind', from: transferer.device.id, to } });
};

const attendedTransfer: Handler = (scene, frame) => {
  if (frame.get('Result') !== 'Success') return;
  const first = scene.channelIn(frame, 'OrigTransferer');
  const second = scene.channelIn(frame, 'SecondTransferer');
  if (first === undefined || second === undefined) return;
  const transferee = scene.channelIn(frame, 'Transferee') ?? scene.graph.connected(first)[0];
  const ringing = ringingTargets(scene, second);
  const transfer: Transfer = {
    kind: 'attended',
    from: first.device.id,
    to: targetOf(scene, frame, { first, second, transferee, ringing }),
  };
  const leg = transferee ?? first;
  explained(first, second, transferee);
  scene.say('transferred', leg, {
    transfer,
    ...(second.callId === leg.callId ? {} : { mergedCallId: second.callId }),
  });
  // Transferred while the target still rings: the transferee now waits for the answer.
  if (transferee !== undefined) for (const phone of ringing) scene.dials(transferee, phone);
};

/** A transfer is told: whom these left behind needs no other explanation. */
function explained(...channels: readonly (Channel | undefined)[]): void {
  for (const channel of channels) {
    if (channel === undefined) continue;
    channel.leftBehind = null;
    channel.isMoveTold = true;
  }
}

function ringingTargets(scene: Scene, dialler: Channel): Channel[] {
  const found: Channel[] = [];
  for (const id of dialler.targets) {
    const target = scene.graph.channel(id);
    if (target === undefined || target.hasAnswered) continue;
    if (target.isHidden) {
      const inner = scene.graph.otherHalf(target);
      if (inner !== undefined) found.push(...ringingTargets(scene, inner));
    } else {
      found.push(target);
    }
  }
  return found;
}

interface Parties {
  readonly first: Channel;
  readonly second: Channel;
  readonly transferee: Channel | undefined;
  readonly ringing: readonly Channel[];
}

function targetOf(scene: Scene, frame: AmiFrame, parties: Parties): string | null {
  const { first, second, transferee, ringing } = parties;
  // Of a group that still rings nobody knows who will take it: the number dialled is the target.
  const [phone, ...others] = ringing;
  if (others.length > 0 && second.exten !== null) return second.exten;
  const named = realEnd(scene, scene.channelIn(frame, 'TransferTarget'));
  // The bridges may have changed already: whom the second channel was last said to hear is its target.
  const heard = second.toldConnected.split(' ').map((id) => scene.graph.channel(id));
  const isTarget = (channel: Channel | undefined) => channel !== first && channel !== second && channel !== transferee;
  const target = heard.find((channel) => channel !== undefined && isTarget(channel)) ?? phone ?? named;
  if (target?.device.kind === 'extension' && isTarget(target)) return target.device.id;
  return second.exten ?? readNumber(frame.get('TransferTargetCallerIDNum')) ?? target?.number ?? null;
}

/** The phone behind a Local channel. */
function realEnd(scene: Scene, channel: Channel | undefined): Channel | undefined {
  if (channel === undefined || !channel.isHidden) return channel;
  const inner = scene.graph.otherHalf(channel);
  const rung = inner === undefined ? [] : ringingTargets(scene, inner);
  return scene.graph.connected(channel).find((other) => other.wasDialled) ?? rung[0];
}

function parkerOf(scene: Scene, frame: AmiFrame): string | null {
  const parker = scene.channelIn(frame, 'Parker');
  if (parker !== undefined) return parker.device.id;
  const dialString = frame.get('ParkerDialString') ?? '';
  const peer = peerName(dialString);
  return peer === '' ? null : peer.slice(peer.indexOf('/') + 1);
}

const parkedCall: Handler = (scene, frame) => {
  const parked = scene.channelIn(frame, 'Parkee');
  if (parked === undefined) return;
  settle(scene, parked, '');
  scene.say('transferred', parked, {
    transfer: { kind: 'park', from: parkerOf(scene, frame), to: frame.get('ParkingSpace') ?? null },
    connected: [],
  });
};

const parkTimeout: Handler = (scene, frame) => {
  const parked = scene.channelIn(frame, 'Parkee');
  if (parked === undefined) return;
  settle(scene, parked, '');
  scene.say('transferred', parked, {
    transfer: { kind: 'parkTimeout', from: frame.get('ParkingSpace') ?? null, to: parkerOf(scene, frame) },
    connected: [],
  });
};

/** The bridge is made later, after an announcement to the retriever: the parked party is heard from now on. */
const unparkedCall: Handler = (scene, frame) => {
  const parked = scene.channelIn(frame, 'Parkee');
  const retriever = scene.channelIn(frame, 'Retriever');
  if (parked === undefined || retriever === undefined) return;
  scene.announce(retriever);
  retriever.hasAnswered = true;
  scene.say('transferred', parked, {
    transfer: { kind: 'pickup', from: frame.get('ParkingSpace') ?? null, to: retriever.device.id },
    ...(retriever.callId === parked.callId ? {} : { mergedCallId: retriever.callId }),
  });
  settle(scene, parked, retriever.id);
  settle(scene, retriever, parked.id);
  scene.say('established', retriever, { peer: legOf(parked), connected: [parked.id] });
};

function settle(scene: Scene, channel: Channel, connected: string): void {
  explained(channel);
  channel.toldConnected = connected;
  channel.leftAtMs = null;
  scene.waiting.delete(channel.id);
}

const pickup: Handler = (scene, frame) => {
  const picker = scene.channelIn(frame);
  const rung = scene.channelIn(frame, 'Target');
  if (picker !== undefined && rung !== undefined) tellPickup(scene, picker, rung);
};

/** Where the pickup itself is not told: a dial is moved to a phone that came by itself and is up already. */
export function tellTakeOver(scene: Scene, dialler: Channel, target: Channel): void {
  const rung = dialler.cancelledTarget === null ? undefined : scene.graph.channel(dialler.cancelledTarget);
  if (rung === undefined || rung.isHidden || rung.hasAnswered || !target.isAnnounced || target.wasDialled) return;
  tellPickup(scene, target, rung);
}

function tellPickup(scene: Scene, picker: Channel, rung: Channel): void {
  if (picker.hasPickedUp) return;
  picker.hasPickedUp = true;
  scene.announce(picker);
  const dialler = rung.dialledBy === null ? undefined : scene.graph.channel(rung.dialledBy);
  const caller = dialler === undefined ? undefined : scene.graph.caller(dialler);
  rung.wasAnsweredElsewhere = true;
  picker.hasAnswered = true;
  if (dialler !== undefined) dialler.targets.add(picker.id);
  scene.say('transferred', caller ?? rung, {
    transfer: { kind: 'pickup', from: rung.device.id, to: picker.device.id },
    ...(picker.callId === (caller ?? rung).callId ? {} : { mergedCallId: picker.callId }),
  });
  tellConnected(scene, picker);
}

export const transferHandlers: Readonly<Record<string, Handler>> = {
  BlindTransfer: blindTransfer,
  AttendedTransfer: attendedTransfer,
  ParkedCall: parkedCall,
  ParkedCallTimeOut: parkTimeout,
  UnParkedCall: unparkedCall,
  Pickup: pickup,
};
