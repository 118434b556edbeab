import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Records } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { PlannedWrite } from '#core/contract/writes.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import { createLog } from '#core/platform/log/log.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { BatchService } from './batch.service.ts';
import { OutboxService } from './outbox.service.ts';
import { OutboxStore } from './outbox.store.ts';
import { PumpService } from './pump.service.ts';
import { syncMigrations } from './sync.migration.ts';
import { FakeRecords, type Fault } from './testing/fake-records.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(syncMigrations);
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('truncate outbox_write, record_link, outbox_pump'));

/** The outbox over a fake CRM, on a clock the test moves. */
function outboxOver(records: FakeRecords) {
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs };
  const settled: string[] = [];
  const bus: Bus = {
    publish: async (_topic, payload) => void settled.push(JSON.stringify(payload)),
    request: () => Promise.reject(new Error('no requests here')),
  };
  const store = new OutboxStore(database.dataSource);
  const dictionaries = {
    write: async (_place: unknown, values: JsonObject) => ({
      values,
      label: 'test/call v1',
      rules: {},
      losses: [],
      refusal: null,
    }),
  };
  const batches = new BatchService(store, dictionaries as never, { defaultRegion: async () => null }, bus, clock);
  const leases = {
    acquire: async () => null,
    withLease: <T>(_n: string, work: (s: AbortSignal, t: number) => Promise<T>) =>
      work(new AbortController().signal, 1),
  };
  const sessions = { records: async (): Promise<Records> => records };
  const pumps = new PumpService(store, batches, sessions, leases, clock);
  const jobs: (string | undefined)[] = [];
  const queue = { isClosed: false };
  const enqueue = async (_name: string, _payload: unknown, options: { dedupeId?: string } = {}): Promise<void> => {
    if (queue.isClosed) throw new Error('the queue is closed');
    jobs.push(options.dedupeId);
  };
  const outbox = new OutboxService(store, pumps, { enqueue }, clock, createLog('silent'));
  /** Runs everything due, waiting out pauses and delays, until nothing is owed. */
  const runToTheEnd = async (): Promise<void> => {
    for (let round = 0; round < 60; round += 1) {
      await outbox.pump(pump);
      clock.nowMs += 700_000;
    }
  };
  return { outbox, clock, settled, jobs, queue, runToTheEnd, sessions };
}

const pump = { connectionId: 'crm', object: 'calls' };
const write = (key: string, revision = 1, values: JsonObject = { subject: `${key}.${revision}` }): PlannedWrite => ({
  key,
  revision,
  values,
  ...pump,
  tenantId: 'default',
  entity: 'activity',
  mode: 'upsert',
  associations: [],
  origin: 'interaction:x',
});
const states = async (): Promise<string[]> => {
  const rows: { key: string; revision: number; state: string }[] = await database.dataSource.query(
    'select key, revision, state from outbox_write order by key, revision',
  );
  return rows.map(({ key, revision, state }) => `${key}.${revision} ${state}`);
};

describe('the outbox', () => {
  it('is swept past the job of a killed process, with one job in a while', async () => {
    const { outbox, clock, jobs } = outboxOver(new FakeRecords());
    await outbox.plan([write('a'), write('b')]);
    expect(jobs).toEqual(['pump-crm-calls']);
    await outbox.sweep();
    await outbox.sweep();
    clock.nowMs += 10_000;
    await outbox.sweep();
    expect(jobs).toHaveLength(4);
    expect(new Set(jobs).size).toBe(3);
    await outbox.pump(pump);
    await outbox.sweep();
    expect(jobs).toHaveLength(4);
  });

  it('holds what is planned while the job queue is away', async () => {
    const records = new FakeRecords();
    const { outbox, queue, jobs } = outboxOver(records);
    queue.isClosed = true;
    expect(await outbox.plan([write('a')])).toEqual({ held: ['a'] });
    queue.isClosed = false;
    await outbox.sweep();
    expect(jobs).toHaveLength(1);
  });

  it('writes once, whatever is planned twice', async () => {
    const records = new FakeRecords();
    const { outbox, settled } = outboxOver(records);
    await outbox.plan([write('a')]);
    await outbox.plan([write('a')]);
    await outbox.pump(pump);
    await outbox.pump(pump);
    expect(records.writes).toEqual(['a']);
    expect(settled).toHaveLength(1);
    expect(await states()).toEqual(['a.1 done']);
  });

  it('sends only the newest of several waiting revisions, and refuses to go back to an older one', async () => {
    const records = new FakeRecords();
    const { outbox } = outboxOver(records);
    await outbox.plan([write('a', 1)]);
    await outbox.plan([write('a', 3)]);
    await outbox.plan([write('a', 2)]);
    await outbox.pump(pump);
    expect(records.byKey.get('a')?.values).toEqual({ subject: 'a.3' });
    expect(await states()).toEqual(['a.1 superseded', 'a.2 superseded', 'a.3 done']);
  });

  it('goes on in order after an outage, and nothing is given up', async () => {
    const records = new FakeRecords();
    records.faults.push(...Array<Fault>(30).fill('down'));
    const { outbox, runToTheEnd } = outboxOver(records);
    for (const key of ['a', 'b', 'c', 'd']) await outbox.plan([write(key)]);
    await runToTheEnd();
    expect(records.writes).toEqual(['a', 'b', 'c', 'd']);
    expect(await states()).toEqual(['a.1 done', 'b.1 done', 'c.1 done', 'd.1 done']);
  });

  it('reads before it repeats a write whose answer was lost', async () => {
    const records = new FakeRecords();
    records.faults.push('lostAfter');
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan([write('a')]);
    await runToTheEnd();
    expect(records.creates).toBe(1);
    expect(await states()).toEqual(['a.1 done']);
  });

  it('treats what a killed process was sending as in doubt', async () => {
    const records = new FakeRecords();
    const { outbox } = outboxOver(records);
    await outbox.plan([write('a')]);
    await database.dataSource.query(`update outbox_write set state = 'running', sent = "values"`);
    records.byKey.set('a', { id: 'r9', values: { subject: 'a.1' } });
    await outbox.pump(pump);
    expect(records.writes).toEqual([]);
    expect(await states()).toEqual(['a.1 done']);
  });

  it('lets one bad write fail alone and brings it back on re-drive', async () => {
    const records = new FakeRecords();
    records.faults.push('batchRefused', 'batchRefused', null, 'invalid', null);
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan(['a', 'b', 'c', 'd'].map((key) => write(key)));
    await runToTheEnd();
    const dead = (await states()).filter((state) => state.endsWith('dead'));
    expect(dead).toHaveLength(1);
    expect(await outbox.redrive({ all: true })).toEqual({ redriven: 1 });
    await runToTheEnd();
    expect((await states()).every((state) => state.endsWith('done'))).toBe(true);
  });

  it('never lets a re-driven write undo a newer one', async () => {
    const records = new FakeRecords();
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan([write('a', 1)]);
    await outbox.pump(pump);
    // Revision 2 was under way when revision 3 was planned, and then refused.
    await outbox.plan([write('a', 2)]);
    await database.dataSource.query(`update outbox_write set state = 'running', sent = "values" where revision = 2`);
    await outbox.plan([write('a', 3)]);
    await database.dataSource.query(`update outbox_write set state = 'dead', settled_at = now() where revision = 2`);
    await runToTheEnd();
    expect(await outbox.redrive({ all: true })).toEqual({ redriven: 0 });
    await runToTheEnd();
    expect(records.byKey.get('a')?.values).toEqual({ subject: 'a.3' });
    expect(await states()).toEqual(['a.1 done', 'a.2 superseded', 'a.3 done']);
  });

  it('writes a record anew that was deleted on the other side, when a person says so', async () => {
    const records = new FakeRecords();
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan([write('a', 1)]);
    await outbox.pump(pump);
    records.byKey.delete('a');
    await outbox.plan([write('a', 2)]);
    await runToTheEnd();
    expect(await states()).toEqual(['a.1 done', 'a.2 dead']);
    expect(await outbox.redrive({ all: true })).toEqual({ redriven: 1 });
    await runToTheEnd();
    expect(records.byKey.get('a')?.values).toEqual({ subject: 'a.2' });
    expect(await states()).toEqual(['a.1 done', 'a.2 done']);
  });

  it('does not send a revision that a newer one replaced while it was being read', async () => {
    const records = new FakeRecords();
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan([write('a', 1)]);
    await outbox.pump(pump);
    await outbox.plan([write('a', 2)]);
    records.whileReading = async () => {
      records.whileReading = async () => undefined;
      await outbox.plan([write('a', 3)]);
    };
    await runToTheEnd();
    expect(records.writes).toHaveLength(2);
    expect(await states()).toEqual(['a.1 done', 'a.2 superseded', 'a.3 done']);
  });

  it('sends nothing more once the hub stops or its lease is lost', async () => {
    const records = new FakeRecords();
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan([write('a', 1)]);
    await outbox.pump(pump);
    await outbox.plan([write('a', 2)]);
    const stopping = new AbortController();
    records.whileReading = async () => stopping.abort();
    await outbox.pump(pump, stopping.signal);
    expect(records.writes).toEqual(['a']);
    await runToTheEnd();
    expect(records.writes).toEqual(['a', 'a']);
  });

  it('goes on past records it cannot read', async () => {
    const records = new FakeRecords();
    const { outbox, runToTheEnd } = outboxOver(records);
    await outbox.plan(['a', 'b', 'c'].map((key) => write(key, 1)));
    await outbox.pump(pump);
    await outbox.plan(['a', 'b', 'c', 'd', 'e'].map((key) => write(key, 2)));
    await database.dataSource.query(`update outbox_write set state = 'inDoubt' where key = 'd'`);
    records.unreadable.add(records.byKey.get('b')?.id ?? '').add('d');
    await runToTheEnd();
    const ended = (await states()).filter((state) => !state.includes('.1'));
    expect(ended).toEqual(['a.2 done', 'b.2 dead', 'c.2 done', 'd.2 dead', 'e.2 done']);
  });

  it('gives up what is owed to a deleted connection, and waits for one that is switched off', async () => {
    const { outbox, sessions, runToTheEnd } = outboxOver(new FakeRecords());
    await outbox.plan([write('a')]);
    sessions.records = () => Promise.reject(new HubError('link.lost', 'switched off', { scope: 'connection' }));
    await runToTheEnd();
    expect(await states()).toEqual(['a.1 waiting']);
    sessions.records = () => Promise.reject(new HubError('resource.missing', 'There is no connection "crm".'));
    await runToTheEnd();
    expect(await states()).toEqual(['a.1 dead']);
  });

  it('keeps what an agent edited in the CRM when late data arrives', async () => {
    const records = new FakeRecords();
    const { outbox } = outboxOver(records);
    await outbox.plan([write('a', 1, { subject: 'call', body: 'hub' })]);
    await outbox.pump(pump);
    Object.assign(records.byKey.get('a')?.values ?? {}, { body: 'edited by hand' });
    await outbox.plan([write('a', 2, { subject: 'call', body: 'hub, longer', recordingUrl: 'https://r' })]);
    await outbox.pump(pump);
    expect(records.byKey.get('a')?.values).toEqual({
      subject: 'call',
      body: 'edited by hand',
      recordingUrl: 'https://r',
    });
    expect((await database.dataSource.query('select kept from outbox_write where revision = 2'))[0]).toEqual({
      kept: ['body'],
    });
  });

  it('makes exactly one record per key under any sequence of faults', async () => {
    const fault = fc.constantFrom<Fault | null>('down', 'lostBefore', 'lostAfter', 'batchRefused', null);
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), async (faults, count) => {
        await database.dataSource.query('truncate outbox_write, record_link, outbox_pump');
        const records = new FakeRecords();
        records.faults.push(...faults);
        const { outbox, runToTheEnd } = outboxOver(records);
        const keys = Array.from({ length: count }, (_, index) => `k${index}`);
        await outbox.plan(keys.map((key) => write(key)));
        await runToTheEnd();
        expect(records.creates).toBe(count);
        expect([...records.byKey.keys()].toSorted()).toEqual(keys);
        expect(new Set((await states()).map((state) => state.split(' ')[1]))).toEqual(new Set(['done']));
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
