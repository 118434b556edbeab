import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WrapUp } from '#core/contract/desk.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { callsMigrations } from './calls.migration.ts';
import { WrapUpsStore } from './wrap-ups.store.ts';

let database: TestDatabase;
let wrapUps: WrapUpsStore;
beforeAll(async () => {
  database = await openTestDatabase(callsMigrations);
  wrapUps = new WrapUpsStore(database.dataSource);
});
afterAll(() => database.close());

const wrapUp = (over: Partial<WrapUp>): WrapUp => ({
  ...{ interactionId: 'i-1', notes: '', disposition: null, contactId: null, completed: false },
  ...over,
});

it('keeps what each agent of a call that was handed on wrote, and reads it as one', async () => {
  expect(await wrapUps.get('i-1')).toBeNull();
  await wrapUps.save(wrapUp({ notes: 'wants a refund', completed: true }), 'alice', 1);
  expect(await wrapUps.get('i-1')).toEqual(wrapUp({ notes: 'wants a refund', completed: true }));
  await wrapUps.save(wrapUp({ disposition: 'resolved' }), 'bob', 2);
  expect(await wrapUps.get('i-1')).toEqual(wrapUp({ notes: 'wants a refund', disposition: 'resolved' }));
  await wrapUps.save(wrapUp({ notes: 'refunded', disposition: 'resolved', completed: true }), 'bob', 3);
  expect(await wrapUps.get('i-1')).toEqual(
    wrapUp({ notes: 'wants a refund\nrefunded', disposition: 'resolved', completed: true }),
  );
  expect((await wrapUps.ofUser('i-1', 'alice'))?.notes).toBe('wants a refund');
  expect(await wrapUps.ofUser('i-1', 'carol')).toBeNull();
});

it('says once what the second agent took over from the first', async () => {
  await wrapUps.save(wrapUp({ interactionId: 'i-3', notes: 'wants a refund' }), 'alice', 1);
  await wrapUps.save(wrapUp({ interactionId: 'i-3', notes: 'wants a refund\nrefunded' }), 'bob', 2);
  expect((await wrapUps.get('i-3'))?.notes).toBe('wants a refund\nrefunded');
});

it('is never longer than a wrap-up may be', async () => {
  for (const user of ['alice', 'bob'])
    await wrapUps.save(wrapUp({ interactionId: 'i-2', notes: user.repeat(4_000) }), user, 1);
  expect((await wrapUps.get('i-2'))?.notes).toHaveLength(20_000);
});
