/** How long to wait before the n-th retry. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * Exponential back-off with full jitter: anything from 0 to min(cap, base · 2^attempt), so many links that broke at
 * once do not come back at once. `attempt` counts from 0; `random` is a number in [0, 1) the caller draws.
 */
export function backoffMs(attempt: number, { baseMs, capMs }: Backoff, random: number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(attempt, 0), 50));
  return Math.floor(ceiling * random);
}
