/** The ground truth beside a recording: what the phones and the carrier saw. Unknown fields are kept to be reported. */
import { z } from 'zod';

const number = z.number().nullish();
const text = z.string().nullish();

const truthTransfer = z.looseObject({ kind: z.string(), from: text, to: text, atMs: number, result: text });
const truthHold = z.looseObject({ fromMs: z.number(), toMs: z.number() });
const truthPark = z.looseObject({
  by: text,
  slot: text,
  fromMs: number,
  toMs: number,
  retrievedBy: text,
  result: text,
  returnedTo: text,
});

export const truthCall = z.looseObject({
  id: z.string(),
  direction: text,
  caller: z.looseObject({ number: text, name: text, pbxName: text, withheld: z.boolean().optional() }).nullish(),
  callee: text,
  agent: text,
  agents: z.array(z.string()).nullish(),
  peerAgent: text,
  answered: z.boolean().nullish(),
  result: text,
  startMs: number,
  ringStartMs: number,
  answerMs: number,
  endMs: number,
  ringMs: number,
  talkMs: number,
  holdMs: number,
  holds: z.array(truthHold).nullish(),
  queue: text,
  waitMs: number,
  queueJoinMs: number,
  offers: z.array(z.looseObject({ agent: z.string(), result: z.string(), ringMs: number })).nullish(),
  transferChain: z.array(truthTransfer).nullish(),
  segments: z
    .array(z.looseObject({ agent: z.string(), fromMs: number, toMs: number, talkMs: number, ringMs: number }))
    .nullish(),
  consult: z
    .looseObject({ from: z.string(), to: z.string(), startMs: number, ringMs: number, talkMs: number })
    .nullish(),
  parks: z.array(truthPark).nullish(),
  parkedMs: number,
  comeback: z.looseObject({ ringMs: z.number() }).nullish(),
  recordingFile: text,
  recordingPath: text,
  recordings: z.array(truthHold).nullish(),
  conference: z
    .looseObject({
      name: z.string(),
      participants: z.array(z.looseObject({ who: z.string(), fromMs: z.number(), toMs: z.number() })),
    })
    .nullish(),
  hangupCause: number,
  hangupBy: text,
  completeReason: text,
  voicemailMs: number,
  mailbox: text,
  agentRingMs: number,
  agentAnswerMs: number,
  pbxAnswerMs: number,
  bridgeMs: number,
  ivrMs: number,
  ivr: z
    .looseObject({ digits: z.array(z.string()), dtmf: z.array(z.looseObject({ digit: z.string(), atMs: z.number() })) })
    .nullish(),
  dtmf: z.array(z.string()).nullish(),
  origin: text,
  actionId: text,
  variables: z.record(z.string(), z.string()).nullish(),
  channelId: text,
  agentChannelId: text,
  pbx: z
    .looseObject({
      uniqueid: text,
      linkedid: text,
      hangupAtMs: number,
      channelHangupCause: number,
      otherChannels: z.array(z.looseObject({ channel: z.string(), cause: z.number() })).nullish(),
    })
    .nullish(),
  visible: text,
});
export type TruthCall = z.output<typeof truthCall>;

export const truthFile = z.looseObject({
  scenario: z.string(),
  toleranceMs: z.number(),
  calls: z.array(truthCall),
  stateChanges: z
    .array(z.looseObject({ atMs: z.number(), what: z.string(), agent: text, queue: text, reason: text }))
    .optional(),
  maxConcurrentCalls: z.number().optional(),
  gap: z.looseObject({ fromMs: z.number(), toMs: z.number() }).optional(),
  snapshotDoneMs: z.number().optional(),
});
export type Truth = z.output<typeof truthFile>;
