import type { MigrationInterface, QueryRunner } from 'typeorm';
import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { openDataSource } from '../database/data-source.store.ts';
import { createTestDatabase, openTestDatabase } from './database.ts';

class First1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table thing (id int primary key)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
class Second1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('insert into thing values (1)');
    await runner.query('insert into thing values (1)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
const log = createLog('silent');

test('a fresh database is migrated, and a second opening changes nothing', async () => {
  const database = await openTestDatabase([First1700000000001]);
  const again = await openDataSource({ url: database.url, poolSize: 2, migrations: [First1700000000001], log });
  expect(await again.query('select name from schema_migration')).toEqual([{ name: 'First1700000000001' }]);
  await again.destroy();
  await database.close();
});

test('several processes that start at once on a new database run each migration once', async () => {
  const { url, drop } = await createTestDatabase();
  const opened = await Promise.all(
    [1, 2, 3, 4].map(() => openDataSource({ url, poolSize: 2, migrations: [First1700000000001], log })),
  );
  await Promise.all(opened.map((dataSource) => dataSource.destroy()));
  await drop();
});

test('a failed migration leaves no half of itself behind and says which it was', async () => {
  const database = await openTestDatabase([First1700000000001]);
  const migrations = [First1700000000001, Second1700000000002];
  await expect(openDataSource({ url: database.url, poolSize: 2, migrations, log })).rejects.toThrow(/Second17/);
  expect(await database.dataSource.query('select * from thing')).toEqual([]);
  await database.close();
});

test('a database of a newer hub is refused', async () => {
  const database = await openTestDatabase([First1700000000001]);
  await expect(openDataSource({ url: database.url, poolSize: 2, migrations: [], log })).rejects.toThrow(
    /newer version.*First1700000000001/,
  );
  await database.close();
});
