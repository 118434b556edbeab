import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { actor, openDatabase, startProcess } from './testing/connections-bench.ts';
import type { HubProcess } from './testing/connections-bench.ts';
import { fakeCrm } from './testing/fake-connectors.ts';

let database: TestDatabase;
const running: HubProcess[] = [];
beforeAll(async () => {
  database = await openDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((hub) => hub.stop()));
  await database.dataSource.query('delete from connection');
});
afterAll(() => database.close());

test.each(['api', 'api,telephony,worker'])(
  'a process with the roles %s notices changes it was not told of',
  async (roles) => {
    const { far, connector } = fakeCrm();
    const openCount = (): number => far.opened - far.closed;
    const hub = startProcess(database, [connector], roles);
    running.push(hub);
    const { id } = await hub.connections.create(
      { connectorId: 'fake-crm', name: 'CRM', config: { apiKey: 'k' } },
      actor,
    );
    await hub.pool.get(id);
    await hub.pool.sweep();
    expect(openCount()).toBe(1);
    await database.dataSource.query('update connection set enabled = false, revision = revision + 1');
    await hub.pool.sweep();
    expect(openCount()).toBe(0);
    await expect(hub.pool.get(id)).rejects.toThrow(/switched off/);
    await database.dataSource.query('update connection set enabled = true, revision = revision + 1');
    await hub.pool.get(id);
    await database.dataSource.query('delete from connection');
    await hub.pool.sweep();
    expect(openCount()).toBe(0);
    await expect(hub.pool.get(id)).rejects.toMatchObject({ code: 'resource.missing' });
  },
);
