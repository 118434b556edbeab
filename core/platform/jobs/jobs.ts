import type { JobName, JobPayload } from '#core/contract/jobs.ts';

/** Token of the `Jobs` queue. */
export const JOBS = Symbol('JOBS');

export interface EnqueueOptions {
  /**
   * Jobs of one name and id are coalesced: one runs and at most one waits. Asking while one runs makes it run once
   * more afterwards, so nothing that came in meanwhile is overlooked.
   */
  readonly dedupeId?: string;
  readonly delayMs?: number;
}

export interface Jobs {
  /** A job carries ids only. It may be lost or run twice: the row it names says what is still to be done. */
  enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options?: EnqueueOptions): Promise<void>;
}
