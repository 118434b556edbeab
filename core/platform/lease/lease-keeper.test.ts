import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { leaseMigrations } from './lease.migration.ts';

const log = createLog('silent');
let database: TestDatabase;
const keepers: LeaseKeeper[] = [];

function keeper(): LeaseKeeper {
  const made = new LeaseKeeper(database.url, log);
  keepers.push(made);
  return made;
}

beforeAll(async () => {
  database = await openTestDatabase(leaseMigrations);
});
afterAll(async () => {
  await Promise.all(keepers.map((each) => each.close()));
  await database.close();
});

test('one owner at a time, in one process and between two, and the token grows', async () => {
  const [a, b] = [keeper(), keeper()];
  const first = await a.acquire('link/1');
  expect(first?.token).toBe(1);
  expect(await a.acquire('link/1')).toBeNull();
  expect(await b.acquire('link/1')).toBeNull();
  await first?.release();
  expect(first?.signal.aborted).toBe(true);
  const second = await b.acquire('link/1');
  expect(second?.token).toBe(2);
  expect(second?.signal.aborted).toBe(false);
});

test('of many that ask at once exactly one gets it', async () => {
  const owners = await Promise.all(Array.from({ length: 8 }, () => keeper().acquire('link/2')));
  expect(owners.filter((lease) => lease !== null)).toHaveLength(1);
});

test('an owner whose connection is cut knows at once, and another takes over without waiting', async () => {
  const [a, b] = [keeper(), keeper()];
  const lease = await a.acquire('link/3');
  const [row] = await database.dataSource.query<{ holder: number }[]>(`select holder from lease where name = 'link/3'`);
  await database.dataSource.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1`,
    [row?.holder],
  );
  await expect.poll(() => lease?.signal.aborted).toBe(true);
  expect((await b.acquire('link/3'))?.token).toBe(2);
  // The former owner works again once it has a connection.
  expect(await a.acquire('link/3')).toBeNull();
  expect((await a.acquire('link/4'))?.token).toBe(1);
});

test('an owner whose connection was cut may own again as soon as it is back', async () => {
  const a = keeper();
  const lease = await a.acquire('link/7');
  await database.dataSource.query(
    `select pg_terminate_backend(l.pid) from pg_locks l join lease on lease.holder = l.objid::int
     where l.locktype = 'advisory' and lease.name = 'link/7'`,
  );
  await expect.poll(() => lease?.signal.aborted).toBe(true);
  expect((await a.acquire('link/7'))?.token).toBe(2);
});

test('an expired lease is free even while its holder lives', async () => {
  const [a, b] = [keeper(), keeper()];
  await a.acquire('link/5');
  await database.dataSource.query(`update lease set expires_at = now() - interval '1 s' where name = 'link/5'`);
  expect((await b.acquire('link/5'))?.token).toBe(2);
});

test('work under a lease lets go of it, also when it fails', async () => {
  const a = keeper();
  await expect(a.withLease('link/6', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await a.withLease('link/6', async (_signal, token) => token)).toBe(2);
});
