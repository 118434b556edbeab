import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLog } from '#core/platform/log/log.ts';
import { JournalConsumer } from './journal.consumer.ts';
import type { JournalService } from './journal.service.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const week = 7 * 24 * 60 * minute;

function consumerOver(service: Partial<JournalService>) {
  const clock = { nowMs: 2 * week, now: () => clock.nowMs };
  const environment = { roles: ['worker'] } as never;
  const consumer = new JournalConsumer(service as JournalService, {} as never, environment, clock, createLog('silent'));
  return { consumer, clock };
}

it('looks back until a sweep has found everything, and from then on a little behind the last one', async () => {
  const asked: number[] = [];
  const answers = [{ ids: ['a'], isAll: false }, { ids: [], isAll: true }, null, { ids: [], isAll: true }];
  const { consumer, clock } = consumerOver({
    behind: async (sinceMs) => {
      asked.push(clock.nowMs - sinceMs);
      const answer = answers.shift();
      if (answer === null || answer === undefined) throw new Error('the database is away');
      return answer;
    },
    journal: async () => undefined,
    handRest: async () => undefined,
  });
  consumer.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(200);
  await vi.advanceTimersByTimeAsync(5_000);
  clock.nowMs += 60 * minute;
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.advanceTimersByTimeAsync(5_000);
  await consumer.onApplicationShutdown();
  expect(asked).toEqual([week, week, 70 * minute, 70 * minute]);
});

it('journals the others when one interaction cannot be, and hands over the rest', async () => {
  const done: string[] = [];
  const { consumer } = consumerOver({
    behind: async () => ({ ids: ['bad', 'good'], isAll: true }),
    journal: async (id) => {
      if (id === 'bad') throw new Error('no dictionary fits');
      done.push(id);
    },
    handRest: async () => void done.push('rest'),
  });
  consumer.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(200);
  await consumer.onApplicationShutdown();
  expect(done.toSorted()).toEqual(['good', 'rest']);
});

it('does not stop in the middle of a sweep', async () => {
  const found = Promise.withResolvers<{ ids: string[]; isAll: boolean }>();
  const done: string[] = [];
  const { consumer } = consumerOver({
    behind: () => found.promise,
    journal: async (id) => void done.push(id),
    handRest: async () => undefined,
  });
  consumer.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(200);
  const stopped = consumer.onApplicationShutdown().then(() => done.push('stopped'));
  found.resolve({ ids: ['a'], isAll: true });
  await stopped;
  expect(done).toEqual(['a', 'stopped']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual(['a', 'stopped']);
});
