import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '#core/platform/log/log.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { createVault } from '#core/platform/vault/vault.ts';
import { ConnectionsStore } from './connections.store.ts';
import { SecretsBox } from './secrets-box.service.ts';
import { SecretsRenewal } from './secrets-renewal.service.ts';
import { openDatabase } from './testing/connections-bench.ts';

const oldKey = { id: 'k1', secret: Buffer.alloc(32, 1) };
const newKey = { id: 'k2', secret: Buffer.alloc(32, 2) };
let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

test('after a new vault key, stored secrets open with the new key alone; what cannot be opened stays', async () => {
  const store = new ConnectionsStore(database.dataSource);
  const before = new SecretsBox(createVault([oldKey]));
  const row = (id: string, secrets: Readonly<Record<string, string>>) => ({
    id,
    tenant_id: 'default',
    connector_id: 'x',
    name: id,
    enabled: true,
    demo: false,
    config: {},
    secrets,
    revision: 1,
    created_at: new Date(0),
  });
  await store.insert(row('one', before.seal('one', { password: 'a', pin: 'b' })));
  await store.insert(row('alien', before.seal('another', { password: 'c' })));
  const both = new SecretsBox(createVault([newKey, oldKey]));
  await new SecretsRenewal(store, both, { roles: ['worker'] }, createLog('silent')).onApplicationBootstrap();
  const [alien, one] = await Promise.all([store.find('alien'), store.find('one')]);
  const after = new SecretsBox(createVault([newKey]));
  expect(one && after.open(one)).toEqual({ password: 'a', pin: 'b' });
  expect(one?.revision).toBe(1);
  expect(alien && both.isOld(alien)).toBe(true);
});
