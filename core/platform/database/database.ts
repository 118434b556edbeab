/** The hub's database from address to shutdown: an external server, or the embedded one of the data folder. */
import type { DataSource } from 'typeorm';
import type { Environment } from '../environment.ts';
import type { Log } from '../log/log.ts';
import { openDataSource, type Migration } from './data-source.store.ts';
import { startCluster, type Cluster } from './embedded/cluster.ts';
import { clusterUrl } from './embedded/cluster-files.ts';
import { lockFolder } from './embedded/folder-lock.ts';
import { watchServer } from './embedded/watch.ts';
import { ensureDatabase } from './ensure-database.ts';

export interface Database {
  readonly dataSource: DataSource;
  readonly url: string;
  readonly kind: 'embedded' | 'external';
  /** Ends the connections and, when embedded, the server. May be called again. */
  close(): Promise<void>;
}

/** Token of the opened `Database`. */
export const DATABASE = Symbol('DATABASE');

const databaseName = 'tieline';
/** A killed hub that is started again within this time finds its server still warm. */
const graceSecs = 30;

export async function openDatabase(
  environment: Environment,
  migrations: readonly Migration[],
  log: Log,
): Promise<Database> {
  const { databaseUrl, databasePoolSize: poolSize, dataDir } = environment;
  if (databaseUrl !== undefined) {
    const dataSource = await openDataSource({ url: databaseUrl, poolSize, migrations, log });
    return { dataSource, url: databaseUrl, kind: 'external', close: once(() => dataSource.destroy()) };
  }
  const embedded = await startEmbedded(dataDir, log);
  try {
    const url = clusterUrl(embedded.cluster.access, databaseName);
    await ensureDatabase(clusterUrl(embedded.cluster.access, 'postgres'), databaseName);
    const dataSource = await openDataSource({ url, poolSize, migrations, log });
    const close = once(async () => {
      await dataSource.destroy();
      await embedded.stop();
    });
    return { dataSource, url, kind: 'embedded', close };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
}

async function startEmbedded(dataDir: string, log: Log): Promise<{ cluster: Cluster; stop(): Promise<void> }> {
  const lock = lockFolder(dataDir);
  try {
    const start = (): Promise<Cluster> => startCluster({ dataDir, isDurable: true, maxConnections: 80, graceSecs });
    const cluster = await start();
    const watch = watchServer(cluster, start, log);
    log.info({ port: cluster.access.port, pid: cluster.pid }, `Embedded PostgreSQL ${cluster.origin}`);
    const stop = async (): Promise<void> => {
      await watch.stop();
      lock.release();
    };
    return { cluster, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}
