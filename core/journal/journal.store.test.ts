import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callsMigrations } from '#core/calls/calls.migration.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { journalMigrations } from './journal.migration.ts';
import { JournalStore, type Entry } from './journal.store.ts';

let database: TestDatabase;
let store: JournalStore;
beforeAll(async () => {
  database = await openTestDatabase([...callsMigrations, ...journalMigrations]);
  store = new JournalStore(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('truncate journal_entry, journal_progress'));

const entry = (notes: string): Entry => ({
  interactionId: 'i-1',
  hash: notes,
  write: {
    ...{ key: 'tl-i-1', tenantId: 'default', connectionId: 'crm', object: 'calls', entity: 'activity' },
    ...{ values: { notes }, mode: 'upsert', associations: [], origin: 'interaction:i-1' },
  },
});
const record = async (touched: number, notes: string): Promise<unknown[]> => {
  const writes = await store.record({ interactionId: 'i-1', touched, dueAtMs: null }, [entry(notes)], 0);
  return writes.map(({ revision, values }) => [revision, values['notes']]);
};

describe('JournalStore', () => {
  it('counts a revision per changed content', async () => {
    expect(await record(1, 'a')).toEqual([[1, 'a']]);
    expect(await record(2, 'a')).toEqual([]);
    expect(await record(3, 'b')).toEqual([[2, 'b']]);
  });

  it('lets a process that read an older state write nothing over a newer one', async () => {
    expect(await record(6, 'with the notes')).toEqual([[1, 'with the notes']]);
    expect(await record(5, 'before the notes')).toEqual([]);
    expect(await record(7, 'with the recording')).toEqual([[2, 'with the recording']]);
  });

  it('keeps the newest of many that come at once', async () => {
    await Promise.all([3, 9, 4, 8, 1].map((touched) => record(touched, `state ${touched}`)));
    const [last] = await store.unhanded(10);
    expect(last?.values).toEqual({ notes: 'state 9' });
  });

  it('asks no more for an interaction that is gone', async () => {
    await store.record({ interactionId: 'i-1', touched: 1, dueAtMs: 5 }, [], 0);
    expect(await store.behind(0, 10, 500)).toEqual(['i-1']);
    await store.forget('i-1');
    expect(await store.behind(0, 10, 500)).toEqual([]);
  });
});
