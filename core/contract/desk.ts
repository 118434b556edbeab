/** What reaches an agent's desk. Every desk event has a cursor per user; a client resumes after the last one it saw. */
import { z } from 'zod';
import { interaction } from './interaction.ts';
import { jsonObject } from './json.ts';

export const popCandidate = z.object({
  contactId: z.string().nullable(),
  displayName: z.string(),
  accountName: z.string().nullable(),
  jobTitle: z.string().nullable(),
  /** Where a click leads in the CRM. */
  recordUrl: z.string().nullable(),
  source: z.string(),
  /** The candidate is this company, or a person of it. */
  accountId: z.string().nullable().optional(),
});
export type PopCandidate = z.output<typeof popCandidate>;

/** The facts a localised sentence needs. */
export const reasonParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** Why this record: one line per rule that was asked, in order. */
export const matchStep = z.object({
  rule: z.string(),
  found: z.number().int(),
  kept: z.number().int(),
  /** An English sentence; screens in other languages build theirs from `rule` and `params`. */
  detail: z.string(),
  params: reasonParams.optional(),
});
export type MatchStep = z.output<typeof matchStep>;

export const pop = z.object({
  id: z.string(),
  interactionId: z.string(),
  userId: z.string(),
  agent: z.string(),
  /** `1` = what the local index knows; `2` = the same pop after the CRM answered or the deadline passed. */
  stage: z.union([z.literal(1), z.literal(2)]),
  trigger: z.enum(['offer', 'ring', 'answer']),
  /** `record`: one match. `choose`: several. `create`: none, with defaults for a new-record form. */
  target: z.enum(['record', 'choose', 'create']),
  candidates: z.array(popCandidate),
  /** An English sentence; `reasonCode` and `reasonParams` say the same for other languages. */
  reason: z.string(),
  reasonCode: z.string().optional(),
  reasonParams: reasonParams.optional(),
  trace: z.array(matchStep),
  number: z.object({ raw: z.string().nullable(), e164: z.string().nullable(), display: z.string().nullable() }),
  defaults: jsonObject,
  /** `closed`: another agent answered, or the call ended before an answer. */
  state: z.enum(['shown', 'acknowledged', 'closed']),
  closedReason: z.enum(['answeredElsewhere', 'rangOut', 'ended', 'dismissed', 'wrappedUp']).nullable(),
  atMs: z.number(),
});
export type Pop = z.output<typeof pop>;

export const wrapUp = z.object({
  interactionId: z.string(),
  notes: z.string().max(20_000),
  disposition: z.string().nullable(),
  contactId: z.string().nullable(),
  completed: z.boolean(),
});
export type WrapUp = z.output<typeof wrapUp>;

export const deskEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pop'), pop }),
  z.object({ type: z.literal('call'), interaction }),
  z.object({ type: z.literal('agent'), state: z.string(), reason: z.string().nullable() }),
  z.object({ type: z.literal('wrapUp'), wrapUp }),
  /** The server no longer holds events back to the client's cursor: load the session anew. */
  z.object({ type: z.literal('reset') }),
]);
export type DeskEvent = z.output<typeof deskEvent>;

/** Everything a freshly loaded (or refreshed) desk needs; `cursor` is where its event stream goes on. */
export const deskSession = z.object({
  userId: z.string(),
  agent: z.string().nullable(),
  connectionId: z.string().nullable(),
  agentState: z.object({ state: z.string(), reason: z.string().nullable() }),
  calls: z.array(interaction),
  pops: z.array(pop),
  openWrapUps: z.array(z.object({ interaction, wrapUp })),
  missed: z.array(interaction),
  dispositions: z.array(z.string()),
  /** Switches whose phone this user may take, with the call commands and agent states each one knows. */
  switches: z
    .array(
      z.object({
        connectionId: z.string(),
        name: z.string(),
        verbs: z.array(z.string()),
        agentStates: z.array(z.string()),
      }),
    )
    .optional(),
  cursor: z.number().int(),
});
export type DeskSession = z.output<typeof deskSession>;
