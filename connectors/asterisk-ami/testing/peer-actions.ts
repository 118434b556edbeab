/** How the fake switch answers actions; wording and order of the real one (recordings 09, 09b, 14, 17b). */
import { privilegesOf } from '../errors.ts';
import { snapshot, type MadeCall, type MadeChannel } from './pbx.ts';
import type { PeerClient } from './peer-client.ts';
import type { AmiPeer } from './peer.ts';

type Header = readonly [string, string];
interface Asked {
  readonly peer: AmiPeer;
  readonly client: PeerClient;
  readonly id: readonly Header[];
  readonly headers: readonly Header[];
  readonly get: (key: string) => string | undefined;
}

const ok = ({ client, id }: Asked, ...more: Header[]) => client.send([['Response', 'Success'], ...id, ...more]);
const no = ({ client, id }: Asked, message: string) =>
  client.send([['Response', 'Error'], ...id, ['Message', message]]);

/** A queue of all agents named `support`, as `QueueStatus` lists it; `paused` survives between actions. */
const pausedMembers = new WeakMap<AmiPeer, Set<string>>();
const pausedOf = (peer: AmiPeer) => {
  const paused = pausedMembers.get(peer) ?? new Set<string>();
  pausedMembers.set(peer, paused);
  return paused;
};

function list(asked: Asked, message: string, items: readonly (readonly Header[])[], end: string): void {
  ok(asked, ['EventList', 'start'], ['Message', message]);
  for (const [event, ...rest] of items) if (event !== undefined) asked.client.send([event, ...asked.id, ...rest]);
  asked.client.send([['Event', end], ...asked.id, ['EventList', 'Complete'], ['ListItems', String(items.length)]]);
}

function channelOf(asked: Asked): MadeChannel | undefined {
  const name = asked.get('Channel') ?? '';
  const channels = [...asked.peer.pbx.channels.values()];
  return channels.find((channel) => channel.name === name || channel.id === name);
}

function onChannel(act: (asked: Asked, channel: MadeChannel) => void): (asked: Asked) => void {
  return (asked) => {
    const channel = channelOf(asked);
    if (channel === undefined) no(asked, 'No such channel');
    else act(asked, channel);
  };
}

function hangup(asked: Asked, channel: MadeChannel): void {
  const { pbx } = asked.peer;
  const call = pbx.callOf(channel);
  ok(asked, ['Message', 'Channel Hungup']);
  if (call === undefined) pbx.drop(channel, 16);
  else pbx.hangup(call, call.caller === channel ? 'caller' : 'called');
}

function redirect(asked: Asked, channel: MadeChannel): void {
  const { pbx } = asked.peer;
  const call = pbx.callOf(channel);
  const exten = asked.get('Exten') ?? '';
  if (call?.answered !== true) return no(asked, 'No bridge to transfer');
  ok(asked, ['Message', 'Transfer succeeded']);
  const stays = call.caller === channel ? call.called : call.caller;
  pbx.calls.delete(call);
  call.over = true;
  stays.exten = exten;
  pbx.drop(channel, 16);
  pbx.dial(stays, exten);
}

function queueStatus(asked: Asked): void {
  const paused = pausedOf(asked.peer);
  const members = Object.entries(asked.peer.pbx.agents).map(([agent, name]): readonly Header[] => [
    ['Event', 'QueueMember'],
    ['Queue', 'support'],
    ['Name', name],
    ['Location', `PJSIP/${agent}`],
    ['StateInterface', `PJSIP/${agent}`],
    ['Membership', 'static'],
    ['Penalty', '0'],
    ['InCall', '0'],
    ['Status', '1'],
    ['Paused', paused.has(`PJSIP/${agent}`) ? '1' : '0'],
    ['PausedReason', ''],
  ]);
  list(asked, 'Queue status will follow', members, 'QueueStatusComplete');
}

function queuePause(asked: Asked): void {
  const member = asked.get('Interface') ?? '';
  const agent = member.replace('PJSIP/', '');
  const isPaused = asked.get('Paused') === 'true';
  if (asked.peer.pbx.agents[agent] === undefined) return no(asked, 'Interface not found');
  if (isPaused) pausedOf(asked.peer).add(member);
  else pausedOf(asked.peer).delete(member);
  ok(asked, ['Message', `Interface ${isPaused ? 'paused' : 'unpaused'} successfully`]);
  asked.peer.event([
    ['Event', 'QueueMemberPause'],
    ['Privilege', 'agent,all'],
    ['Queue', asked.get('Queue') ?? 'support'],
    ['MemberName', asked.peer.pbx.agents[agent] ?? ''],
    ['Interface', member],
    ['StateInterface', member],
    ['Status', '1'],
    ['Paused', isPaused ? '1' : '0'],
    ['PausedReason', asked.get('Reason') ?? ''],
  ]);
}

function showChannels(asked: Asked): void {
  const items = [...asked.peer.pbx.channels.values()].map((channel): readonly Header[] => [
    ['Event', 'CoreShowChannel'],
    ...snapshot(channel),
    ['Application', channel.application],
    ['ApplicationData', ''],
    ['Duration', duration(Date.now() - channel.startedAtMs)],
    ['BridgeId', channel.bridgeId],
  ]);
  list(asked, 'Channels will follow', items, 'CoreShowChannelsComplete');
}

function duration(ms: number): string {
  const secs = Math.max(0, Math.floor(ms / 1000));
  return [secs / 3600, (secs / 60) % 60, secs % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** Agent's phone first; when it answers, the dialplan dials the number (recording 09). */
function originate(asked: Asked): void {
  const { pbx } = asked.peer;
  const device = asked.get('Channel');
  if (device === undefined) return no(asked, 'Channel not specified');
  const exten = asked.get('Exten') ?? '';
  if (!/^\+?[\d*#]+$/u.test(exten)) return no(asked, 'Extension does not exist.');
  const id = asked.get('ChannelId');
  ok(asked, ['Message', 'Originate successfully queued']);
  const agent = device.replace('PJSIP/', '');
  const isUp = id !== undefined && pbx.channels.has(id);
  if (pbx.agents[agent] === undefined || isUp) return originateResponse(asked, { response: 'Failure', reason: '0' });
  const channel = callAgent(asked, device, agent);
  const afterMs = asked.peer.options.answerAfterMs ?? null;
  if (afterMs !== null) void asked.peer.wait(afterMs).then(() => answerOriginated(asked, channel, exten));
}

function callAgent(asked: Asked, device: string, agent: string): MadeChannel {
  const { pbx } = asked.peer;
  const id = asked.get('ChannelId');
  const channel = pbx.newChannel({
    name: device,
    number: agent,
    callerName: pbx.agents[agent] ?? '',
    exten: 's',
    context: 'internal',
    state: 0,
    ...(id === undefined ? {} : { id }),
  });
  for (const [key, text] of asked.headers) {
    const [name = '', ...rest] = text.split('=');
    if (key === 'Variable') pbx.setVariable(channel, name, rest.join('='));
  }
  pbx.newCallerId(channel, asked.get('Exten') ?? '');
  pbx.originateDial('DialBegin', channel, ['DialString', agent]);
  pbx.state(channel, 5);
  return channel;
}

function answerOriginated(asked: Asked, channel: MadeChannel, exten: string): MadeCall | undefined {
  const { pbx } = asked.peer;
  if (!pbx.channels.has(channel.id)) return undefined;
  pbx.state(channel, 6);
  pbx.originateDial('DialEnd', channel, ['DialStatus', 'ANSWER']);
  originateResponse(asked, { response: 'Success', reason: '4', channel });
  channel.exten = exten;
  const call = pbx.dial(channel, exten);
  void asked.peer.wait(asked.peer.options.answerAfterMs ?? 0).then(() => (call.over ? undefined : pbx.answer(call)));
  return call;
}

function originateResponse(asked: Asked, outcome: { response: string; reason: string; channel?: MadeChannel }): void {
  asked.peer.event([
    ['Event', 'OriginateResponse'],
    ['Privilege', 'call,all'],
    ...asked.id,
    ['Response', outcome.response],
    ['Channel', outcome.channel?.name ?? asked.get('Channel') ?? ''],
    ['Context', asked.get('Context') ?? ''],
    ['Exten', asked.get('Exten') ?? ''],
    ['Reason', outcome.reason],
    ['Uniqueid', outcome.channel?.id ?? '<unknown>'],
  ]);
}

function listCommands(asked: Asked): void {
  const { write } = asked.peer.account;
  const mine = Object.entries(privilegesOf).filter(
    ([, needed]) => write.includes('all') || needed.some((privilege) => write.includes(privilege)),
  );
  ok(asked, ...mine.map(([name, needed]): Header => [name, `${name}.  (Priv: ${needed.join(',')},all)`]));
}

export const answers: Readonly<Record<string, (asked: Asked) => void>> = {
  Ping: (asked) => ok(asked, ['Ping', 'Pong'], ['Timestamp', (Date.now() / 1000).toFixed(6)]),
  Logoff: ({ client, id }) => client.send([['Response', 'Goodbye'], ...id, ['Message', 'Thanks for all the fish.']]),
  CoreSettings: (asked) => ok(asked, ['AMIversion', '11.0.0'], ['AsteriskVersion', '22.10.1'], ['SystemName', '']),
  ListCommands: listCommands,
  CoreShowChannels: showChannels,
  Status: (asked) => {
    const items = [...asked.peer.pbx.channels.values()].map((channel): readonly Header[] => [
      ['Event', 'Status'],
      ...snapshot(channel),
      ['BridgeID', channel.bridgeId],
      ['Application', channel.application],
      ['Seconds', String(Math.floor((Date.now() - channel.startedAtMs) / 1000))],
    ]);
    list(asked, 'Channel status will follow', items, 'StatusComplete');
  },
  QueueStatus: queueStatus,
  QueuePause: queuePause,
  Originate: originate,
  Hangup: onChannel(hangup),
  BlindTransfer: onChannel(redirect),
  Redirect: onChannel(redirect),
  Atxfer: onChannel((asked) => ok(asked, ['Message', 'Atxfer successfully queued'])),
  Park: onChannel((asked) => ok(asked, ['Message', 'Park successful'])),
  MixMonitor: onChannel((asked) => ok(asked)),
  StopMixMonitor: onChannel((asked) => ok(asked)),
};
