/** How each field of a recording's ground truth is derived from what the hub made of the recording. */
import type { CallEvent } from '#core/contract/call-events.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { customerLeg, talks } from '../calls/parties.ts';
import type { Span, TrackedCall, TrackedLeg } from '../calls/tracked-call.ts';
import type { TruthCall } from './capture-truth.ts';

export interface Found {
  readonly interaction: Interaction;
  readonly call: TrackedCall;
  /** Call events of this interaction. */
  readonly events: readonly CallEvent[];
  readonly zeroMs: number;
  readonly toleranceMs: number;
}

/** `null` when the field agrees, else what was expected and found. */
export type Check = (truth: TruthCall, found: Found) => string | null;

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
const legResults: Readonly<Record<string, string>> = {
  answered: 'answered',
  'answered-elsewhere': 'answeredElsewhere',
  'no-answer': 'noAnswer',
  busy: 'busy',
};

function same(expected: unknown, found: unknown): string | null {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(found)];
  return a === b ? null : `expected ${a}, found ${b}`;
}

function near(expected: number, found: number | null | undefined, toleranceMs: number): string | null {
  if (found === null || found === undefined) return `expected ${expected}, found nothing`;
  return Math.abs(expected - found) <= toleranceMs ? null : `expected ${expected}, found ${Math.round(found)}`;
}

function firstProblem(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}

type Pick1 = (found: Found) => number | null | undefined;
const moment =
  (field: keyof TruthCall, pick: Pick1): Check =>
  (truth, found) => {
    const atMs = pick(found);
    return near(
      Number(truth[field]),
      atMs === null || atMs === undefined ? null : atMs - found.zeroMs,
      found.toleranceMs,
    );
  };
const length =
  (field: keyof TruthCall, pick: Pick1): Check =>
  (truth, found) =>
    near(Number(truth[field]), pick(found), found.toleranceMs);
const value =
  (field: keyof TruthCall, pick: (found: Found) => unknown): Check =>
  (truth, found) =>
    same(truth[field], pick(found));

const customer = ({ call }: Found) => customerLeg(call);
const spansOf = (leg: TrackedLeg | undefined, state: Span['state']) =>
  (leg?.spans ?? []).filter((span) => span.state === state);
const lengthOf = (span: Span) => (span.toMs ?? span.fromMs) - span.fromMs;
const total = (spans: readonly Span[]) => spans.reduce((sum, span) => sum + lengthOf(span), 0);
const firstLeg = ({ call }: Found) => call.legs.find((leg) => leg.legId === call.firstLegId);

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

const offersCheck: Check = (truth, found) => {
  const open = found.call.legs.filter((leg) => leg.wasOffered).sort((a, b) => a.startMs - b.startMs);
  const views = new Map(found.interaction.legs.map((leg) => [leg.legId, leg]));
  const problems = (truth.offers ?? []).map((offer) => {
    const at = open.findIndex((leg) => leg.device.id === offer.agent);
    const [leg] = at < 0 ? [] : open.splice(at, 1);
    if (leg === undefined) return `no offer to ${offer.agent}`;
    const ringMs = total(spansOf(leg, 'ringing'));
    return firstProblem([
      same(legResults[offer.result], views.get(leg.legId)?.result),
      typeof offer.ringMs === 'number' ? near(offer.ringMs, ringMs, found.toleranceMs) : null,
    ]);
  });
  return firstProblem(problems);
};

const transfersCheck: Check = (truth, found) => {
  // A transfer the phone asked for and the switch refused is told by no event.
  const expected = (truth.transferChain ?? []).filter((transfer) => transfer.result !== 'failed');
  const derived = found.interaction.transfers.filter(
    (transfer) => transfer.kind === 'blind' || transfer.kind === 'attended',
  );
  const problems = expected.map((transfer, index) => {
    const other = derived[index];
    if (other === undefined) return `missing ${transfer.kind} transfer to ${transfer.to}`;
    return firstProblem([
      same([transfer.kind, transfer.from, transfer.to], [other.kind, other.from, other.to]),
      typeof transfer.atMs === 'number' ? near(transfer.atMs, other.atMs - found.zeroMs, found.toleranceMs) : null,
    ]);
  });
  return firstProblem([...problems, same(expected.length, derived.length)]);
};

const holdsCheck: Check = (truth, found) => spanListCheck(truth.holds ?? [], spansOf(customer(found), 'held'), found);

function spanListCheck(
  expected: readonly { fromMs: number; toMs: number }[],
  spans: readonly Span[],
  found: Found,
): string | null {
  const problems = expected.flatMap((hold, index) => {
    const span = spans[index];
    if (span === undefined) return ['a span is missing'];
    return [
      near(hold.fromMs, span.fromMs - found.zeroMs, found.toleranceMs),
      near(hold.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs),
    ];
  });
  return firstProblem([...problems, same(expected.length, spans.length)]);
}

const segmentsCheck: Check = (truth, found) => {
  const spoken = talks(found.call, customer(found));
  const problems = (truth.segments ?? []).map((segment, index) => {
    const talk = spoken[index];
    if (talk?.agent !== segment.agent) return `expected ${segment.agent}, found ${talk?.agent}`;
    const ring = spansOf(talk.leg, 'ringing')[0];
    return firstProblem([
      typeof segment.fromMs === 'number' ? near(segment.fromMs, talk.fromMs - found.zeroMs, found.toleranceMs) : null,
      typeof segment.toMs === 'number' ? near(segment.toMs, talk.toMs - found.zeroMs, found.toleranceMs) : null,
      typeof segment.talkMs === 'number' ? near(segment.talkMs, talk.toMs - talk.fromMs, found.toleranceMs) : null,
      typeof segment.ringMs === 'number'
        ? near(segment.ringMs, ring === undefined ? null : lengthOf(ring), found.toleranceMs)
        : null,
    ]);
  });
  return firstProblem(problems);
};

const consultCheck: Check = (truth, found) => {
  const expected = truth.consult;
  if (!expected) return null;
  const mine = customer(found);
  const target = found.interaction.legs.find((leg) => leg.role === 'consult' && leg.device === expected.to);
  const leg = found.call.legs.find((other) => other.legId === target?.legId);
  const began = leg?.met[0];
  const handedOver = leg?.met.find((entry) => entry.legId === mine?.legId)?.atMs ?? leg?.endMs ?? null;
  const from = found.call.legs.find((other) => other.legId === began?.legId);
  if (leg === undefined || began === undefined || handedOver === null) return 'no consultation';
  return firstProblem([
    same(expected.from, from?.device.id),
    typeof expected.talkMs === 'number' ? near(expected.talkMs, handedOver - began.atMs, found.toleranceMs) : null,
    typeof expected.ringMs === 'number'
      ? near(expected.ringMs, total(spansOf(leg, 'ringing')), found.toleranceMs)
      : null,
    typeof expected.startMs === 'number' ? near(expected.startMs, leg.startMs - found.zeroMs, found.toleranceMs) : null,
  ]);
};

const parksCheck: Check = (truth, found) => {
  const spans = spansOf(customer(found), 'parked');
  const moves = found.interaction.transfers;
  const problems = (truth.parks ?? []).map((park, index) => {
    const span = spans[index];
    const into = moves.filter((move) => move.kind === 'park')[index];
    const out = moves.filter((move) => move.kind === 'pickup' || move.kind === 'parkTimeout')[index];
    if (span === undefined || into === undefined || out === undefined) return 'no parking';
    return firstProblem([
      same([park.by, park.slot], [into.from, into.to]),
      typeof park.fromMs === 'number' ? near(park.fromMs, span.fromMs - found.zeroMs, found.toleranceMs) : null,
      typeof park.toMs === 'number' ? near(park.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs) : null,
      same(park.result === 'timeout' ? ['parkTimeout', park.returnedTo] : ['pickup', park.retrievedBy], [
        out.kind,
        out.to,
      ]),
    ]);
  });
  return firstProblem([...problems, same(truth.parks?.length ?? 0, spans.length)]);
};

const comebackCheck: Check = (truth, found) => {
  const last = talks(found.call, customer(found)).at(-1);
  return near(truth.comeback?.ringMs ?? 0, total(spansOf(last?.leg, 'ringing')), found.toleranceMs);
};

const conferenceCheck: Check = (truth, found) => {
  const expected = truth.conference;
  if (!expected) return null;
  const mine = customer(found);
  const joined = found.events.filter((event) => event.type === 'conferenced');
  const problems = expected.participants.map((person) => {
    const legs = found.call.legs.filter((leg) => spansOf(leg, 'conference').length > 0);
    const leg = legs.find((other) => (person.who === 'customer' ? other === mine : other.device.id === person.who));
    const span = spansOf(leg, 'conference')[0];
    if (span === undefined) return `${person.who} is missing`;
    return firstProblem([
      near(person.fromMs, span.fromMs - found.zeroMs, found.toleranceMs),
      near(person.toMs, (span.toMs ?? 0) - found.zeroMs, found.toleranceMs),
    ]);
  });
  return firstProblem([
    same(expected.name, joined[0]?.peer?.device.id),
    same(expected.participants.length, joined.length),
    ...problems,
  ]);
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
  holds: holdsCheck,
  queue: (truth, { interaction }) => same(truth.queue ?? null, interaction.queue),
  waitMs: length('waitMs', ({ interaction }) => interaction.waitMs),
  queueJoinMs: moment('queueJoinMs', (found) => spansOf(customer(found), 'queued')[0]?.fromMs),
  offers: offersCheck,
  transferChain: transfersCheck,
  segments: segmentsCheck,
  consult: consultCheck,
  parks: parksCheck,
  parkedMs: length('parkedMs', (found) => total(spansOf(customer(found), 'parked'))),
  comeback: comebackCheck,
  recordingFile: recordingFileCheck,
  recordingPath: value('recordingPath', ({ interaction }) => interaction.recordings[0]?.location),
  recordings: recordingSpans,
  conference: conferenceCheck,
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
