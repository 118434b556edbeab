import { z } from 'zod';
import { deskEvent, deskSession, pop, wrapUp } from '../desk.ts';
import { defineRoute } from '../route.ts';

export const deskSessionRoute = defineRoute({
  id: 'desk.session',
  method: 'GET',
  path: '/api/desk',
  permission: 'desk.use',
  summary: 'The whole state of my desk, with the cursor its event stream goes on from',
  response: deskSession,
});
export const deskEvents = defineRoute({
  id: 'desk.events',
  method: 'GET',
  path: '/api/desk/events',
  permission: 'desk.use',
  summary: 'My desk events after a cursor (query or Last-Event-ID), live',
  query: z.object({ cursor: z.coerce.number().int().optional() }),
  response: deskEvent,
  streams: 'events',
});
export const acknowledgePop = defineRoute({
  id: 'desk.acknowledgePop',
  method: 'POST',
  path: '/api/desk/pops/:popId/acknowledge',
  permission: 'desk.use',
  summary: 'The pop was seen; with a contact: this is the caller',
  params: z.object({ popId: z.string() }),
  body: z.object({ contactId: z.string().nullable().default(null) }),
  response: pop,
});
export const dismissPop = defineRoute({
  id: 'desk.dismissPop',
  method: 'POST',
  path: '/api/desk/pops/:popId/dismiss',
  permission: 'desk.use',
  summary: 'Close a pop',
  params: z.object({ popId: z.string() }),
  response: pop,
});
export const saveWrapUp = defineRoute({
  id: 'desk.saveWrapUp',
  method: 'PUT',
  path: '/api/desk/wrap-ups/:interactionId',
  permission: 'desk.use',
  summary: 'Notes, disposition and chosen contact of a call; written to the CRM with it',
  params: z.object({ interactionId: z.string() }),
  body: wrapUp.omit({ interactionId: true }),
  response: wrapUp,
});
export const setAgentState = defineRoute({
  id: 'desk.setAgentState',
  method: 'PUT',
  path: '/api/desk/agent-state',
  permission: 'desk.use',
  summary: 'Ready or not ready, on the switch',
  body: z.object({ state: z.enum(['ready', 'notReady']), reason: z.string().max(80).nullable().default(null) }),
  response: z.object({ state: z.string(), reason: z.string().nullable() }),
});
export const makeCall = defineRoute({
  id: 'calls.make',
  method: 'POST',
  path: '/api/calls',
  permission: 'calls.control',
  summary: 'Click-to-dial: ring my phone, then dial',
  body: z.object({
    number: z.string().min(1).max(64),
    requestId: z.string().min(8).max(80),
    agent: z.string().max(40).optional(),
    connectionId: z.string().optional(),
    contactId: z.string().nullable().default(null),
  }),
  response: z.object({ requestId: z.string(), dialled: z.string() }),
  status: 202,
});
export const callCommand = defineRoute({
  id: 'calls.command',
  method: 'POST',
  path: '/api/calls/:interactionId/commands',
  permission: 'calls.control',
  summary: 'Hang up, transfer, park a call of mine; refused clearly where the switch has no such verb',
  params: z.object({ interactionId: z.string() }),
  body: z.discriminatedUnion('verb', [
    z.object({ verb: z.literal('clear') }),
    z.object({ verb: z.literal('hold') }),
    z.object({ verb: z.literal('retrieve') }),
    z.object({ verb: z.literal('transfer'), destination: z.string().min(1).max(64) }),
    z.object({ verb: z.literal('attendedTransfer'), destination: z.string().min(1).max(64) }),
    z.object({ verb: z.literal('park') }),
  ]),
  response: z.object({ accepted: z.literal(true) }),
  status: 202,
});
