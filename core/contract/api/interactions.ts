import { z } from 'zod';
import { callEvent } from '../call-events.ts';
import { matchStep, popCandidate, reasonParams, wrapUp } from '../desk.ts';
import { interaction, interactionOutcome } from '../interaction.ts';
import { defineRoute, pageOf, pageQuery } from '../route.ts';
import { writeView } from './writes.ts';

const interactionId = z.object({ interactionId: z.string() });

export const listInteractions = defineRoute({
  id: 'interactions.list',
  method: 'GET',
  path: '/api/interactions',
  permission: 'interactions.read',
  summary: 'Interactions, newest first',
  query: pageQuery.extend({
    open: z.stringbool().optional(),
    direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
    outcome: interactionOutcome.optional(),
    agent: z.string().optional(),
    queue: z.string().optional(),
    number: z.string().optional(),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    connectionId: z.string().optional(),
  }),
  response: pageOf(interaction),
});
export const getInteraction = defineRoute({
  id: 'interactions.get',
  method: 'GET',
  path: '/api/interactions/:interactionId',
  permission: 'interactions.read',
  summary: 'One interaction with its legs',
  params: interactionId,
  response: interaction,
});
export const interactionEvents = defineRoute({
  id: 'interactions.events',
  method: 'GET',
  path: '/api/interactions/:interactionId/events',
  permission: 'interactions.read',
  summary: 'The stored call events behind an interaction, in order',
  params: interactionId,
  response: z.object({ items: z.array(callEvent) }),
});
export const reasonCodes = [
  'oneMatch',
  'uncertainMatch',
  'sameCompany',
  'severalMatches',
  'tieBroken',
  'fromClickToDial',
  'chosenByUser',
  'noMatch',
  'hiddenNumber',
  'internalCall',
  'ownNumber',
  'onlyExcluded',
] as const;
/** Why this record was matched; `null` until someone asked. */
export const identification = z.object({
  interactionId: z.string(),
  contactId: z.string().nullable(),
  action: z.enum(['auto', 'company', 'ask', 'park', 'none']),
  candidates: z.array(popCandidate),
  trace: z.array(matchStep),
  /** An English sentence; `reasonCode` and `reasonParams` say the same for other languages. */
  reason: z.string(),
  reasonCode: z.enum(reasonCodes).optional(),
  reasonParams: reasonParams.optional(),
  /** With `action: company`, the company taken; with a contact, the company of that contact. */
  accountId: z.string().nullable().optional(),
  /** The user who said who this is; null when the policy decided. */
  chosenBy: z.string().nullable().optional(),
});
export type Identification = z.output<typeof identification>;
export const interactionMatch = defineRoute({
  id: 'interactions.match',
  method: 'GET',
  path: '/api/interactions/:interactionId/match',
  permission: 'interactions.read',
  summary: 'Who the caller was taken for, and why',
  params: interactionId,
  response: z.object({ identification: identification.nullable() }),
});
export const interactionWrites = defineRoute({
  id: 'interactions.writes',
  method: 'GET',
  path: '/api/interactions/:interactionId/writes',
  permission: 'interactions.read',
  summary: 'What was written where for this interaction',
  params: interactionId,
  response: z.object({ items: z.array(writeView) }),
});
export const interactionWrapUp = defineRoute({
  id: 'interactions.wrapUp',
  method: 'GET',
  path: '/api/interactions/:interactionId/wrap-up',
  permission: 'interactions.read',
  summary: 'Notes and disposition of the agent',
  params: interactionId,
  response: z.object({ wrapUp: wrapUp.nullable() }),
});
export const liveEvent = z.discriminatedUnion('type', [
  /** Turned out to be part of another interaction: take it off the screen. */
  z.object({ type: z.literal('removed'), interactionId: z.string() }),
  z.object({ type: z.literal('interaction'), interaction }),
  z.object({
    type: z.literal('agent'),
    connectionId: z.string(),
    agent: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    sinceMs: z.number(),
  }),
  z.object({ type: z.literal('link'), connectionId: z.string(), state: z.string(), detail: z.string().nullable() }),
]);
export const liveSnapshot = defineRoute({
  id: 'live.snapshot',
  method: 'GET',
  path: '/api/live',
  permission: 'interactions.read',
  summary: 'Calls that are up, agents and their states',
  response: z.object({
    interactions: z.array(interaction),
    agents: z.array(
      z.object({
        connectionId: z.string(),
        agent: z.string(),
        state: z.string(),
        reason: z.string().nullable(),
        sinceMs: z.number(),
      }),
    ),
    /** Per quarter of an hour, last 24 h, oldest first. */
    history: z.array(
      z.object({
        atMs: z.number(),
        answered: z.number().int(),
        missed: z.number().int(),
        abandoned: z.number().int(),
        other: z.number().int(),
      }),
    ),
  }),
});
export const liveEvents = defineRoute({
  id: 'live.events',
  method: 'GET',
  path: '/api/live/events',
  permission: 'interactions.read',
  summary: 'Changes of the live view as they happen',
  response: liveEvent,
  streams: 'events',
});
