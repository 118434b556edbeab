import { z } from 'zod';
import { jsonObject } from '../json.ts';
import { documentName, mappingTrace } from '../mapping.ts';
import { defineRoute, pageOf, pageQuery } from '../route.ts';

export const writeStates = ['waiting', 'running', 'retrying', 'inDoubt', 'done', 'dead', 'superseded'] as const;
export const writeView = z.object({
  id: z.string(),
  key: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  object: z.string(),
  entity: z.string(),
  state: z.enum(writeStates),
  revision: z.number().int(),
  attempts: z.number().int(),
  recordId: z.string().nullable(),
  recordUrl: z.string().nullable(),
  origin: z.string(),
  dictionary: z.string().nullable(),
  values: jsonObject,
  sent: jsonObject.nullable(),
  /** Fields left alone because someone edited them in the CRM. */
  kept: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string(), field: z.string().nullable() }).nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
});
export type WriteView = z.output<typeof writeView>;

export const listWrites = defineRoute({
  id: 'writes.list',
  method: 'GET',
  path: '/api/writes',
  permission: 'writes.read',
  summary: 'Writes of the outbox, newest first',
  query: pageQuery.extend({
    state: z.enum(writeStates).optional(),
    connectionId: z.string().optional(),
    fingerprint: z.string().optional(),
  }),
  response: pageOf(writeView),
});
export const writeSummary = defineRoute({
  id: 'writes.summary',
  method: 'GET',
  path: '/api/writes/summary',
  permission: 'writes.read',
  summary: 'Counts by state, age of the oldest waiting write, and throughput of the last 24 h by quarter of an hour',
  response: z.object({
    counts: z.record(z.string(), z.number().int()),
    oldestWaitingMs: z.number().nullable(),
    history: z.array(z.object({ atMs: z.number(), done: z.number().int(), dead: z.number().int() })),
  }),
});
export const deadLetterGroups = defineRoute({
  id: 'writes.deadLetters',
  method: 'GET',
  path: '/api/writes/dead-letters',
  permission: 'writes.read',
  summary: 'Dead letters grouped by cause',
  response: z.object({
    items: z.array(
      z.object({
        fingerprint: z.string(),
        connectionId: z.string(),
        connectionName: z.string(),
        object: z.string(),
        code: z.string(),
        message: z.string(),
        count: z.number().int(),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
      }),
    ),
  }),
});
export const redrive = defineRoute({
  id: 'writes.redrive',
  method: 'POST',
  path: '/api/writes/re-drive',
  permission: 'writes.redrive',
  summary: 'Send dead letters again: one, a group, or all',
  body: z.union([
    z.object({ ids: z.array(z.string()).min(1).max(1000) }),
    z.object({ fingerprint: z.string() }),
    z.object({ all: z.literal(true) }),
  ]),
  response: z.object({ redriven: z.number().int() }),
});

/** One field of a write and the rule that made it. */
export const fieldReason = z.object({
  field: z.string(),
  rule: z.string().nullable(),
  value: z.json().optional(),
  /** Edited on the other side and therefore left alone: `value` is what the hub would have written. */
  kept: z.boolean().default(false),
});
export const explainWrite = defineRoute({
  id: 'writes.explain',
  method: 'GET',
  path: '/api/writes/:writeId/why',
  permission: 'writes.read',
  summary: 'Why a written record has its values: dictionary version, rule and every step, for each field',
  params: z.object({ writeId: z.string() }),
  response: z.object({
    dictionary: z.object({ name: documentName, version: z.number().int() }).nullable(),
    /** `asterisk-ami/call v1`: the dictionary that read what the canonical values are made of. */
    readBy: z.string().nullable().default(null),
    /** Canonical values the write started from. */
    input: jsonObject,
    fields: z.array(fieldReason),
    /** Null when the version is not stored any more. */
    trace: mappingTrace.nullable(),
  }),
});
