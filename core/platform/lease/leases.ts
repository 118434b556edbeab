/** Exactly one owner at a time for a link, a lane or an ACD shard, over all hub processes on one database. */

/** Token of the `Leases`. */
export const LEASES = Symbol('LEASES');

export interface Lease {
  readonly name: string;
  /**
   * Grows with every change of owner. Writes that must not come from a former owner carry it and are refused when the
   * stored one is higher.
   */
  readonly token: number;
  /** Aborts as soon as ownership is no longer sure. The owner stops at once; a successor may already be at work. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

export interface Leases {
  /** `null`: someone else owns it. A standby asks again every few seconds. */
  acquire(name: string): Promise<Lease | null>;
  /** Runs the work as the owner, then lets go. `null`: someone else owns it and the work did not run. */
  withLease<T>(name: string, work: (signal: AbortSignal, token: number) => Promise<T>): Promise<T | null>;
}
