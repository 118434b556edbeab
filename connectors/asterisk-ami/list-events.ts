/**
 * Channels that were up before anybody listened, from `CoreShowChannels` and `Status` (recordings 17b, 17c). What they
 * are doing is told as inferred events; when they began is known to the second at best.
 */
import { tellConference, tellConnected } from './bridge-events.ts';
import { answeredBySwitch, rings } from './channel-events.ts';
import type { Channel } from './channel-graph.ts';
import type { AmiFrame } from './frames.ts';
import { readNumber } from './names.ts';
import type { Handler, Listed, Scene } from './scene.ts';

const stateRing = 4;
const stateRinging = 5;
const stateUp = 6;
/** Applications of a channel that is being called. */
const calledApplications = new Set(['appdial', 'appdial2', 'appqueue']);

const listed: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.isAnnounced || channel.hasRung) return;
  // The dialled number stays in DNID while `Exten` moves with the dialplan.
  channel.exten = readNumber(frame.get('DNID')) ?? channel.exten;
  if (scene.listed.has(channel.id)) return;
  const item = itemOf(frame);
  enterListed(scene, channel, item);
  // A phone that dials out shows the number it was given for the outside; its own is in the channel's name.
  if (channel.device.kind === 'extension' && !calledApplications.has(item.application))
    channel.number = channel.device.id;
  scene.listed.set(channel.id, {
    listedAtMs: scene.nowMs,
    application: item.application,
    queue: item.application === 'queue' ? item.argument : '',
    startedAtMs: startOf(channel.id, frame, scene.nowMs),
  });
};

interface Item {
  readonly application: string;
  readonly argument: string;
  readonly bridgeId: string;
}

/** `CoreShowChannels` and `Status` spell two of their headers differently. */
function itemOf(frame: AmiFrame): Item {
  const data = frame.get('ApplicationData') ?? frame.get('Data') ?? '';
  return {
    application: (frame.get('Application') ?? '').toLowerCase(),
    argument: data.split(',')[0] ?? '',
    bridgeId: frame.get('BridgeId') ?? frame.get('BridgeID') ?? '',
  };
}

function enterListed(scene: Scene, channel: Channel, { bridgeId, application, argument }: Item): void {
  if (bridgeId === '' || channel.bridgeId !== null) return;
  const bridge = scene.graph.bridge(bridgeId);
  if (application.startsWith('park')) bridge.isHolding = true;
  if (application === 'confbridge') bridge.conference ??= argument;
  scene.graph.enter(channel, bridge);
}

/** Whole seconds since creation, and the second of creation in the id: together good to about half a second. */
function startOf(id: string, frame: AmiFrame, nowMs: number): number {
  const seconds = secondsUp(frame);
  if (seconds === null) return nowMs;
  let from = nowMs - (seconds + 1) * 1000;
  let to = nowMs - seconds * 1000;
  const createdMs = Number(/(\d{9,11})\.\d+$/.exec(id)?.[1] ?? NaN) * 1000;
  // Only where the two clocks agree.
  if (createdMs < to && createdMs + 1000 > from) {
    from = Math.max(from, createdMs);
    to = Math.min(to, createdMs + 1000);
  }
  return (from + to) / 2;
}

function secondsUp(frame: AmiFrame): number | null {
  const seconds = frame.get('Seconds');
  if (seconds !== undefined) return Number.isFinite(Number(seconds)) ? Number(seconds) : null;
  const parts = (frame.get('Duration') ?? '').split(':').map(Number);
  const [hours, minutes, rest] = parts;
  if (parts.length !== 3 || hours === undefined || minutes === undefined || rest === undefined) return null;
  const total = hours * 3600 + minutes * 60 + rest;
  return Number.isFinite(total) ? total : null;
}

type Found = Listed & { readonly channel: Channel };

/** Tells what the lists held, once they are complete. */
export function tellListed(scene: Scene): void {
  const found: Found[] = [...scene.listed].flatMap(([id, entry]) => {
    const channel = scene.graph.channel(id);
    return channel === undefined ? [] : [{ channel, ...entry }];
  });
  found.sort((a, b) => a.startedAtMs - b.startedAtMs);
  scene.listed.clear();
  const nowMs = scene.nowMs;
  scene.isInferred = true;
  for (const { channel, application } of found) if (calledApplications.has(application)) adoptCalled(scene, channel);
  for (const one of found) tellBeginning(scene, one);
  for (const one of found) tellDoing(scene, one);
  for (const { channel, listedAtMs } of found) {
    scene.nowMs = listedAtMs;
    tellCompany(scene, channel);
  }
  scene.nowMs = nowMs;
  scene.isInferred = false;
}

function tellBeginning(scene: Scene, { channel, application, startedAtMs }: Found): void {
  scene.nowMs = startedAtMs;
  if (!calledApplications.has(application) && channel.state >= stateRing) scene.announce(channel);
}

function tellDoing(scene: Scene, { channel, queue, startedAtMs }: Found): void {
  scene.nowMs = startedAtMs;
  const isAlone = channel.bridgeId === null;
  if (channel.state === stateRinging) rings(scene, channel);
  else if (queue !== '' && isAlone) tellQueued(scene, channel, queue);
  else if (!channel.wasDialled && channel.state === stateUp && isAlone) answeredBySwitch(scene, channel);
}

function tellQueued(scene: Scene, channel: Channel, queue: string): void {
  channel.isInQueue = true;
  scene.say('queued', channel, { queue });
}

function adoptCalled(scene: Scene, channel: Channel): void {
  channel.wasDialled = true;
  channel.hasAnswered = channel.state === stateUp;
  // The first channel of its call, and called: the switch called it on its own account.
  channel.isOriginated = channel.id === channel.callId;
  const caller = scene.graph.channel(channel.callId);
  if (caller !== undefined && caller !== channel) scene.dials(caller, channel);
}

function tellCompany(scene: Scene, channel: Channel): void {
  if (channel.bridgeId === null) return;
  const bridge = scene.graph.bridge(channel.bridgeId);
  if (bridge.conference === null) tellConnected(scene, channel);
  else tellConference(scene, channel, bridge);
}

export const listHandlers: Readonly<Record<string, Handler>> = { CoreShowChannel: listed, Status: listed };
