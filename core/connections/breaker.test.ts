import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hubErrorCodes, HubError } from '#core/contract/errors.ts';
import {
  admit,
  afterFailure,
  afterSuccess,
  closedBreaker,
  countsAgainstLink,
  defaultBreakerLimits,
} from './breaker.ts';
import type { Breaker } from './breaker.ts';

const limits = { threshold: 3, firstPauseMs: 1000, longestPauseMs: 4000 };

function failing(times: number, nowMs: number, start: Breaker = closedBreaker): Breaker {
  let breaker = start;
  for (let i = 0; i < times; i++) breaker = afterFailure(breaker, nowMs, limits);
  return breaker;
}

test('opens after failures in a row and says how long', () => {
  expect(admit(failing(2, 0), 0).admitted).toBe(true);
  const open = failing(3, 100);
  expect(admit(open, 200)).toMatchObject({ admitted: false, retryAfterMs: 900 });
});

test('lets one trial through, and only one', () => {
  const { breaker: trial, admitted } = admit(failing(3, 0), 1000);
  expect(admitted).toBe(true);
  expect(admit(trial, 1000).admitted).toBe(false);
  expect(admit(afterSuccess(), 1000).admitted).toBe(true);
});

test('a failed trial doubles the pause up to the longest', () => {
  let breaker = failing(3, 0);
  let nowMs = 0;
  const pauses: number[] = [];
  for (let round = 0; round < 4; round++) {
    const { retryAfterMs } = admit(breaker, nowMs);
    pauses.push(retryAfterMs);
    nowMs += retryAfterMs;
    breaker = afterFailure(admit(breaker, nowMs).breaker, nowMs, limits);
  }
  expect(pauses).toEqual([1000, 2000, 4000, 4000]);
});

test('whatever happens, it admits again no later than the longest pause', () => {
  const happening = fc.record({ waitMs: fc.nat(5000), ok: fc.boolean() });
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (history) => {
      let breaker: Breaker = closedBreaker;
      let nowMs = 0;
      for (const { waitMs, ok } of history) {
        nowMs += waitMs;
        const admission = admit(breaker, nowMs);
        breaker = admission.breaker;
        if (admission.admitted) breaker = ok ? afterSuccess() : afterFailure(breaker, nowMs, limits);
      }
      expect(admit(breaker, nowMs + limits.longestPauseMs).admitted).toBe(true);
    }),
  );
});

test('only errors that say nobody is there count', () => {
  const counting = hubErrorCodes.filter((code) => countsAgainstLink(new HubError(code, '')));
  expect(counting).toEqual(['link.lost', 'remote.timeout', 'remote.unavailable', 'remote.garbled', 'write.inDoubt']);
  expect(defaultBreakerLimits.longestPauseMs).toBeLessThanOrEqual(30_000);
});
