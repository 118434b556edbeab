/** Queue jobs by name. A job carries ids only: what it means stands in Postgres, so a lost job is only a delay. */
import { z } from 'zod';

export const jobs = {
  /** Send what waits in the lanes of one object of one connection, in order, batch by batch. */
  'outbox.pump': z.object({ connectionId: z.string(), object: z.string() }),
  /** Read a started CSV import to its end. */
  'contacts.import': z.object({ importId: z.string() }),
} as const satisfies Record<string, z.ZodObject>;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.output<(typeof jobs)[N]>;
