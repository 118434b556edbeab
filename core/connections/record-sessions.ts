import type { Records } from '#core/contract/connector.ts';

/** Token of the `RecordSessions`. */
export const RECORD_SESSIONS = Symbol('RECORD_SESSIONS');

/** How the writers of records reach the other side. */
export interface RecordSessions {
  /**
   * The records facet of a connection's live session, opened when need be, every call guarded. Throws why it cannot be
   * had now: with `retryAfterMs` while the link waits, `facet.unsupported` when the connector moves no records.
   */
  records(connectionId: string): Promise<Records>;
}
