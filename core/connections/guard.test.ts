import { expect, test, vi } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import type { HubErrorCode } from '#core/contract/errors.ts';
import { hiderOf } from './clean-error.ts';
import { Guard } from './guard.ts';
import type { GuardedCall } from './guard.ts';

const canary = 'c4n4ry-s3cret!';
const read: GuardedCall = { name: 'records.read', deadlineMs: 1000, priority: 'bulk', metered: true };
const lookUp: GuardedCall = { name: 'callerLookup.byNumber', deadlineMs: 1000, priority: 'interactive', metered: true };
const order: GuardedCall = { name: 'callControl.clear', deadlineMs: 1000, priority: 'interactive', metered: false };

function bench() {
  const clock = { atMs: 0 };
  const timers = new Set<() => void>();
  const measured: [string, 'ok' | HubErrorCode][] = [];
  const breakerTurned = vi.fn<(error: HubError | null) => void>();
  const guard = new Guard({
    connectionName: 'CRM',
    now: () => clock.atMs,
    after: (_ms, fire) => {
      timers.add(fire);
      return () => timers.delete(fire);
    },
    measure: (call, outcome) => measured.push([call, outcome]),
    hide: hiderOf([canary]),
    breakerTurned,
    breakerLimits: { threshold: 3, firstPauseMs: 1000, longestPauseMs: 4000 },
    quotaLimits: { burst: 5, perSecond: 1, reserve: 2 },
  });
  const fail = (call: GuardedCall, thrown: unknown) =>
    guard.run(call, () => Promise.reject(thrown as Error)).catch((error: unknown) => error as HubError);
  return { guard, clock, timers, measured, breakerTurned, fail };
}

test('passes answers through, measures them and leaves no timer', async () => {
  const { guard, measured, timers } = bench();
  expect(await guard.run(order, () => Promise.resolve(42))).toBe(42);
  expect(measured).toEqual([['callControl.clear', 'ok']]);
  expect(timers.size).toBe(0);
});

test('a call that is overdue is aborted; a write that is overdue is in doubt', async () => {
  for (const [call, code] of [
    [read, 'remote.timeout'],
    [{ ...read, isWrite: true }, 'write.inDoubt'],
  ] as const) {
    const { guard, timers } = bench();
    const signals: AbortSignal[] = [];
    const running = guard.run(call, (signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    await Promise.resolve();
    for (const fire of timers) fire();
    await expect(running).rejects.toMatchObject({ code });
    expect(signals[0]?.aborted).toBe(true);
  }
});

test('bulk work runs dry before look-ups do, and is told when to come back', async () => {
  const { guard } = bench();
  for (let i = 0; i < 3; i++) await guard.run(read, () => Promise.resolve());
  await expect(guard.run(read, () => Promise.resolve())).rejects.toMatchObject({
    code: 'remote.rateLimited',
    retry: 'after',
    retryAfterMs: 1000,
  });
  await guard.run(lookUp, () => Promise.resolve());
  await guard.run(lookUp, () => Promise.resolve());
  await expect(guard.run(lookUp, () => Promise.resolve())).rejects.toMatchObject({ code: 'remote.rateLimited' });
});

test('asked to wait by the other side, nothing metered goes out until then', async () => {
  const { guard, clock, fail } = bench();
  const work = vi.fn(() => Promise.resolve());
  await fail(lookUp, new HubError('remote.rateLimited', 'slow down', { retry: 'after', retryAfterMs: 5000 }));
  clock.atMs = 4000;
  await expect(guard.run(lookUp, work)).rejects.toMatchObject({ code: 'remote.rateLimited', retryAfterMs: 1000 });
  expect(work).not.toHaveBeenCalled();
  clock.atMs = 6000;
  await guard.run(lookUp, work);
  expect(work).toHaveBeenCalledTimes(1);
});

test('the breaker refuses without asking, lets a trial through and says so both ways', async () => {
  const { guard, clock, fail, breakerTurned } = bench();
  const down = new HubError('remote.unavailable', 'connection refused', { retry: 'soon' });
  for (let i = 0; i < 3; i++) await fail(order, down);
  expect(breakerTurned).toHaveBeenLastCalledWith(down);
  const work = vi.fn(() => Promise.resolve());
  await expect(guard.run(order, work)).rejects.toMatchObject({ code: 'remote.unavailable', retryAfterMs: 1000 });
  expect(work).not.toHaveBeenCalled();
  clock.atMs = 1000;
  await guard.run(order, work);
  expect(breakerTurned).toHaveBeenLastCalledWith(null);
  expect(breakerTurned).toHaveBeenCalledTimes(2);
});

test('refused records never open the breaker', async () => {
  const { fail, guard } = bench();
  for (let i = 0; i < 20; i++) await fail(order, new HubError('record.invalid', 'bad phone'));
  expect(guard.breakerState).toBe('closed');
});

test('never repeats a call by itself', async () => {
  const { guard } = bench();
  const work = vi.fn(() => Promise.reject(new HubError('remote.timeout', 'late', { retry: 'soon' })));
  await guard.run(order, work).catch(() => undefined);
  expect(work).toHaveBeenCalledTimes(1);
});

test('anything a connector throws becomes a HubError without its secrets', async () => {
  const { fail } = bench();
  const request = { config: { headers: { authorization: `Bearer ${canary}` } }, self: {} };
  request.self = request;
  const thrown = [
    new Error(`GET https://x/?key=${encodeURIComponent(canary)} failed`),
    Object.assign(new Error('request failed'), request),
    new HubError('remote.rejected', `refused ${canary}`, { retry: 'never', scope: 'record', field: 'email' }),
    new HubError('remote.rejected', 'refused', { cause: new Error('deep', { cause: { body: Buffer.from(canary) } }) }),
    canary,
    { toString: () => canary },
    undefined,
  ];
  for (const one of thrown) {
    const error = await fail(order, one);
    expect(error).toBeInstanceOf(HubError);
    expect(dump(error)).not.toContain(canary);
    expect(dump(error)).not.toContain(encodeURIComponent(canary));
  }
  expect(await fail(order, thrown[2])).toMatchObject({ code: 'remote.rejected', scope: 'record', field: 'email' });
});

test('an error as large as a vendor response does not stop the process', async () => {
  const { fail } = bench();
  const wide = Array.from({ length: 300 }, () => ({ sockets: [] as unknown[] }));
  for (const one of wide) one.sockets = wide;
  const error = await fail(order, Object.assign(new Error('socket hang up'), { wide }));
  expect(error).toMatchObject({ code: 'bug', message: 'socket hang up' });
});

function dump(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  if (Buffer.isBuffer(value)) return value.toString();
  const members = Object.getOwnPropertyNames(value).map((name) => dump(Reflect.get(value, name), seen));
  return members.join('\n');
}
