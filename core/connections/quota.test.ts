import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeUntil, fullQuota, take } from './quota.ts';
import type { Grant, Priority, Quota } from './quota.ts';

const limits = { burst: 10, perSecond: 2, reserve: 3 };

function takeMany(quota: Quota, count: number, priority: Priority, nowMs: number): Grant[] {
  const grants: Grant[] = [];
  let current = quota;
  for (let i = 0; i < count; i++) {
    const grant = take(current, limits, priority, nowMs);
    current = grant.quota;
    grants.push(grant);
  }
  return grants;
}

test('bulk work leaves the reserve to interactive look-ups', () => {
  const bulk = takeMany(fullQuota(limits, 0), 10, 'bulk', 0);
  expect(bulk.filter((grant) => grant.granted)).toHaveLength(7);
  const rest = takeMany(bulk.at(-1)?.quota ?? fullQuota(limits, 0), 5, 'interactive', 0);
  expect(rest.filter((grant) => grant.granted)).toHaveLength(3);
});

test('a refusal says when it is worth coming back, and that is true', () => {
  fc.assert(
    fc.property(
      fc.nat(30),
      fc.constantFrom<Priority>('bulk', 'interactive'),
      fc.nat(10_000),
      (count, priority, nowMs) => {
        const last = takeMany(fullQuota(limits, 0), count + 1, priority, nowMs).at(-1);
        if (last === undefined || last.granted) return;
        expect(take(last.quota, limits, priority, nowMs + last.retryAfterMs).granted).toBe(true);
      },
    ),
  );
});

test('asked to be silent, it is silent for everyone until then', () => {
  const closed = closeUntil(fullQuota(limits, 0), 5000);
  expect(take(closed, limits, 'interactive', 4000)).toMatchObject({ granted: false, retryAfterMs: 1000 });
  expect(take(closed, limits, 'interactive', 5500).granted).toBe(true);
  expect(take(closed, limits, 'bulk', 5500).granted).toBe(false);
  expect(closeUntil(closed, 3000).closedUntilMs).toBe(5000);
});

test('never spends more than burst plus refill, even when the clock jumps back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2000, max: 2000 }), { maxLength: 100 }), (jumps) => {
      let quota = fullQuota(limits, 0);
      let [nowMs, newestMs, spent] = [0, 0, 0];
      for (const jump of jumps) {
        nowMs = Math.max(0, nowMs + jump);
        newestMs = Math.max(newestMs, nowMs);
        const grant = take(quota, limits, 'interactive', nowMs);
        quota = grant.quota;
        if (grant.granted) spent += 1;
      }
      expect(spent).toBeLessThanOrEqual(limits.burst + (newestMs / 1000) * limits.perSecond);
    }),
  );
});
