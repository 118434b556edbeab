/**
 * Request budget of one connection: a token bucket with a reserve only interactive look-ups may spend, so a backfill
 * never makes an agent wait for a name. Pure: the caller keeps the value and says what time it is.
 */
export interface Quota {
  readonly tokens: number;
  /** When `tokens` was true. */
  readonly atMs: number;
  /** The other side asked for silence until then. */
  readonly closedUntilMs: number;
}

export interface QuotaLimits {
  readonly burst: number;
  readonly perSecond: number;
  /** Tokens that `bulk` work leaves untouched. */
  readonly reserve: number;
}

export type Priority = 'interactive' | 'bulk';

export const defaultQuotaLimits: QuotaLimits = { burst: 40, perSecond: 10, reserve: 10 };

/** How long to keep silent when the other side says "too many" without saying for how long. */
export const defaultSilenceMs = 10_000;

export type Grant =
  | { readonly granted: true; readonly quota: Quota }
  | { readonly granted: false; readonly quota: Quota; readonly retryAfterMs: number };

export function fullQuota(limits: QuotaLimits, nowMs: number): Quota {
  return { tokens: limits.burst, atMs: nowMs, closedUntilMs: 0 };
}

export function take(quota: Quota, limits: QuotaLimits, priority: Priority, nowMs: number): Grant {
  if (nowMs < quota.closedUntilMs) return { granted: false, quota, retryAfterMs: quota.closedUntilMs - nowMs };
  const refilled = refill(quota, limits, nowMs);
  const floor = priority === 'bulk' ? limits.reserve : 0;
  const missing = floor + 1 - refilled.tokens;
  if (missing <= 0) return { granted: true, quota: { ...refilled, tokens: refilled.tokens - 1 } };
  return { granted: false, quota: refilled, retryAfterMs: Math.max(1, Math.ceil((missing / limits.perSecond) * 1000)) };
}

/** After `remote.rateLimited`: nothing goes out until then, and the bucket starts to fill only from there. */
export function closeUntil(quota: Quota, untilMs: number): Quota {
  const closedUntilMs = Math.max(quota.closedUntilMs, untilMs);
  return { tokens: 0, atMs: closedUntilMs, closedUntilMs };
}

function refill(quota: Quota, limits: QuotaLimits, nowMs: number): Quota {
  const elapsedMs = Math.max(0, nowMs - quota.atMs);
  const tokens = Math.min(limits.burst, quota.tokens + (elapsedMs / 1000) * limits.perSecond);
  return { ...quota, tokens, atMs: Math.max(quota.atMs, nowMs) };
}
