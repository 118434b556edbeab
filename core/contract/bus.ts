/**
 * Messages between the hub's parts, in one process or across processes. `event`: fire and forget to every subscriber,
 * a nudge whose loss a sweep repairs. `request`: exactly one handler, answers or fails. Boot checks both.
 */
import { z } from 'zod';
import { agentEvent } from './call-events.ts';
import { deskEvent } from './desk.ts';
import { interaction } from './interaction.ts';
import { plannedWrite, settledWrite } from './writes.ts';

export const busMessages = {
  /** After commit, for every stored change of an interaction. */
  'interaction.changed': { kind: 'event', payload: z.object({ interaction }) },
  /** An interaction turned out to be part of another one (a consult call) and is no more on its own. */
  'interaction.absorbed': { kind: 'event', payload: z.object({ id: z.string(), into: z.string() }) },
  'agent.changed': { kind: 'event', payload: z.object({ connectionId: z.string(), event: agentEvent }) },
  'link.changed': {
    kind: 'event',
    payload: z.object({ connectionId: z.string(), state: z.string(), detail: z.string().nullable() }),
  },
  /** A user took, gave up or lost a phone. `takenBy`: who took it over, when the user did not do it. */
  'phone.changed': {
    kind: 'event',
    payload: z.object({
      userId: z.string(),
      extension: z.string().nullable(),
      connectionId: z.string().nullable(),
      takenBy: z.string().nullable(),
    }),
  },
  /** Connection rows changed: owners start, restart or stop links. */
  'connection.changed': { kind: 'event', payload: z.object({ connectionId: z.string() }) },
  /** Another version of these documents is live: every process compiles them anew. */
  'dictionary.published': { kind: 'event', payload: z.object({ names: z.array(z.string()) }) },
  /** Notes, disposition or chosen record of an interaction changed on the desk: the journal writes it again. */
  'wrapUp.changed': { kind: 'event', payload: z.object({ interactionId: z.string() }) },
  /** Hands planned writes to the outbox. Idempotent by key; answers the keys it now holds. */
  'writes.plan': {
    kind: 'request',
    payload: z.object({ writes: z.array(plannedWrite) }),
    answer: z.object({ held: z.array(z.string()) }),
  },
  'write.settled': { kind: 'event', payload: settledWrite },
  /**
   * Desk events were appended for a user: the API process that holds the stream wakes up. `events` are the newest ones,
   * the last of them at `cursor`; a stream that stands right before them need not read them from the database.
   */
  'desk.appended': {
    kind: 'event',
    payload: z.object({ userId: z.string(), cursor: z.number(), events: z.array(deskEvent).default([]) }),
  },
  /** Executes a call-control verb in the process that owns the switch link. */
  'call.command': {
    kind: 'request',
    payload: z.object({
      connectionId: z.string(),
      verb: z.string(),
      args: z.record(z.string(), z.json()),
    }),
    answer: z.object({ result: z.json() }),
  },
} as const satisfies Record<string, BusMessage>;

export type BusMessage =
  | { kind: 'event'; payload: z.ZodType }
  | { kind: 'request'; payload: z.ZodType; answer: z.ZodType };
export type BusTopic = keyof typeof busMessages;
export type BusPayload<T extends BusTopic> = z.output<(typeof busMessages)[T]['payload']>;
export type BusRequestTopic = {
  [T in BusTopic]: (typeof busMessages)[T] extends { kind: 'request' } ? T : never;
}[BusTopic];
export type BusEventTopic = Exclude<BusTopic, BusRequestTopic>;
export type BusAnswer<T extends BusRequestTopic> = z.output<(typeof busMessages)[T]['answer']>;
