import { expect, test } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import type { GuardedSession } from './guarded-session.ts';
import { LinkRunner, openDeadlineMs } from './link-runner.ts';

const gone = new HubError('link.lost', 'cut', { retry: 'soon' });

/** A link on virtual time: the test decides how each opening ends and when timers fire. */
function bench() {
  const timers = new Set<{ atMs: number; fire: () => void }>();
  const openings: {
    signal: AbortSignal;
    lose: (error: HubError) => void;
    settle: PromiseWithResolvers<GuardedSession>;
  }[] = [];
  const states: string[] = [];
  let nowMs = 0;
  const runner = new LinkRunner({
    now: () => nowMs,
    after: (ms, fire) => {
      const timer = { atMs: nowMs + ms, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pauseMs: (failures) => failures * 100,
    open: (signal, lose) => {
      const settle = Promise.withResolvers<GuardedSession>();
      openings.push({ signal, lose, settle });
      return settle.promise;
    },
    changed: (link) => states.push(link.state),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async (ms: number) => {
    nowMs += ms;
    for (const timer of timers) if (timer.atMs <= nowMs && timers.delete(timer)) timer.fire();
    await settle();
  };
  return { runner, openings, states, timers, settle, pass };
}

function session() {
  const lost = Promise.withResolvers<HubError>();
  const closed = { times: 0 };
  const live = {
    lost: lost.promise,
    close: async () => {
      closed.times += 1;
    },
  } as Partial<GuardedSession> as GuardedSession;
  return { live, lose: lost.resolve, closed };
}

test('reconnects after every loss and closes what it leaves', async () => {
  const { runner, openings, states, settle, pass } = bench();
  runner.start();
  await settle();
  for (let flap = 0; flap < 5; flap++) {
    const { live, lose, closed } = session();
    openings.at(-1)?.settle.resolve(live);
    await settle();
    expect(runner.session).toBe(live);
    lose(gone);
    await settle();
    expect(runner.session).toBeNull();
    expect(closed.times).toBe(1);
    await pass(flap * 100 + 100);
  }
  expect(openings).toHaveLength(6);
  expect(states.slice(0, 4)).toEqual(['opening', 'up', 'waiting', 'opening']);
});

test('a stop while opening aborts it, and a session that still comes is closed', async () => {
  const { runner, openings, settle } = bench();
  runner.start();
  await settle();
  const stopped = runner.stop();
  expect(openings[0]?.signal.aborted).toBe(true);
  const late = session();
  openings[0]?.settle.resolve(late.live);
  await stopped;
  expect(late.closed.times).toBe(1);
  expect(runner.link.state).toBe('stopped');
});

test('an opening that never ends is given up and tried again', async () => {
  const { runner, openings, settle, pass } = bench();
  runner.start();
  await settle();
  await pass(openDeadlineMs);
  expect(runner.link).toMatchObject({ state: 'waiting', error: { code: 'remote.timeout' } });
  await pass(100);
  expect(openings).toHaveLength(2);
  const late = session();
  openings[0]?.settle.resolve(late.live);
  await settle();
  expect(late.closed.times).toBe(1);
  const good = session();
  openings[1]?.settle.resolve(good.live);
  await settle();
  expect(runner.session).toBe(good.live);
});

test('a loss reported before the opening is through is not forgotten', async () => {
  const { runner, openings, settle } = bench();
  runner.start();
  await settle();
  openings[0]?.lose(new HubError('storage.unavailable', 'disk full', { retry: 'soon' }));
  const { live, closed } = session();
  openings[0]?.settle.resolve(live);
  await settle();
  expect(runner.link).toMatchObject({ state: 'waiting', error: { code: 'storage.unavailable' } });
  expect(closed.times).toBe(1);
});

test('a session that cannot be closed does not hold the hub up', async () => {
  const { runner, openings, settle, pass } = bench();
  runner.start();
  await settle();
  openings[0]?.settle.resolve({ ...session().live, close: () => new Promise(() => undefined) });
  await settle();
  const stopped = runner.stop();
  await pass(10_000);
  await stopped;
});

test('whoever needs the session waits for the opening, or hears why there is none and until when', async () => {
  const { runner, openings, settle } = bench();
  const waiting = [runner.ready(), runner.ready()];
  await settle();
  expect(openings).toHaveLength(1);
  const { live, lose } = session();
  openings[0]?.settle.resolve(live);
  expect(await Promise.all(waiting)).toEqual([live, live]);
  lose(gone);
  await settle();
  await expect(runner.ready()).rejects.toMatchObject({ code: 'link.lost', retry: 'after', retryAfterMs: 100 });
});

test('refused credentials are told as they are, and nothing is tried again', async () => {
  const { runner, openings, settle, pass, timers } = bench();
  const ready = runner.ready();
  await settle();
  const error = new HubError('auth.rejected', 'Wrong password', { field: 'password', scope: 'connection' });
  openings[0]?.settle.reject(error);
  await expect(ready).rejects.toBe(error);
  await pass(3_600_000);
  expect(openings).toHaveLength(1);
  expect(timers.size).toBe(0);
});
