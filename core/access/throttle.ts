/**
 * Slows password guessing down. Three counters watch each attempt: the account from this address, the address, and
 * the account from anywhere; the last one only ever delays a little, so nobody can lock a colleague out for long.
 */
const secondMs = 1000;
const minuteMs = 60 * secondMs;

export interface Throttle {
  readonly failures: number;
  readonly lastAtMs: number;
}

export interface ThrottleRule {
  /** Failures that cost nothing. */
  readonly free: number;
  readonly longestMs: number;
  /** Quiet time after which the counter starts anew. */
  readonly forgetAfterMs: number;
}

export interface ThrottleKey {
  readonly key: string;
  readonly rule: ThrottleRule;
}

export const rules = {
  accountAndAddress: { free: 5, longestMs: 15 * minuteMs, forgetAfterMs: 60 * minuteMs },
  address: { free: 50, longestMs: 15 * minuteMs, forgetAfterMs: 60 * minuteMs },
  account: { free: 50, longestMs: 30 * secondMs, forgetAfterMs: 60 * minuteMs },
} as const satisfies Record<string, ThrottleRule>;

/** The counters of one attempt, always in the same order so that two attempts never wait for each other crosswise. */
export function throttleKeys(account: string, address: string): readonly ThrottleKey[] {
  return [
    { key: `account:${account}`, rule: rules.account },
    { key: `address:${address}`, rule: rules.address },
    { key: `both:${address}:${account}`, rule: rules.accountAndAddress },
  ];
}

/** How long this counter makes the next attempt wait: nothing while failures are free, then 1 s, 2 s, 4 s… */
export function waitMs(throttle: Throttle | null, rule: ThrottleRule, nowMs: number): number {
  if (throttle === null || throttle.failures < rule.free) return 0;
  if (nowMs - throttle.lastAtMs >= rule.forgetAfterMs) return 0;
  const pauseMs = Math.min(rule.longestMs, secondMs * 2 ** Math.min(throttle.failures - rule.free, 30));
  return Math.max(0, throttle.lastAtMs + pauseMs - nowMs);
}

export function afterAttempt(throttle: Throttle | null, rule: ThrottleRule, nowMs: number): Throttle {
  const isFresh = throttle === null || nowMs - throttle.lastAtMs >= rule.forgetAfterMs;
  return { failures: isFresh ? 1 : throttle.failures + 1, lastAtMs: nowMs };
}
