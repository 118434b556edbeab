import { z } from 'zod';
import { jsonObject } from '../json.ts';
import { localeText } from '../locale-text.ts';
import { defineRoute } from '../route.ts';

/** `configSchema` is JSON Schema (draft 2020-12) with `x-field` notes the form is drawn from. */
export const connectorInfo = z.object({
  id: z.string(),
  title: localeText,
  summary: localeText,
  vendor: z.string(),
  kind: z.enum(['switch', 'crm', 'erp', 'generic', 'demo']),
  docsUrl: z.string().nullable(),
  facets: z.record(z.string(), z.json()),
  configSchema: jsonObject,
});
export type ConnectorInfo = z.output<typeof connectorInfo>;

export const linkStates = ['stopped', 'opening', 'up', 'waiting', 'failed', 'standby'] as const;
export const connection = z.object({
  id: z.string(),
  connectorId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  demo: z.boolean(),
  /** Secrets are never sent back: a stored one reads `true`, under its field's path, in `secretsSet`. */
  config: jsonObject,
  secretsSet: z.array(z.string()),
  health: z.object({
    state: z.enum(linkStates),
    since: z.iso.datetime(),
    lastEventAt: z.iso.datetime().nullable(),
    /** Why it is not up, in a sentence, with the code and the config field at fault. */
    detail: z.string().nullable(),
    code: z.string().nullable(),
    field: z.string().nullable(),
    reconnects: z.number().int(),
  }),
  createdAt: z.iso.datetime(),
});
export type Connection = z.output<typeof connection>;

export const probeReport = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), field: z.string().optional() })),
});
const connectionId = z.object({ connectionId: z.string() });
const draft = z.object({
  connectorId: z.string(),
  name: z.string().min(1).max(80),
  config: jsonObject,
});

export const listConnectors = defineRoute({
  id: 'connectors.list',
  method: 'GET',
  path: '/api/connectors',
  permission: 'connections.read',
  summary: 'Kinds of systems the hub can connect',
  response: z.object({ items: z.array(connectorInfo) }),
});
export const listConnections = defineRoute({
  id: 'connections.list',
  method: 'GET',
  path: '/api/connections',
  permission: 'connections.read',
  summary: 'Configured connections with their health',
  response: z.object({ items: z.array(connection) }),
});
export const getConnection = defineRoute({
  id: 'connections.get',
  method: 'GET',
  path: '/api/connections/:connectionId',
  permission: 'connections.read',
  summary: 'One connection',
  params: connectionId,
  response: connection,
});
export const probeConnection = defineRoute({
  id: 'connections.probe',
  method: 'POST',
  path: '/api/connections/probe',
  permission: 'connections.write',
  summary: 'Test a configuration without saving it; a blank secret of an existing connection means the stored one',
  body: draft.extend({ connectionId: z.string().optional() }),
  response: probeReport,
});
export const createConnection = defineRoute({
  id: 'connections.create',
  method: 'POST',
  path: '/api/connections',
  permission: 'connections.write',
  summary: 'Probe, then save; refused with the field at fault when the probe fails',
  body: draft.extend({ skipProbe: z.boolean().default(false) }),
  response: connection,
  status: 201,
});
export const updateConnection = defineRoute({
  id: 'connections.update',
  method: 'PATCH',
  path: '/api/connections/:connectionId',
  permission: 'connections.write',
  summary: 'Probe, then save the change',
  params: connectionId,
  body: z.object({
    name: z.string().min(1).max(80).optional(),
    config: jsonObject.optional(),
    enabled: z.boolean().optional(),
    skipProbe: z.boolean().default(false),
  }),
  response: connection,
});
export const deleteConnection = defineRoute({
  id: 'connections.delete',
  method: 'DELETE',
  path: '/api/connections/:connectionId',
  permission: 'connections.write',
  summary: 'Remove a connection and its secrets; what it recorded stays',
  params: connectionId,
  response: z.null(),
  status: 204,
});
