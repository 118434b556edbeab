import { afterAll, beforeAll, expect, test } from 'vitest';
import { bossDraft, openAccessBench } from './testing/access-bench.ts';
import type { AccessBench } from './testing/access-bench.ts';

let bench: AccessBench;
beforeAll(async () => {
  bench = await openAccessBench();
});
afterAll(() => bench.close());

test('ten set-ups at once make one administrator', async () => {
  expect(await bench.setUp.isNeeded()).toBe(true);
  const drafts = Array.from({ length: 10 }, (_, i) => ({ ...bossDraft, email: `boss${i}@example.org` }));
  const outcomes = await Promise.allSettled(drafts.map((draft) => bench.setUp.complete(draft)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'resource.conflict' });
  }
  const users = await bench.dataSource.query('select role from app_user');
  expect(users).toEqual([{ role: 'administrator' }]);
  expect(await bench.setUp.isNeeded()).toBe(false);
});

test('keeps the country numbers are read in', async () => {
  expect(await bench.tenants.defaultRegion('default')).toBe('DE');
  expect(await bench.tenants.defaultRegion('nobody')).toBeNull();
});
