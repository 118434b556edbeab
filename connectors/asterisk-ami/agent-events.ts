/**
 * Agent states from queue members and devices. A device's state is the agent's own (no queue); pausing, joining and
 * leaving are told per queue. The switch tells no end of a wrap-up time, so `workingAfterCall` never comes from here.
 */
import type { AgentState } from '#core/contract/call-events.ts';
import type { AmiFrame } from './frames.ts';
import type { Handler, Scene } from './scene.ts';

const stateOfDevice: Readonly<Record<string, AgentState>> = {
  NOT_INUSE: 'ready',
  INUSE: 'busy',
  BUSY: 'busy',
  ONHOLD: 'busy',
  RINGINUSE: 'busy',
  UNAVAILABLE: 'loggedOff',
};

interface AgentSays {
  readonly agent: string;
  readonly state: AgentState;
  readonly queue?: string;
  readonly reason?: string | null;
}

function tell(scene: Scene, says: AgentSays): void {
  scene.push({ kind: 'agent', eventId: scene.nextId(), atMs: scene.nowMs, ...says });
}

const deviceStateChange: Handler = (scene, frame) => {
  const device = frame.get('Device') ?? '';
  // Queues, mailboxes, parking slots and lamps have `Kind:name`; only `Technology/peer` is a phone.
  if (device.includes(':') || !device.includes('/') || scene.isTrunk(device)) return;
  const state = stateOfDevice[frame.get('State') ?? ''];
  const agent = agentOf(device);
  if (state === undefined || scene.deviceStates.get(agent) === state) return;
  const before = scene.deviceStates.get(agent);
  scene.deviceStates.set(agent, state);
  if (before === 'loggedOff') tell(scene, { agent, state: 'loggedOn' });
  tell(scene, { agent, state });
};

const memberPause: Handler = (scene, frame) => {
  const isPaused = frame.get('Paused') === '1';
  tell(scene, { ...member(frame), state: isPaused ? 'notReady' : 'ready', reason: reasonIn(frame) });
};

const memberAdded: Handler = (scene, frame) => {
  tell(scene, { ...member(frame), state: 'loggedOn' });
  if (frame.get('Paused') === '1') tell(scene, { ...member(frame), state: 'notReady', reason: reasonIn(frame) });
};

const memberRemoved: Handler = (scene, frame) => tell(scene, { ...member(frame), state: 'loggedOff' });

function reasonIn(frame: AmiFrame): string | null {
  const reason = frame.get('PausedReason') ?? '';
  return reason === '' ? null : reason;
}

/** A member may be a Local channel that leads to the phone; the phone is then its state interface. */
function member(frame: AmiFrame): { agent: string; queue: string } {
  const phone = frame.get('StateInterface') ?? '';
  return { agent: agentOf(phone === '' ? (frame.get('Interface') ?? '') : phone), queue: frame.get('Queue') ?? '' };
}

/** `1001` of `PJSIP/1001` or `Local/1001@queue-agents/n`. */
function agentOf(device: string): string {
  const peer = device.slice(device.indexOf('/') + 1);
  return peer.split(/[@/]/)[0] ?? peer;
}

export const agentHandlers: Readonly<Record<string, Handler>> = {
  DeviceStateChange: deviceStateChange,
  QueueMemberPause: memberPause,
  QueueMemberAdded: memberAdded,
  QueueMemberRemoved: memberRemoved,
};
