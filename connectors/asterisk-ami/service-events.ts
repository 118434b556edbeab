/** Queues, voicemail, recordings, digits and marks set by the dialplan. */
import { tellSentAway } from './bridge-events.ts';
import type { Channel } from './channel-graph.ts';
import type { Handler, Scene } from './scene.ts';

const queueJoin: Handler = (scene, frame) => {
  const caller = scene.channelIn(frame);
  if (caller === undefined || caller.isHidden) return;
  scene.announce(caller);
  caller.hasAbandoned = false;
  caller.isInQueue = true;
  tellSentAway(scene, caller, frame.get('Exten') ?? null);
  scene.say('queued', caller, { queue: frame.get('Queue') ?? '' });
};

const queueAbandon: Handler = (scene, frame) => {
  const caller = scene.channelIn(frame);
  if (caller === undefined) return;
  if (!caller.isInQueue && !caller.isHidden) tellWaited(scene, caller, frame);
  caller.hasAbandoned = true;
};

/** Nobody told when the caller joined: the message says how long ago, in whole seconds. */
function tellWaited(scene: Scene, caller: Channel, frame: Parameters<Handler>[1]): void {
  const seconds = Number(frame.get('HoldTime') ?? 0);
  const atMs = scene.nowMs - (Number.isFinite(seconds) ? seconds * 1000 : 0);
  scene.announce(caller);
  caller.isInQueue = true;
  scene.say('queued', caller, { atMs, queue: frame.get('Queue') ?? '' });
}

/** Comes when an agent has answered, when the caller hangs up, and when the queue gives up: only the last is news. */
const queueLeave: Handler = (scene, frame) => {
  const caller = scene.channelIn(frame);
  if (caller === undefined || caller.isHidden || caller.hasAbandoned) return;
  caller.isInQueue = false;
  for (const id of caller.targets) if (scene.graph.channel(id)?.hasAnswered) return;
  scene.say('diverted', caller, { queue: frame.get('Queue') ?? '', connected: [] });
};

const newExten: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.isHidden) return;
  const application = (frame.get('Application') ?? '').toLowerCase();
  if (application === 'voicemail') voicemail(scene, channel, (frame.get('AppData') ?? '').split(',')[0] ?? '');
};

/** Tells of a mailbox after the fact, where the session does not get dialplan events. */
const messageWaiting: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel !== undefined && !channel.isHidden && !channel.isInVoicemail)
    voicemail(scene, channel, frame.get('Mailbox') ?? '');
};

function voicemail(scene: Scene, channel: Channel, mailbox: string): void {
  scene.announce(channel);
  channel.isInVoicemail = true;
  channel.hasAnswered = true;
  scene.say('established', channel, {
    peer: { legId: `${channel.id}:voicemail`, device: { kind: 'voicemail', id: mailbox } },
    connected: [],
  });
}

const digitBegin: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel !== undefined && frame.get('Direction') === 'Received') channel.isPressing = true;
};

const digitEnd: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.isHidden || !channel.isPressing || frame.get('Direction') !== 'Received') return;
  channel.isPressing = false;
  scene.say('digitsCollected', channel, { digits: frame.get('Digit') ?? '' });
};

const varSet: Handler = (scene, frame) => {
  const variable = frame.get('Variable') ?? '';
  if (variable === 'MIXMONITOR_FILENAME') {
    recordingStarted(scene, frame, frame.get('Value') ?? '');
  } else if (scene.isCorrelation(variable)) {
    const channel = scene.channelIn(frame);
    const name = variable.replace(/^_+/, '');
    if (channel !== undefined && !channel.isHidden) scene.mark(channel, name, frame.get('Value') ?? '');
  }
};

function recordingStarted(scene: Scene, frame: Parameters<Handler>[1], location: string): void {
  const channel = scene.channelIn(frame);
  if (channel === undefined || location === '') return;
  const leg = scene.graph.caller(channel) ?? channel;
  leg.recording = { id: withinMonitor(location), location };
  scene.say('recordingStarted', leg, { recording: leg.recording });
}

/** Recordings lie in the switch's monitor directory; a reader may have it mounted elsewhere. */
function withinMonitor(location: string): string {
  const at = location.startsWith('/') ? location.indexOf('/monitor/') : -1;
  return at < 0 ? location : location.slice(at + '/monitor/'.length);
}

const mixMonitorStop: Handler = (scene, frame) => {
  const channel = scene.channelIn(frame);
  if (channel === undefined || channel.recording === null) return;
  scene.say('recordingStopped', channel, { recording: channel.recording });
  channel.recording = null;
};

export const serviceHandlers: Readonly<Record<string, Handler>> = {
  QueueCallerJoin: queueJoin,
  QueueCallerAbandon: queueAbandon,
  QueueCallerLeave: queueLeave,
  Newexten: newExten,
  MessageWaiting: messageWaiting,
  DTMFBegin: digitBegin,
  DTMFEnd: digitEnd,
  VarSet: varSet,
  MixMonitorStop: mixMonitorStop,
};
