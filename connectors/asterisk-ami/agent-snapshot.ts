/** What `QueueStatus` lists of queue members, as agent events (recordings 17b, 17c). Pure. */
import type { AgentEvent, AgentState } from '#core/contract/call-events.ts';
import type { AmiFrame } from './frames.ts';

/** Device states as numbers (include/asterisk/devicestate.h): 5 is not reachable, 4 is no such device. */
const stateOfStatus: Readonly<Record<string, AgentState>> = {
  '1': 'ready',
  '2': 'busy',
  '3': 'busy',
  '4': 'loggedOff',
  '5': 'loggedOff',
  '6': 'ready',
  '7': 'busy',
  '8': 'busy',
};

type Said = Pick<AgentEvent, 'agent' | 'state' | 'queue' | 'reason'>;

/** Per agent the state of the phone, and per queue whether the member is paused there. `key` begins every event id. */
export function agentSnapshot(frames: readonly AmiFrame[], key: string, atMs: number): readonly AgentEvent[] {
  const members = frames.filter((frame) => frame.name === 'QueueMember' && agentOf(frame) !== '');
  return [...phonesOf(members), ...members.map(membershipOf)].map((said, index) => ({
    kind: 'agent',
    eventId: `${key}-q${index + 1}`,
    atMs,
    inferred: true,
    ...said,
  }));
}

/** A phone is listed once for each queue it is in. */
function phonesOf(members: readonly AmiFrame[]): Said[] {
  const states = new Map<string, AgentState>();
  for (const member of members) {
    const state = stateOfStatus[member.get('Status') ?? ''];
    if (state !== undefined) states.set(agentOf(member), state);
  }
  return Array.from(states, ([agent, state]) => ({ agent, state }));
}

function membershipOf(member: AmiFrame): Said {
  const at = { agent: agentOf(member), queue: member.get('Queue') ?? '' };
  if (member.get('Paused') !== '1') return { ...at, state: 'ready' };
  const reason = member.get('PausedReason') ?? '';
  return { ...at, state: 'notReady', reason: reason === '' ? null : reason };
}

/** The extension of the phone a member stands for: `PJSIP/1001`, or `Local/1001@agents/n` without a state interface. */
function agentOf(member: AmiFrame): string {
  const phone = member.get('StateInterface') ?? '';
  const device = phone === '' ? (member.get('Location') ?? '') : phone;
  const peer = device.slice(device.indexOf('/') + 1);
  return peer.split(/[@/]/u)[0] ?? '';
}
