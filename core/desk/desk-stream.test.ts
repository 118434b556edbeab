import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeskEvent } from '#core/contract/desk.ts';
import type { DeskEventsStore } from './desk-events.store.ts';
import { DeskStreamService } from './desk-stream.service.ts';

/** The log of one user, as the store answers for it. */
function logOf(events: DeskEvent[], oldest = 1) {
  const stored = () => events.map((event, index) => ({ cursor: oldest + index, event }));
  const store: Pick<DeskEventsStore, 'range' | 'after'> = {
    range: async () => ({ last: oldest + events.length - 1, oldest }),
    after: async (_user, cursor) => stored().filter((one) => one.cursor > cursor),
  };
  return store as DeskEventsStore;
}

const agent = (state: string): DeskEvent => ({ type: 'agent', state, reason: null });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('hands over what is stored, then what it is told, each once', async () => {
  const events = [agent('ready'), agent('busy')];
  const service = new DeskStreamService(logOf(events));
  const stopped = new AbortController();
  const stream = service.follow('u', 1, stopped.signal);
  expect((await stream.next()).value).toEqual({ id: '2', data: agent('busy') });
  const next = stream.next();
  events.push(agent('notReady'));
  await vi.advanceTimersByTimeAsync(0);
  service.tell('someone else', { cursor: 9, events: [] });
  service.tell('u', { cursor: 3, events: [agent('notReady')] });
  expect((await next).value).toEqual({ id: '3', data: agent('notReady') });
  const last = stream.next();
  await vi.advanceTimersByTimeAsync(0);
  stopped.abort();
  expect((await last).done).toBe(true);
});

it('finds an event whose message got lost', async () => {
  const events = [agent('ready')];
  const stopped = new AbortController();
  const stream = new DeskStreamService(logOf(events)).follow('u', 1, stopped.signal);
  const next = stream.next();
  await vi.advanceTimersByTimeAsync(0);
  events.push(agent('busy'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await next).value).toEqual({ id: '2', data: agent('busy') });
  const last = stream.next();
  await vi.advanceTimersByTimeAsync(0);
  stopped.abort();
  expect((await last).done).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('says when the log no longer reaches back to the cursor', async () => {
  const stream = new DeskStreamService(logOf([agent('ready')], 40)).follow('u', 3, new AbortController().signal);
  expect((await stream.next()).value).toEqual({ id: '40', data: { type: 'reset' } });
  await stream.return(undefined);
});
