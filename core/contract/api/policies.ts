import { z } from 'zod';
import { journalPolicy } from '../journal-policy.ts';
import { popRule } from '../pop-rule.ts';
import { defineRoute } from '../route.ts';

const connectionId = z.object({ connectionId: z.string() });
export const deskPolicy = z.object({
  popRules: z.array(popRule).max(100),
  dispositions: z.array(z.string().min(1).max(80)).max(200),
});

export const getDeskPolicy = defineRoute({
  id: 'deskPolicy.get',
  method: 'GET',
  path: '/api/desk-policy',
  permission: 'connections.read',
  summary: 'When desks pop, and the dispositions agents choose from',
  response: deskPolicy,
});
export const setDeskPolicy = defineRoute({
  id: 'deskPolicy.set',
  method: 'PUT',
  path: '/api/desk-policy',
  permission: 'connections.write',
  summary: 'Change when desks pop, and the dispositions',
  body: deskPolicy,
  response: deskPolicy,
});
export const getJournalPolicy = defineRoute({
  id: 'journalPolicy.get',
  method: 'GET',
  path: '/api/connections/:connectionId/journal-policy',
  permission: 'connections.read',
  summary: 'What is written to this CRM, and when',
  params: connectionId,
  response: journalPolicy,
});
export const setJournalPolicy = defineRoute({
  id: 'journalPolicy.set',
  method: 'PUT',
  path: '/api/connections/:connectionId/journal-policy',
  permission: 'connections.write',
  summary: 'Change what is written to this CRM, and when',
  params: connectionId,
  body: journalPolicy,
  response: journalPolicy,
});
