/**
 * Circuit breaker of one connection: after several failures in a row it refuses calls for a while, then lets one
 * trial through. Pure: the caller keeps the value and says what time it is.
 */
import type { HubError, HubErrorCode } from '#core/contract/errors.ts';

export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly untilMs: number; readonly pauseMs: number }
  | { readonly state: 'trial'; readonly pauseMs: number };

export interface BreakerLimits {
  /** Failures in a row that open it. */
  readonly threshold: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const defaultBreakerLimits: BreakerLimits = { threshold: 5, firstPauseMs: 2_000, longestPauseMs: 30_000 };

export const closedBreaker: Breaker = { state: 'closed', failures: 0 };

export type Admission = { readonly breaker: Breaker; readonly admitted: boolean; readonly retryAfterMs: number };

/** Asks before a call. An admitted call must end in `afterSuccess`, `afterFailure` or `afterIndifference`. */
export function admit(breaker: Breaker, nowMs: number): Admission {
  switch (breaker.state) {
    case 'closed':
      return { breaker, admitted: true, retryAfterMs: 0 };
    case 'trial':
      return { breaker, admitted: false, retryAfterMs: breaker.pauseMs };
    case 'open':
      if (nowMs < breaker.untilMs) return { breaker, admitted: false, retryAfterMs: breaker.untilMs - nowMs };
      return { breaker: { state: 'trial', pauseMs: breaker.pauseMs }, admitted: true, retryAfterMs: 0 };
  }
}

export function afterSuccess(): Breaker {
  return closedBreaker;
}

export function afterFailure(breaker: Breaker, nowMs: number, limits: BreakerLimits = defaultBreakerLimits): Breaker {
  switch (breaker.state) {
    case 'closed': {
      const failures = breaker.failures + 1;
      if (failures < limits.threshold) return { state: 'closed', failures };
      return { state: 'open', untilMs: nowMs + limits.firstPauseMs, pauseMs: limits.firstPauseMs };
    }
    case 'trial': {
      const pauseMs = Math.min(breaker.pauseMs * 2, limits.longestPauseMs);
      return { state: 'open', untilMs: nowMs + pauseMs, pauseMs };
    }
    // A call admitted before the breaker opened: its failure says nothing new.
    case 'open':
      return breaker;
  }
}

/** The other side answered, only not what we hoped: it is alive, so a trial succeeded; a closed breaker forgets its count. */
export const afterIndifference = afterSuccess;

const failuresOfTheLink = new Set<HubErrorCode>([
  'link.lost',
  'remote.timeout',
  'remote.unavailable',
  'remote.garbled',
  'write.inDoubt',
]);

/** Only failures that say "the other side is not there" count; a refused record does not. */
export function countsAgainstLink(error: HubError): boolean {
  return failuresOfTheLink.has(error.code);
}
