/** Channels, dialling and hang-ups: `Newchannel`, `Newstate`, `Dial*`, `Hangup`, `OriginateResponse`. */
import type { CallCause } from '#core/contract/call-events.ts';
import { tellSentAway } from './bridge-events.ts';
import { peerName } from './channel-graph.ts';
import type { Channel } from './channel-graph.ts';
import type { AmiFrame } from './frames.ts';
import { isPresentationProhibited, readName, readNumber } from './names.ts';
import { legOf, partyOf } from './scene.ts';
import type { Handler, Scene } from './scene.ts';
import { tellTakeOver } from './transfer-events.ts';

const stateRing = 4;
const stateRinging = 5;
const stateUp = 6;
const stateBusy = 7;
/** Q.850 26, "non-selected user clearing": somebody else answered. */
const causeAnsweredElsewhere = 26;
/** Local channels one behind the other. */
const maxHops = 8;

const newChannel: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined) return;
  // Exten `s` in state Down is a phone the switch calls on its own account; its `DialBegin` follows.
  if (channel.state === stateRing && channel.id === channel.callId) scene.announce(channel);
};

const newState: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.isHidden) return;
  if (channel.state === stateRing && !channel.wasDialled) scene.announce(channel);
  if (channel.state === stateRinging) rings(scene, channel);
  if (channel.state === stateUp && !channel.wasDialled) answeredBySwitch(scene, channel);
};

/** The switch itself picked up: a menu, a queue, an announcement. Not an answer by a person. */
export function answeredBySwitch(scene: Scene, channel: Channel): void {
  if (channel.hasAnswered || channel.bridgeId !== null) return;
  scene.announce(channel);
  channel.hasAnswered = true;
  if (hasAnsweredTarget(scene, channel)) return;
  scene.say('established', channel, {
    connected: [],
    peer: { legId: `${channel.id}:switch`, device: { kind: 'ivr', id: channel.exten ?? '' } },
  });
}

function hasAnsweredTarget(scene: Scene, caller: Channel): boolean {
  for (const id of caller.targets) if (scene.graph.channel(id)?.hasAnswered) return true;
  return false;
}

const newCallerId: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined) return;
  withhold(scene, channel, frame);
  // A look-up fills in a name; a number already known is the original caller's and stays.
  channel.number ??= readNumber(frame.get('CallerIDNum'));
  const name = readName(frame.get('CallerIDName'));
  if (channel.device.kind === 'trunk' && !channel.hasTalked) channel.callerName = name ?? channel.callerName;
  else channel.callerName ??= name;
};

/** An outside caller asked not to be named; the call may have been told with the number already. */
function withhold(scene: Scene, channel: Channel, frame: AmiFrame): void {
  if (channel.isWithheld || channel.device.kind !== 'trunk' || channel.wasDialled) return;
  if (!isPresentationProhibited(frame.get('CID-CallingPres'))) return;
  channel.isWithheld = true;
  if (channel.isAnnounced) scene.say('originated', channel, { calling: partyOf(channel) });
}

const dialBegin: Handler = (scene, frame) => {
  const target = scene.channelIn(frame, 'Dest');
  const dialler = scene.channelIn(frame);
  if (target === undefined) return;
  if (dialler !== undefined) tellTakeOver(scene, dialler, target);
  target.wasDialled = true;
  target.dialledAtMs ??= scene.nowMs;
  target.dialledNumber ??= readNumber(frame.get('DestCallerIDNum'));
  if (dialler !== undefined) {
    scene.dials(dialler, target);
    const caller = scene.graph.caller(dialler);
    if (caller !== undefined) scene.announce(caller);
    tellSentAway(scene, dialler, extenOf(frame));
  } else if (!target.isHidden && target.id === target.callId && !target.isAnnounced) {
    originate(scene, target, frame);
  }
  if (target.state === stateRinging) rings(scene, target);
};

function extenOf(frame: AmiFrame): string | null {
  return readNumber(frame.get('Exten'));
}

/** The switch calls a phone first and connects it onwards when it answers: click-to-dial, ARI, call files. */
function originate(scene: Scene, phone: Channel, frame: AmiFrame): void {
  phone.isOriginated = true;
  const shown = readNumber(frame.get('DestCallerIDNum'));
  scene.announce(phone, shown === null || shown === phone.number ? null : shown);
}

const dialState: Handler = (scene, frame) => {
  scene.channelIn(frame);
  const target = scene.channelIn(frame, 'Dest');
  if (target !== undefined && frame.get('DialStatus') === 'RINGING') rings(scene, target);
};

export function rings(scene: Scene, phone: Channel): void {
  if (phone.hasRung || phone.isHidden || !(phone.wasDialled || phone.id !== phone.callId)) return;
  const caller = callerOf(scene, phone);
  if (caller === undefined && !phone.wasDialled) return;
  phone.hasRung = true;
  scene.say('delivered', phone, offerFields(phone, caller));
}

function callerOf(scene: Scene, phone: Channel): Channel | undefined {
  const dialler = phone.dialledBy === null ? undefined : scene.graph.channel(phone.dialledBy);
  return dialler === undefined ? undefined : scene.graph.caller(dialler);
}

function offerFields(phone: Channel, caller: Channel | undefined) {
  const called = caller?.exten ?? phone.dialledNumber;
  return {
    ...(caller === undefined ? {} : { peer: legOf(caller), calling: partyOf(caller) }),
    ...(called === null ? {} : { called: { number: called, name: null } }),
  };
}

const dialEnd: Handler = (scene, frame) => {
  const dialler = scene.channelIn(frame);
  const target = scene.channelIn(frame, 'Dest');
  if (target === undefined) return;
  if (dialler !== undefined && target.dialledBy === null) scene.dials(dialler, target);
  const status = frame.get('DialStatus');
  if (status === 'ANSWER') answers(scene, target);
  if (status === 'CANCEL') cancelled(scene, target, dialler);
  const forward = frame.get('Forward') ?? '';
  if (status !== 'ANSWER' && forward !== '' && !target.isHidden) forwarded(scene, target, forward);
};

function answers(scene: Scene, phone: Channel): void {
  // Some answer without having rung; who picks up another phone's call was never rung.
  if (!phone.hasAnswered && phone.wasDialled) rings(scene, phone);
  if (!phone.hasAnswered && isCalledBySwitch(scene, phone)) meetsApplication(scene, phone, '');
  phone.hasAnswered = true;
  markLosers(scene, phone);
}

/** The switch rings this phone on its own account, straight or through Local channels: it waits for the other party now. */
function isCalledBySwitch(scene: Scene, phone: Channel): boolean {
  if (phone.isHidden) return false;
  let next = phone;
  for (let hops = 0; hops < maxHops && next.dialledBy !== null; hops += 1) {
    const dialler = scene.graph.channel(next.dialledBy);
    const outer = dialler === undefined ? undefined : scene.graph.otherHalf(dialler);
    if (outer === undefined) return false;
    next = outer;
  }
  return next === phone ? phone.isOriginated : next.dialledBy === null && next.wasDialled;
}

/** Phones rung by the same caller at the same time lose the call to the one that answered. */
function markLosers(scene: Scene, winner: Channel): void {
  const dialler = winner.dialledBy === null ? undefined : scene.graph.channel(winner.dialledBy);
  for (const id of dialler?.targets ?? []) {
    const loser = scene.graph.channel(id);
    if (loser !== undefined && !loser.hasAnswered) loses(scene, loser);
  }
}

/** It and what it leads to lose the call, a phone included that was picked up and has not been put through yet. */
function loses(scene: Scene, loser: Channel, hops = 0): void {
  if (loser.hasTalked || hops > maxHops) return;
  loser.wasAnsweredElsewhere = true;
  for (const id of scene.graph.otherHalf(loser)?.targets ?? []) {
    const inner = scene.graph.channel(id);
    if (inner !== undefined) loses(scene, inner, hops + 1);
  }
}

/** Remembered for switches that do not send `HangupRequest`. */
function cancelled(scene: Scene, target: Channel, dialler: Channel | undefined): void {
  if (dialler !== undefined) dialler.cancelledTarget = target.id;
  const caller = dialler === undefined ? undefined : scene.graph.caller(dialler);
  if (caller !== undefined && !target.wasAnsweredElsewhere) caller.hasCancelled = true;
}

/** The phone sends the call on to another number before anybody answered. */
function forwarded(scene: Scene, phone: Channel, to: string): void {
  const caller = callerOf(scene, phone);
  scene.say('transferred', caller ?? phone, {
    transfer: { kind: 'forward', from: phone.device.id, to: lastPart(to) },
  });
}

/** `1002` of `Local/1002@internal` or `1002`. */
function lastPart(dialString: string): string {
  const withoutTechnology = dialString.slice(dialString.indexOf('/') + 1);
  const at = withoutTechnology.indexOf('@');
  return at < 0 ? withoutTechnology : withoutTechnology.slice(0, at);
}

const hangupRequest: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  scene.hasHangupRequests = true;
  // A caller the switch has refused with busy hangs up because of that.
  if (channel !== undefined && channel.state !== stateBusy) channel.hungUpByDevice = true;
};

const hangup: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined) return;
  const cause = causeIn(frame, channel);
  if (channel.isHidden && cause.q850 === causeAnsweredElsewhere) loses(scene, channel);
  // `OriginateResponse` may follow the hang-up; only it names the request the call came from.
  if (channel.isOriginated && !channel.hasAnswered && !channel.isRequestKnown) scene.holdEnd(channel, cause);
  else endChannel(scene, channel, cause);
};

export function endChannel(scene: Scene, channel: Channel, cause: CallCause): void {
  if (!channel.isHidden) clearLeg(scene, channel, cause);
  scene.end(channel);
  if (scene.graph.sizeOfCall(channel.callId) === 0) {
    scene.sayCleared(channel, cause);
  }
}

function hasGivenUp(scene: Scene, channel: Channel): boolean {
  return channel.hasCancelled && !channel.hasTalked && !scene.hasHangupRequests;
}

function clearLeg(scene: Scene, channel: Channel, cause: CallCause): void {
  const wasOffered = channel.wasDialled || channel.dialledBy !== null;
  if (!wasOffered && channel.state >= stateRing) scene.announce(channel);
  const clearedBy = channel.hungUpByDevice || hasGivenUp(scene, channel) ? 'device' : 'switch';
  if (!wasOffered || !hasFailed(channel)) {
    scene.say('legCleared', channel, { cause, clearedBy });
    return;
  }
  const sinceMs = channel.dialledAtMs ?? scene.nowMs;
  scene.say('failed', channel, { cause, clearedBy, sinceMs, ...offerFields(channel, callerOf(scene, channel)) });
}

/** It never rang. Of a click-to-dial the call is told before the phone rings. */
function hasFailed(phone: Channel): boolean {
  return !phone.hasRung && !phone.hasAnswered && (!phone.isAnnounced || phone.isOriginated);
}

function causeIn(frame: AmiFrame, channel: Channel): CallCause {
  const code = Number(frame.get('Cause'));
  const text = frame.get('Cause-txt') ?? null;
  if (channel.wasAnsweredElsewhere && !channel.hasTalked) {
    return { q850: causeAnsweredElsewhere, text: 'Answered elsewhere' };
  }
  return { q850: Number.isInteger(code) ? code : null, text };
}

/** `Failure` names the peer, not the channel, and no id. */
const originateResponse: Handler = (scene, frame) => {
  const actionId = frame.get('ActionID');
  if (actionId !== undefined && !scene.remember(`originate:${actionId}`)) return;
  const called = readNumber(frame.get('Exten'));
  const fields = {
    ...(called === null ? {} : { called: { number: called, name: null } }),
    ...(actionId === undefined ? {} : { correlation: { actionId } }),
  };
  const phone = originatedChannel(scene, frame);
  if (phone !== undefined) {
    if (called !== null) phone.exten ??= called;
    phone.isRequestKnown = true;
    scene.say('originated', phone, fields);
    const application = frame.get('Application') ?? '';
    if (application !== '') meetsApplication(scene, phone, application);
  } else if (frame.get('Response') === 'Failure' && actionId !== undefined) {
    refusedOriginate(scene, frame, fields);
  }
};

/** The phone was called for an announcement or the like, not for another party. */
function meetsApplication(scene: Scene, phone: Channel, application: string): void {
  phone.hasAnswered = true;
  scene.say('established', phone, {
    connected: [],
    peer: { legId: `${phone.id}:switch`, device: { kind: 'ivr', id: application } },
  });
}

function originatedChannel(scene: Scene, frame: AmiFrame): Channel | undefined {
  const id = frame.get('Uniqueid') ?? '';
  const known = scene.graph.channel(id);
  if (known !== undefined) return known;
  const peer = frame.get('Channel') ?? '';
  for (const channel of scene.graph.channels()) {
    if (channel.isOriginated && !channel.hasAnswered && peerName(channel.name) === peer) return channel;
  }
  return undefined;
}

/** The switch could not even make a channel: the call begins and ends with this message. */
function refusedOriginate(scene: Scene, frame: AmiFrame, fields: object): void {
  const peer = frame.get('Channel') ?? '';
  const callId = `originate:${frame.get('ActionID')}`;
  const leg = { legId: callId, device: { kind: 'extension' as const, id: lastPart(peer) } };
  const base = { kind: 'call' as const, callId, atMs: scene.nowMs, leg };
  const cause = { q850: null, text: 'Originate failed' };
  scene.push({
    ...base,
    eventId: scene.nextId(),
    type: 'originated',
    calling: { number: leg.device.id, name: null },
    ...fields,
  });
  scene.push({ ...base, eventId: scene.nextId(), type: 'failed', cause, clearedBy: 'switch' });
  scene.push({ ...base, eventId: scene.nextId(), type: 'callCleared', cause });
}

export const channelHandlers: Readonly<Record<string, Handler>> = {
  Newchannel: newChannel,
  Newstate: newState,
  NewCallerid: newCallerId,
  DialBegin: dialBegin,
  DialState: dialState,
  DialEnd: dialEnd,
  HangupRequest: hangupRequest,
  Hangup: hangup,
  OriginateResponse: originateResponse,
};
