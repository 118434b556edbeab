import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HubError, hubErrorCodes } from '#core/contract/errors.ts';
import { slowRetryMs, steadyAfterMs, step, stoppedLink } from './supervisor.ts';
import type { Link, LinkInput, LinkOrder } from './supervisor.ts';

const at = (nowMs: number) => ({ nowMs, pauseMs: (failures: number) => failures * 1000 });
const gone = new HubError('link.lost', 'cut', { retry: 'soon' });

function run(inputs: readonly [number, LinkInput][], start: Link = stoppedLink) {
  let link = start;
  const orders: LinkOrder[] = [];
  for (const [nowMs, input] of inputs) {
    const next = step(link, input, at(nowMs));
    link = next.link;
    orders.push(...next.orders);
  }
  return { link, orders };
}

test('opens, loses, waits and opens again', () => {
  const { link, orders } = run([
    [0, { type: 'start' }],
    [5, { type: 'opened', attempt: 1 }],
    [9, { type: 'lost', attempt: 1, error: gone }],
    [1009, { type: 'timer' }],
    [1010, { type: 'opened', attempt: 2 }],
  ]);
  expect(link).toEqual({ state: 'up', attempt: 2, failures: 1, sinceMs: 1010 });
  expect(orders).toEqual([
    { do: 'open', attempt: 1 },
    { do: 'close', attempt: 1 },
    { do: 'wake', atMs: 1009 },
    { do: 'open', attempt: 2 },
  ]);
});

test('a flapping link waits longer each time; a steady one starts over', () => {
  const flapping: Link = { state: 'up', attempt: 4, failures: 3, sinceMs: 0 };
  expect(run([[10, { type: 'lost', attempt: 4, error: gone }]], flapping).link).toMatchObject({ untilMs: 4010 });
  expect(run([[steadyAfterMs, { type: 'lost', attempt: 4, error: gone }]], flapping).link).toMatchObject({
    untilMs: steadyAfterMs + 1000,
  });
});

test('refused credentials stop it until it is started anew', () => {
  const error = new HubError('auth.rejected', 'wrong password', { field: 'password', scope: 'connection' });
  const { link } = run([
    [0, { type: 'start' }],
    [1, { type: 'openFailed', attempt: 1, error }],
    [99_999_999, { type: 'timer' }],
  ]);
  expect(link).toEqual({ state: 'failed', attempt: 1, error });
  expect(run([[0, { type: 'start' }]], link).orders).toEqual([{ do: 'open', attempt: 2 }]);
});

test('an error a reconnect rarely mends is tried again seldom; a named wait is kept', () => {
  const opening: Link = { state: 'opening', attempt: 1, failures: 0 };
  const bug = new HubError('bug', 'oops');
  expect(run([[0, { type: 'openFailed', attempt: 1, error: bug }]], opening).link).toMatchObject({
    state: 'waiting',
    untilMs: slowRetryMs,
  });
  const busy = new HubError('remote.rateLimited', 'later', { retry: 'after', retryAfterMs: 77_000 });
  expect(run([[0, { type: 'openFailed', attempt: 1, error: busy }]], opening).link).toMatchObject({ untilMs: 77_000 });
});

test('a session that comes up after the stop is closed at once', () => {
  const { link, orders } = run([
    [0, { type: 'start' }],
    [1, { type: 'stop' }],
    [2, { type: 'opened', attempt: 1 }],
  ]);
  expect(link.state).toBe('stopped');
  expect(orders.filter((order) => order.do === 'close')).toHaveLength(2);
});

const error = fc.constantFrom(...hubErrorCodes).map((code) => new HubError(code, ''));
const attempt = fc.integer({ min: 1, max: 6 });
const input: fc.Arbitrary<LinkInput> = fc.oneof(
  fc.constant<LinkInput>({ type: 'start' }),
  fc.constant<LinkInput>({ type: 'stop' }),
  fc.constant<LinkInput>({ type: 'timer' }),
  attempt.map((n): LinkInput => ({ type: 'opened', attempt: n })),
  fc.record({ type: fc.constant('openFailed' as const), attempt, error }),
  fc.record({ type: fc.constant('lost' as const), attempt, error }),
);

test('in any order of happenings, every attempt before the current one has been closed or never lived', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(100_000), input), { maxLength: 80 }), (history) => {
      let link = stoppedLink;
      let nowMs = 0;
      const live = new Set<number>();
      for (const [waitMs, happening] of history) {
        nowMs += waitMs;
        // A real opening answers once, and only if it was ordered.
        if (happening.type === 'openFailed' && link.state === 'opening' && link.attempt === happening.attempt) {
          live.delete(happening.attempt);
        }
        const next = step(link, happening, at(nowMs));
        link = next.link;
        for (const order of next.orders) {
          if (order.do === 'open') live.add(order.attempt);
          if (order.do === 'close') live.delete(order.attempt);
          if (order.do === 'wake') expect(order.atMs).toBeGreaterThan(nowMs - 1);
        }
        const expected = link.state === 'opening' || link.state === 'up' ? [link.attempt] : [];
        expect([...live]).toEqual(expected);
      }
    }),
  );
});
