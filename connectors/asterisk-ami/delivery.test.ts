import type { SwitchEvent } from '#core/contract/call-events.ts';
import { expect, test } from 'vitest';
import { Delivery } from './delivery.ts';

const events = (from: number, to: number): SwitchEvent[] =>
  Array.from({ length: to - from }, (_, n) => ({
    kind: 'agent',
    eventId: `e${from + n}`,
    atMs: 0,
    agent: '1',
    state: 'ready',
  }));
const ids = (batch: readonly SwitchEvent[]) => batch.map((event) => event.eventId);

test('a hub that falls behind holds the wire, and lets go when half is stored', async () => {
  const stored: (() => void)[] = [];
  const delivery = new Delivery('slow', () => undefined);
  delivery.start(() => new Promise((resolve) => void stored.push(resolve)));
  delivery.deliver(events(0, 600));
  expect(delivery.drained()).toBeUndefined();
  delivery.deliver(events(600, 1200));
  const drained = delivery.drained();
  expect(drained).toBeInstanceOf(Promise);
  stored[0]?.();
  stored[1]?.();
  await drained;
  expect(delivery.drained()).toBeUndefined();
});

test('what was refused, and all behind it, comes first in the next session', async () => {
  const refused = Promise.withResolvers<unknown>();
  const first = new Delivery('conn', refused.resolve);
  let calls = 0;
  first.start(async () => {
    calls += 1;
    if (calls === 2) throw new Error('database is down');
  });
  first.deliver(events(0, 1));
  await new Promise((resolve) => setImmediate(resolve));
  first.deliver(events(1, 2));
  await refused.promise;
  first.deliver(events(2, 3));
  first.stop();
  const seen: string[] = [];
  const second = new Delivery('conn', () => undefined);
  second.start(async (batch) => void seen.push(...ids(batch)));
  second.deliver(events(3, 4));
  expect(seen).toEqual(['e1', 'e2', 'e3']);
  const other = new Delivery('other', () => undefined);
  other.start(async () => expect.unreachable());
  other.stop();
});
