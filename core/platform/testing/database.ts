/**
 * A fresh database per test file, in an embedded server that all test processes of this user share. The server is made
 * once, kept between runs, and stops by itself a few seconds after the last test process has gone.
 */
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { openDataSource, type Migration } from '../database/data-source.store.ts';
import { startCluster, type Cluster } from '../database/embedded/cluster.ts';
import { clusterUrl } from '../database/embedded/cluster-files.ts';
import { isAlive } from '../database/embedded/processes.ts';
import { lockFolder } from '../database/embedded/folder-lock.ts';
import { withClient } from '../database/ensure-database.ts';
import { createLog } from '../log/log.ts';

export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly url: string;
  close(): Promise<void>;
}

const dataDir = path.join(os.tmpdir(), `tieline-test-${os.userInfo().uid}`);
let shared: Promise<Cluster> | null = null;
let made = 0;

export async function openTestDatabase(migrations: readonly Migration[] = []): Promise<TestDatabase> {
  const { url, drop } = await createTestDatabase();
  const log = createLog(process.env['TIELINE_LOG_LEVEL'] ?? 'silent');
  const dataSource = await openDataSource({ url, poolSize: 8, migrations, log });
  const close = async (): Promise<void> => {
    await dataSource.destroy();
    await drop();
  };
  return { dataSource, url, close };
}

/** An empty database without a connection to it, for tests that start the hub itself. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  shared ??= shareCluster();
  const { access } = await shared;
  const admin = clusterUrl(access, 'postgres');
  made += 1;
  const name = `test_${process.pid}_${made}_${Date.now().toString(36)}`;
  await withClient(admin, (client) => client.query(`create database ${name}`));
  const drop = async (): Promise<void> => {
    await withClient(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url: clusterUrl(access, name), drop };
}

/** Test processes start at the same time: one starts the server under the lock, the others find it running. */
async function shareCluster(): Promise<Cluster> {
  const lock = await waitForLock();
  try {
    const cluster = await startShared().catch(async () => {
      // Its files are not synced to disk, so a power cut may have spoilt them; nothing in them is worth keeping.
      rmSync(path.join(dataDir, 'postgres.json'), { force: true });
      rmSync(path.join(dataDir, 'postgres'), { recursive: true, force: true });
      return startShared();
    });
    process.once('exit', () => cluster.leave());
    if (cluster.origin === 'started') await dropLeftovers(clusterUrl(cluster.access, 'postgres'));
    return cluster;
  } finally {
    lock.release();
  }
}

function startShared(): Promise<Cluster> {
  return startCluster({ dataDir, isDurable: false, maxConnections: 200, graceSecs: 4 });
}

async function waitForLock(): Promise<{ release(): void }> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return lockFolder(dataDir);
    } catch (error) {
      if (attempt >= 600) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}

async function dropLeftovers(admin: string): Promise<void> {
  await withClient(admin, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'test\\_%'`,
    );
    for (const { datname } of rows) {
      if (!isAlive(Number(datname.split('_')[1])))
        await client.query(`drop database if exists ${datname} with (force)`);
    }
  });
}
