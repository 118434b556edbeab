import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterAttempt, rules, throttleKeys, waitMs } from './throttle.ts';
import type { Throttle } from './throttle.ts';

const rule = rules.accountAndAddress;

function failures(count: number, atMs: number): Throttle | null {
  let throttle: Throttle | null = null;
  for (let i = 0; i < count; i++) throttle = afterAttempt(throttle, rule, atMs);
  return throttle;
}

test('the first five failures cost nothing, then the wait doubles up to its cap', () => {
  expect(waitMs(null, rule, 0)).toBe(0);
  expect(waitMs(failures(4, 0), rule, 0)).toBe(0);
  expect([5, 6, 7, 8].map((count) => waitMs(failures(count, 0), rule, 0))).toEqual([1000, 2000, 4000, 8000]);
  expect(waitMs(failures(200, 0), rule, 0)).toBe(rule.longestMs);
});

test('waiting helps, and quiet time forgets', () => {
  const throttle = failures(7, 10_000);
  expect(waitMs(throttle, rule, 12_000)).toBe(2000);
  expect(waitMs(throttle, rule, 14_000)).toBe(0);
  expect(afterAttempt(throttle, rule, 10_000 + rule.forgetAfterMs)).toEqual({
    failures: 1,
    lastAtMs: 10_000 + rule.forgetAfterMs,
  });
});

test('a wait is never negative nor longer than the cap, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(), fc.nat(), (count, lastAtMs, laterMs) => {
      const wait = waitMs({ failures: count, lastAtMs }, rule, lastAtMs + laterMs);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(rule.longestMs);
    }),
  );
});

test('an account is watched per address, and from anywhere only gently', () => {
  const keys = throttleKeys('a@example.org', '10.0.0.1');
  expect(keys.map(({ key }) => key)).toEqual([
    'account:a@example.org',
    'address:10.0.0.1',
    'both:10.0.0.1:a@example.org',
  ]);
  expect(keys.map(({ key }) => key)).toEqual(keys.map(({ key }) => key).toSorted());
  expect(keys[0]?.rule.longestMs).toBeLessThanOrEqual(30_000);
});
