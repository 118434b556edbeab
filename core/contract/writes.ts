/** What the journal (and later the merge) asks the outbox to write, and what came of it. */
import { z } from 'zod';
import { entityKind } from './entities.ts';
import { jsonObject } from './json.ts';

export const plannedWrite = z.object({
  /** Deterministic idempotency key of the record to be written: same thing, same key, for ever. */
  key: z.string(),
  tenantId: z.string(),
  connectionId: z.string(),
  object: z.string(),
  entity: entityKind,
  /** Canonical values; the dictionary turns them into the record just before sending. */
  values: jsonObject,
  /** Version of the source; a lower one than already held is ignored, the same one is a repeat. */
  revision: z.number().int(),
  /** `upsert`: create, later update. `createOnly`: write once, never touch again. */
  mode: z.enum(['upsert', 'createOnly']),
  /** Records the new one hangs on, by object and external id. */
  associations: z.array(z.object({ object: z.string(), recordId: z.string() })),
  /** What caused the write, for traces: `interaction:<id>`. */
  origin: z.string(),
  /** `asterisk-ami/call v1`: the dictionary that read what the values are made of. */
  readBy: z.string().optional(),
});
export type PlannedWrite = z.output<typeof plannedWrite>;

export const settledWrite = z.object({
  key: z.string(),
  connectionId: z.string(),
  status: z.enum(['done', 'dead']),
  recordId: z.string().nullable(),
  code: z.string().nullable(),
});
export type SettledWrite = z.output<typeof settledWrite>;
