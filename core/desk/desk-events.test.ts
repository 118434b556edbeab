import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pop } from '#core/contract/desk.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { deskMigrations } from './desk.migration.ts';
import { popEvent } from './desk.service.ts';

const pop: Pop = {
  id: 'p-1',
  interactionId: 'i-1',
  userId: 'u-1',
  agent: '1001',
  stage: 1,
  trigger: 'ring',
  target: 'create',
  candidates: [],
  reason: 'No record has this number.',
  trace: [],
  number: { raw: null, e164: null, display: null },
  defaults: {},
  state: 'shown',
  closedReason: null,
  atMs: 1_000,
};

describe('the desk event log', () => {
  let database: TestDatabase;
  let store: DeskEventsStore;
  beforeAll(async () => {
    database = await openTestDatabase(deskMigrations);
    store = new DeskEventsStore(database.dataSource);
  });
  afterAll(() => database.close());

  const keep = (kept: Pop) => store.append([popEvent(kept)], [kept]);
  const states = async (): Promise<string[]> => {
    const rows: { state: string }[] = await database.dataSource.query(
      `select state from pop where interaction_id = 'i-1'`,
    );
    return rows.map(({ state }) => state);
  };

  it('never shows a pop again that the agent took while the CRM was asked', async () => {
    await keep(pop);
    await keep({ ...pop, state: 'acknowledged' });
    await keep({ ...pop, stage: 2 });
    expect(await states()).toEqual(['acknowledged']);
    await keep({ ...pop, id: 'p-2' });
    expect(await states()).toEqual(['shown']);
    await keep({ ...pop, state: 'closed', closedReason: 'ended' });
    await keep({ ...pop, stage: 2 });
    expect(await states()).toEqual(['closed']);
  });

  it('shows a call that rang out again under a new pop, which can be taken', async () => {
    const first = { ...pop, id: 'p-3', interactionId: 'i-2' };
    await keep(first);
    await keep({ ...first, state: 'closed', closedReason: 'rangOut' });
    await keep(first);
    const shown = async () =>
      database.dataSource.query(`select id, state, body->>'id' as body_id from pop where interaction_id = 'i-2'`);
    expect(await shown()).toEqual([{ id: 'p-3', state: 'closed', body_id: 'p-3' }]);
    await keep({ ...first, id: 'p-4' });
    expect(await shown()).toEqual([{ id: 'p-4', state: 'shown', body_id: 'p-4' }]);
  });
});
