/** How each field of a recording's ground truth is derived from what the hub made of the recording. */
import { talks } from '#core/calls/parties.ts';
import { customer, firstLeg, firstProblem, near, same, spanListCheck, spansOf, total } from './capture-compare.ts';
import type { Check, Found } from './capture-compare.ts';
import { listChecks } from './capture-lists.ts';
import type { TruthCall } from './capture-truth.ts';

/** Truth says more of how a call failed than an outcome; several of its words are one outcome. */
const outcomes: Readonly<Record<string, string>> = {
  answered: 'answered',
  abandoned: 'abandoned',
  'cancelled-by-agent': 'abandoned',
  voicemail: 'voicemail',
  busy: 'busy',
  'agent-busy': 'busy',
  rejected: 'busy',
  'queue-timeout': 'missed',
  'agent-no-answer': 'missed',
  unreachable: 'failed',
  'no-such-endpoint': 'failed',
};
type PickTime = (found: Found) => number | null | undefined;
const moment =
  (field: keyof TruthCall, pick: PickTime): Check =>
  (truth, found) => {
    const atMs = pick(found);
    return near(
      Number(truth[field]),
      atMs === null || atMs === undefined ? null : atMs - found.zeroMs,
      found.toleranceMs,
    );
  };
const length =
  (field: keyof TruthCall, pick: PickTime): Check =>
  (truth, found) =>
    near(Number(truth[field]), pick(found), found.toleranceMs);
const value =
  (field: keyof TruthCall, pick: (found: Found) => unknown): Check =>
  (truth, found) =>
    same(truth[field], pick(found));

const callerCheck: Check = (truth, found) => {
  const { number, name, pbxName } = truth.caller ?? {};
  const { caller } = found.interaction;
  return firstProblem([
    number === null || number === undefined ? null : same(number, caller.number),
    name === null || name === undefined ? null : nameProblem(name, pbxName ?? null, caller.name),
  ]);
};

/** The switch cuts names at 79 bytes and drops line ends at their end: what it kept is all there is to see. */
function nameProblem(name: string, pbxName: string | null, found: string | null): string | null {
  if (name === found) return null;
  const isCut = pbxName !== null && (Buffer.byteLength(name) > 79 || name.trimEnd() !== name);
  return same(isCut ? pbxName : name, found);
}

const endedBy = (found: Found): { side: string; device: string | null } => {
  const mine = customer(found);
  const caller = firstLeg(found);
  const hungUp = found.call.legs
    .filter((leg) => leg.clearedBy === 'device')
    .sort((a, b) => (b.endMs ?? 0) - (a.endMs ?? 0));
  const talked = talks(found.call, mine).map((talk) => talk.leg);
  const isMine = mine?.clearedBy === 'device' ? mine : undefined;
  const last = isMine ?? hungUp.find((leg) => leg === caller || talked.includes(leg));
  const side =
    last === undefined ? 'switch' : last.device.kind === 'trunk' ? (last === caller ? 'caller' : 'callee') : 'agent';
  return { side, device: last?.device.id ?? null };
};
const hangupWords: Readonly<Record<string, readonly string[]>> = {
  caller: ['caller'],
  callee: ['callee', 'trunk'],
  agent: ['agent'],
  switch: ['pbx', 'application'],
};
const hangupByCheck: Check = (truth, found) => {
  const { side, device } = endedBy(found);
  const isSame = hangupWords[side]?.includes(truth.hangupBy ?? '') || truth.hangupBy === device;
  return isSame ? null : `expected ${truth.hangupBy}, found ${side} ${device}`;
};

const recordingFileCheck: Check = (truth, found) =>
  same(truth.recordingFile ?? null, found.interaction.recordings[0]?.id ?? null);

const recordingSpans: Check = (truth, found) => {
  const from = found.events.filter((event) => event.type === 'recordingStarted');
  const to = found.events.filter((event) => event.type === 'recordingStopped');
  const spans = from.map((event, index) => ({
    state: 'talking' as const,
    fromMs: event.atMs,
    toMs: to[index]?.atMs ?? null,
  }));
  return spanListCheck(truth.recordings ?? [], spans, found);
};

const digitsOf = (found: Found) => {
  const mine = customer(found)?.legId;
  return found.events.filter((event) => event.type === 'digitsCollected' && event.leg?.legId === mine);
};
const ivrCheck: Check = (truth, found) => {
  const digits = digitsOf(found);
  const dtmf = truth.ivr?.dtmf ?? [];
  return firstProblem([
    same(truth.ivr?.digits.join(''), digits.map((event) => event.digits).join('')),
    ...dtmf.map((press, index) => near(press.atMs, (digits[index]?.atMs ?? 0) - found.zeroMs, found.toleranceMs)),
  ]);
};

const mailboxOf = (found: Found) =>
  found.events.find((event) => event.peer?.device.kind === 'voicemail')?.peer?.device.id;

const pbxCheck: Check = (truth, found) => {
  const { pbx } = truth;
  const own = firstLeg(found);
  if (!pbx) return null;
  const others = (pbx.otherChannels ?? []).map((channel) => otherChannelProblem(channel, found));
  return firstProblem([
    same(pbx.uniqueid, own?.legId),
    same(pbx.linkedid, found.call.callIds[0]),
    typeof pbx.hangupAtMs === 'number'
      ? near(pbx.hangupAtMs, (own?.endMs ?? 0) - found.zeroMs, found.toleranceMs)
      : null,
    typeof pbx.channelHangupCause === 'number' ? same(pbx.channelHangupCause, own?.cause) : null,
    ...others,
  ]);
};

function otherChannelProblem({ channel, cause }: { channel: string; cause: number }, found: Found): string | null {
  const device = channel.slice(channel.indexOf('/') + 1).replace(/-[0-9a-f]+$/, '');
  const legs = found.interaction.legs.filter((leg) => leg.device === device);
  // Local channels have no leg; they must not show as one.
  if (channel.startsWith('Local/')) return legs.length === 0 ? null : `${channel} shows as a leg`;
  const isFound = legs.some((leg) => leg.cause === cause || (leg.result === 'answeredElsewhere' && cause === 0));
  return isFound ? null : `no leg of ${channel} with cause ${cause}`;
}

export const checks: Readonly<Record<string, Check>> = {
  ...listChecks,
  direction: value('direction', ({ interaction }) => interaction.direction),
  caller: callerCheck,
  callee: value('callee', ({ interaction }) => interaction.callee),
  agent: value('agent', ({ interaction }) => interaction.agent),
  agents: value('agents', ({ interaction }) => interaction.agents),
  peerAgent: value('peerAgent', (found) => customer(found)?.device.id),
  answered: value('answered', ({ interaction }) => interaction.outcome === 'answered'),
  result: (truth, { interaction }) => same(outcomes[truth.result ?? ''], interaction.outcome),
  startMs: moment('startMs', ({ interaction }) => interaction.startMs),
  ringStartMs: moment('ringStartMs', ({ interaction }) => interaction.ringStartMs),
  answerMs: moment('answerMs', ({ interaction }) => interaction.answerMs),
  endMs: moment('endMs', ({ interaction }) => interaction.endMs),
  ringMs: length('ringMs', ({ interaction }) => interaction.ringMs),
  talkMs: length('talkMs', ({ interaction }) => interaction.talkMs),
  holdMs: length('holdMs', ({ interaction }) => interaction.holdMs),
  queue: (truth, { interaction }) => same(truth.queue ?? null, interaction.queue),
  waitMs: length('waitMs', ({ interaction }) => interaction.waitMs),
  queueJoinMs: moment('queueJoinMs', (found) => spansOf(customer(found), 'queued')[0]?.fromMs),
  parkedMs: length('parkedMs', (found) => total(spansOf(customer(found), 'parked'))),
  recordingFile: recordingFileCheck,
  recordingPath: value('recordingPath', ({ interaction }) => interaction.recordings[0]?.location),
  recordings: recordingSpans,
  hangupCause: value('hangupCause', ({ interaction }) => interaction.cause),
  hangupBy: hangupByCheck,
  completeReason: (truth, found) => same(truth.completeReason, endedBy(found).side),
  voicemailMs: length('voicemailMs', (found) => total(spansOf(customer(found), 'voicemail'))),
  mailbox: value('mailbox', mailboxOf),
  agentRingMs: length('agentRingMs', ({ call }) =>
    total(
      spansOf(
        call.legs.find((leg) => leg.wasOffered && leg.device.kind === 'extension'),
        'ringing',
      ),
    ),
  ),
  agentAnswerMs: moment('agentAnswerMs', (found) => spansOf(firstLeg(found), 'ringing')[0]?.toMs),
  pbxAnswerMs: moment('pbxAnswerMs', (found) => spansOf(customer(found), 'ivr')[0]?.fromMs),
  bridgeMs: moment('bridgeMs', ({ interaction }) => interaction.answerMs),
  ivrMs: (truth, found) =>
    near(
      truth.ivrMs ?? 0,
      (spansOf(customer(found), 'queued')[0]?.fromMs ?? 0) - found.interaction.startMs,
      found.toleranceMs,
    ),
  ivr: ivrCheck,
  dtmf: (truth, found) =>
    same(
      truth.dtmf,
      digitsOf(found).map((event) => event.digits),
    ),
  origin: (truth, { interaction }) => same(truth.origin === 'click-to-dial', 'actionId' in interaction.correlation),
  actionId: value('actionId', ({ interaction }) => interaction.correlation['actionId']),
  variables: (truth, { interaction }) =>
    firstProblem(
      Object.entries(truth.variables ?? {}).map(([key, expected]) => same(expected, interaction.correlation[key])),
    ),
  channelId: value('channelId', (found) => firstLeg(found)?.legId),
  agentChannelId: (truth, { call }) =>
    same(
      true,
      call.legs.some((leg) => leg.legId === truth.agentChannelId),
    ),
  pbx: pbxCheck,
};
