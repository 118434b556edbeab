import { z } from 'zod';
import { defineRoute } from '../route.ts';

export const systemInfo = defineRoute({
  id: 'system.info',
  method: 'GET',
  path: '/api/system',
  permission: 'system.read',
  summary: 'Version, roles, database and queue back end of this hub',
  response: z.object({
    version: z.string(),
    roles: z.array(z.string()),
    database: z.enum(['embedded', 'external']),
    queue: z.enum(['postgres', 'redis']),
    startedAt: z.iso.datetime(),
  }),
});
export const demoState = z.object({
  running: z.boolean(),
  connectionIds: z.array(z.string()),
  crmUrl: z.string().nullable(),
  /** Extension the demo's calls ring, offered to the signed-in user. */
  extension: z.string().nullable(),
  callsPlayed: z.number().int(),
});
export const demoGet = defineRoute({
  id: 'demo.state',
  method: 'GET',
  path: '/api/demo',
  permission: 'system.read',
  summary: 'Whether the demo runs',
  response: demoState,
});
export const demoStart = defineRoute({
  id: 'demo.start',
  method: 'POST',
  path: '/api/demo',
  permission: 'demo.manage',
  summary: 'Play recorded calls, seed contacts, start the fake CRM',
  body: z.object({}),
  response: demoState,
  status: 201,
});
export const demoRemove = defineRoute({
  id: 'demo.remove',
  method: 'DELETE',
  path: '/api/demo',
  permission: 'demo.manage',
  summary: 'Remove everything the demo made',
  response: demoState,
});
