import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../log/log.ts';
import { ensureDatabase, withClient } from '../ensure-database.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { clusterUrl, readPostmaster } from './cluster-files.ts';
import { lockFolder } from './folder-lock.ts';
import { isAlive, waitUntilGone } from './processes.ts';
import { watchServer } from './watch.ts';

let dataDir: string;
let clusters: Cluster[] = [];

async function start(): Promise<Cluster> {
  const cluster = await startCluster({ dataDir, isDurable: true, maxConnections: 20, graceSecs: 60 });
  clusters.push(cluster);
  return cluster;
}

async function rows(cluster: Cluster): Promise<unknown[]> {
  return withClient(
    clusterUrl(cluster.access, 'kept'),
    async (client) => (await client.query('select * from kept')).rows,
  );
}

async function fill(cluster: Cluster): Promise<void> {
  await ensureDatabase(clusterUrl(cluster.access, 'postgres'), 'kept');
  await withClient(clusterUrl(cluster.access, 'kept'), async (client) => {
    await client.query('create table if not exists kept (n int)');
    await client.query('truncate kept');
    await client.query('insert into kept values (1)');
  });
}

// Making a cluster takes a second or more, so the tests share one and each leaves it whole.
beforeAll(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'tieline-cluster-'));
});
afterEach(async () => {
  await Promise.all(clusters.map(async (cluster) => isAlive(cluster.pid) && cluster.stop()));
  clusters = [];
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

describe('embedded PostgreSQL', () => {
  test('is made once, keeps its port, and listens on loopback behind a password', async () => {
    const first = await start();
    await fill(first);
    expect(statSync(path.join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    const wrong = clusterUrl({ ...first.access, password: 'guess' }, 'postgres');
    await expect(withClient(wrong, async () => undefined)).rejects.toThrow(/password authentication failed/);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect([second.origin, second.access]).toEqual(['started', first.access]);
    expect(await rows(second)).toEqual([{ n: 1 }]);
  });

  test('left running by a killed hub, it is taken over', async () => {
    const left = await start();
    const next = await start();
    expect([next.origin, next.pid]).toEqual(['taken over', left.pid]);
  });

  test('killed itself, it recovers what was committed', async () => {
    const killed = await start();
    await fill(killed);
    process.kill(killed.pid, 'SIGKILL');
    await waitUntilGone(killed.pid, 10_000);
    expect(readPostmaster(killed.access.cluster)?.pid).toBe(killed.pid);
    const next = await start();
    expect([next.origin, await rows(next)]).toEqual(['started', [{ n: 1 }]]);
  });

  test('killed under the hub, it is started again', async () => {
    const killed = await start();
    const watch = watchServer(killed, start, createLog('silent'));
    process.kill(killed.pid, 'SIGKILL');
    await expect.poll(() => clusters.length, { timeout: 20_000 }).toBe(2);
    expect(await rows(clusters[1] ?? killed)).toEqual([{ n: 1 }]);
    await watch.stop();
    expect(isAlive(clusters[1]?.pid ?? 0)).toBe(false);
  });

  test('a stale pid file whose pid belongs to another program does not stop the start', async () => {
    const first = await start();
    await first.stop();
    const text = `${process.pid}\n${first.access.cluster}\n1\n${first.access.port}\n\n127.0.0.1\n 1 1\nready   \n`;
    writeFileSync(path.join(first.access.cluster, 'postmaster.pid'), text);
    expect((await start()).origin).toBe('started');
  });

  test('when another program took its port, it chooses a new one', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.access.port, '127.0.0.1');
    const second = await start();
    expect(second.access.port).not.toBe(first.access.port);
    squatter.close();
    await second.stop();
    expect((await start()).access).toEqual(second.access);
  });

  test('files of another major version are refused with both versions', async () => {
    const first = await start();
    await first.stop();
    const file = path.join(first.access.cluster, 'PG_VERSION');
    const own = readFileSync(file, 'utf8');
    writeFileSync(file, '12\n');
    await expect(start()).rejects.toThrow(`PostgreSQL 12, and this version of the hub brings PostgreSQL ${own.trim()}`);
    writeFileSync(file, own);
  });

  test('a first start that was cut short is made up for', async () => {
    const first = await start();
    await first.stop();
    renameSync(first.access.cluster, `${first.access.cluster}.new`);
    const second = await start();
    expect(second.access).toEqual(first.access);
    await second.stop();
    renameSync(path.join(dataDir, 'postgres.json'), path.join(dataDir, 'kept.json'));
    await expect(start()).rejects.toThrow(/password file postgres\.json is missing/);
  });
});

describe('folder lock', () => {
  test('a second hub is refused with the pid of the first, until that lets go', () => {
    const lock = lockFolder(dataDir);
    expect(() => lockFolder(dataDir)).toThrow(`Another hub (process ${process.pid}) is already running`);
    lock.release();
    lockFolder(dataDir).release();
  });

  test('a lock of a dead hub is taken over, also when its pid is in use again', () => {
    const file = path.join(dataDir, 'hub.pid');
    for (const stale of ['999999999\n1\n', `${process.pid}\n1\n`, `${process.ppid}\n1\n`, '', 'nonsense']) {
      writeFileSync(file, stale);
      lockFolder(dataDir).release();
    }
  });
});
