/** The one TypeORM data source of the process, and the forward-only migrations before anyone uses it. */
import { DataSource, type MigrationInterface } from 'typeorm';
import { HubError } from '#core/contract/errors.ts';
import type { Log } from '../log/log.ts';

/** Token of the hub's `DataSource`. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

export type Migration = new () => MigrationInterface;

export interface DataSourceOptions {
  readonly url: string;
  readonly poolSize: number;
  /** In the order they were written; each is named `<Thing><13-digit time>`. */
  readonly migrations: readonly Migration[];
  readonly log: Log;
}

const ledger = 'schema_migration';
/** Spells `TIEL`: serialises processes that start at once on a new database. */
const migrationLock = 0x5449454c;

export async function openDataSource({ url, poolSize, migrations, log }: DataSourceOptions): Promise<DataSource> {
  const dataSource: DataSource = new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'tieline',
    // Hot paths use SQL; entities would be loaded for the sake of a few forms.
    entities: [],
    migrations: [],
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    // Without a listener, a connection that is cut while idle would end the process.
    poolErrorHandler: (error: unknown) => {
      if (dataSource.isInitialized) log.warn({ err: error }, 'An idle database connection was lost');
    },
    extra: {
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
      // A connection costs the server a process: opened anew at every burst of calls, it would make their pops late.
      idleTimeoutMillis: 15 * 60_000,
    },
  });
  try {
    await dataSource.initialize();
  } catch (cause) {
    throw new HubError(
      'storage.unavailable',
      `The database did not let the hub in: ${reasonOf(cause)}. Check DATABASE_URL and that the server is up.`,
      { retry: 'soon', cause },
    );
  }
  try {
    await migrate(dataSource, migrations, log);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}

/** Runs what is missing, each migration in its own transaction with its ledger row. */
async function migrate(dataSource: DataSource, migrations: readonly Migration[], log: Log): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('select pg_advisory_lock($1)', [migrationLock]);
    await runner.query('set statement_timeout = 0');
    await runner.query(
      `create table if not exists ${ledger} (name text primary key, run_at timestamptz not null default now())`,
    );
    const rows = (await runner.query(`select name from ${ledger}`)) as { name: string }[];
    const done = new Set(rows.map(({ name }) => name));
    assertNotNewer(done, migrations);
    for (const Migration of migrations) {
      if (done.has(Migration.name)) continue;
      await runner.startTransaction();
      try {
        await new Migration().up(runner);
        await runner.query(`insert into ${ledger} (name) values ($1)`, [Migration.name]);
        await runner.commitTransaction();
      } catch (cause) {
        await runner.rollbackTransaction();
        throw new HubError('storage.unavailable', `Migration ${Migration.name} failed: ${reasonOf(cause)}`, { cause });
      }
      log.debug({ migration: Migration.name }, 'Database migrated');
    }
  } finally {
    await runner.query('reset statement_timeout').catch(() => undefined);
    await runner.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
  }
}

/** A database that knows migrations this code does not was used by a newer hub: running on would damage it. */
function assertNotNewer(done: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new HubError(
    'config.invalid',
    `The database was used by a newer version of the hub (it knows ${unknown.join(', ')}). Start that version, or ` +
      'restore a backup made before the upgrade.',
  );
}
