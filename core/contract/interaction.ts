/** One customer contact from first ring to last hang-up. Times are epoch milliseconds; durations milliseconds. */
import { z } from 'zod';
import { callDirection } from './call-events.ts';

export const outcomes = ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail'] as const;
export const interactionOutcome = z.enum(outcomes);
export type InteractionOutcome = z.output<typeof interactionOutcome>;

/** What the interaction is doing now; `ended` once the last leg is down. */
export const interactionPhase = z.enum(['ringing', 'queued', 'talking', 'held', 'parked', 'ivr', 'voicemail', 'ended']);

export const interactionSpan = z.object({
  state: z.enum(['dialling', 'ringing', 'queued', 'talking', 'held', 'parked', 'ivr', 'voicemail', 'conference']),
  fromMs: z.number(),
  toMs: z.number().nullable(),
});

export const interactionLeg = z.object({
  legId: z.string(),
  callId: z.string(),
  device: z.string(),
  deviceKind: z.string(),
  agent: z.string().nullable(),
  role: z.enum(['caller', 'agent', 'consult', 'destination', 'other']),
  spans: z.array(interactionSpan),
  result: z
    .enum(['answered', 'noAnswer', 'busy', 'rejected', 'failed', 'answeredElsewhere', 'abandoned', 'ended'])
    .nullable(),
  startMs: z.number(),
  endMs: z.number().nullable(),
  cause: z.number().nullable(),
  /** `device`: this party hung up; `switch`: the switch took the leg down; null while up or unknown. */
  clearedBy: z.enum(['device', 'switch']).nullable().optional(),
});
export type InteractionLeg = z.output<typeof interactionLeg>;

export const interactionTransfer = z.object({
  kind: z.enum(['blind', 'attended', 'park', 'pickup', 'forward', 'parkTimeout']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  atMs: z.number(),
});

export const interaction = z.object({
  id: z.string(),
  connectionId: z.string(),
  /** Switch call ids folded into this interaction, the first one first. */
  callIds: z.array(z.string()),
  /** Grows by one on every stored change; readers keep the highest they have seen. */
  revision: z.number().int(),
  direction: callDirection,
  caller: z.object({
    number: z.string().nullable(),
    name: z.string().nullable(),
    presentation: z.enum(['allowed', 'restricted', 'unavailable']),
  }),
  callee: z.string().nullable(),
  /** Everyone who talked, in order; `agent` is the last of them. */
  agents: z.array(z.string()),
  agent: z.string().nullable(),
  /** Agents whose phones ring at this moment. */
  ringing: z.array(z.string()),
  phase: interactionPhase,
  /** Null while the interaction is open. */
  outcome: interactionOutcome.nullable(),
  startMs: z.number(),
  ringStartMs: z.number().nullable(),
  answerMs: z.number().nullable(),
  endMs: z.number().nullable(),
  ringMs: z.number().nullable(),
  waitMs: z.number().nullable(),
  talkMs: z.number(),
  holdMs: z.number(),
  queue: z.string().nullable(),
  transfers: z.array(interactionTransfer),
  legs: z.array(interactionLeg),
  recordings: z.array(z.object({ id: z.string(), location: z.string().nullable() })),
  cause: z.number().nullable(),
  correlation: z.record(z.string(), z.string()),
  open: z.boolean(),
  inferred: z.boolean(),
});
export type Interaction = z.output<typeof interaction>;
