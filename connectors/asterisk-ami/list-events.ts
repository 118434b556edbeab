/**
 * Channels that were up before anybody listened, from `CoreShowChannels` and `Status` (recordings 17b, 17c). What they
 * are doing is told as inferred events; when they began is known to the second at best.
 */
import { tellConference, tellConnected } from './bridge-events.ts';
import { answeredBySwitch, rings } from './channel-events.ts';
import type { Channel } from './channel-graph.ts';
import type { AmiFrame } from './frames.ts';
import { readNumber } from './names.ts';
import type { Handler, Scene } from './scene.ts';

const stateRing = 4;
const stateRinging = 5;
const stateUp = 6;
/** Applications of a channel that is being called. */
const calledApplications = new Set(['appdial', 'appdial2', 'appqueue']);

const listed: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined) return;
  // The dialled number stays in DNID while `Exten` moves with the dialplan.
  const dialled = readNumber(frame.get('DNID'));
  if (dialled !== null && !channel.isAnnounced) channel.exten = dialled;
  if (channel.isAnnounced || channel.hasRung || scene.listed.has(channel.id)) return;
  const application = (frame.get('Application') ?? '').toLowerCase();
  const bridgeId = frame.get('BridgeId') ?? frame.get('BridgeID') ?? '';
  if (bridgeId !== '' && channel.bridgeId === null) enterListed(scene, channel, { bridgeId, application, frame });
  // A phone that dials out shows the number it was given for the outside; its own is in the channel's name.
  if (channel.device.kind === 'extension' && !calledApplications.has(application)) channel.number = channel.device.id;
  scene.listed.set(channel.id, {
    listedAtMs: scene.nowMs,
    application,
    queue:
      application === 'queue' ? ((frame.get('ApplicationData') ?? frame.get('Data') ?? '').split(',')[0] ?? '') : '',
    startedAtMs: startOf(channel.id, frame, scene.nowMs),
  });
};

function enterListed(
  scene: Scene,
  channel: Channel,
  at: { bridgeId: string; application: string; frame: AmiFrame },
): void {
  const bridge = scene.graph.bridge(at.bridgeId);
  if (at.application.startsWith('park')) bridge.isHolding = true;
  if (at.application === 'confbridge') {
    bridge.conference ??= (at.frame.get('ApplicationData') ?? at.frame.get('Data') ?? '').split(',')[0] ?? '';
  }
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

/** Tells what the lists held, once they are complete. */
export function tellListed(scene: Scene): void {
  const entries = [...scene.listed].sort(([, a], [, b]) => a.startedAtMs - b.startedAtMs);
  scene.listed.clear();
  const nowMs = scene.nowMs;
  const listedAtMs = Math.max(...entries.map(([, entry]) => entry.listedAtMs));
  scene.isInferred = true;
  const found = entries.flatMap(([id, entry]) => {
    const channel = scene.graph.channel(id);
    return channel === undefined ? [] : [{ channel, ...entry }];
  });
  for (const { channel, application } of found) if (calledApplications.has(application)) adoptCalled(scene, channel);
  for (const { channel, application, startedAtMs } of found) {
    scene.nowMs = startedAtMs;
    if (!calledApplications.has(application) && channel.state >= stateRing) scene.announce(channel);
  }
  for (const { channel, queue, startedAtMs } of found) {
    scene.nowMs = startedAtMs;
    if (channel.state === stateRinging) rings(scene, channel);
    else if (queue !== '' && channel.bridgeId === null) scene.say('queued', channel, { queue });
    else if (!channel.wasDialled && channel.state === stateUp && channel.bridgeId === null)
      answeredBySwitch(scene, channel);
  }
  scene.nowMs = listedAtMs;
  for (const { channel } of found) tellCompany(scene, channel);
  scene.nowMs = nowMs;
  scene.isInferred = false;
}

function adoptCalled(scene: Scene, channel: Channel): void {
  channel.wasDialled = true;
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
