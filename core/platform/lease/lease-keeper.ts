/**
 * Leases on Postgres. A process holds one session lock under its holder number on a connection of its own, and one row
 * per lease that it renews. A lease is free when its row has expired, or at once when its holder's session lock is gone:
 * the server drops that lock the moment a killed process's connection closes, so nobody waits for an expiry.
 */
import { randomInt } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../log/log.ts';
import type { Lease, Leases } from './leases.ts';

/** Spells `TIEM`: the first of the two numbers of the session lock. */
const lockClass = 0x5449454d;
const lifeMs = 15_000;
const renewEveryMs = 4000;

const acquireSql = `
  insert into lease as held (name, holder, token, expires_at)
  values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
  on conflict (name) do update
    set holder = excluded.holder, token = held.token + 1, expires_at = excluded.expires_at
    where held.expires_at < clock_timestamp() or not exists (
      select 1 from pg_locks
      where locktype = 'advisory' and classid = $4 and objid = held.holder and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database()))
  returning token`;
const renewSql = `
  update lease set expires_at = clock_timestamp() + $2 * interval '1 millisecond'
  where holder = $1 and name = any($3) returning name`;

interface Held {
  readonly lost: AbortController;
  readonly token: number;
}

export class LeaseKeeper implements Leases {
  /** A new number for every connection: rows under the former one are free as soon as its session lock is gone. */
  #holder = 0;
  readonly #held = new Map<string, Held>();
  #client: Promise<pg.Client> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  async acquire(name: string): Promise<Lease | null> {
    // The row of a lease this process holds is its own, so the database alone would not refuse a second owner here.
    if (this.#held.has(name) || this.#isClosed) return null;
    const rows = await this.#query<{ token: string }>(acquireSql, (holder) => [name, holder, lifeMs, lockClass]);
    const [row] = rows;
    if (row === undefined || this.#held.has(name)) return null;
    const held: Held = { lost: new AbortController(), token: Number(row.token) };
    this.#held.set(name, held);
    this.#timer ??= setInterval(() => void this.#renew(), renewEveryMs).unref();
    return { name, token: held.token, signal: held.lost.signal, release: () => this.#release(name, held) };
  }

  async withLease<T>(name: string, work: (signal: AbortSignal, token: number) => Promise<T>): Promise<T | null> {
    const lease = await this.acquire(name);
    if (lease === null) return null;
    try {
      return await work(lease.signal, lease.token);
    } finally {
      await lease.release();
    }
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#held].map(([name, held]) => this.#release(name, held)));
    if (this.#timer !== null) clearInterval(this.#timer);
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.end();
  }

  async #release(name: string, held: Held): Promise<void> {
    if (this.#held.get(name) !== held) return;
    this.#held.delete(name);
    held.lost.abort();
    try {
      // The row stays for its token, which must go on growing.
      await this.#query(
        `update lease set expires_at = '-infinity' where name = $1 and holder = $2 and token = $3`,
        (holder) => [name, holder, held.token],
      );
    } catch (error) {
      this.log.debug({ err: error, lease: name }, 'A lease could not be released and will expire');
    }
  }

  async #renew(): Promise<void> {
    const names = [...this.#held.keys()];
    if (names.length === 0) return;
    try {
      const rows = await this.#query<{ name: string }>(renewSql, (holder) => [holder, lifeMs, names]);
      const renewed = new Set(rows.map(({ name }) => name));
      for (const name of names) if (!renewed.has(name)) this.#lose(name);
    } catch (error) {
      this.#loseAll(error);
    }
  }

  /** One after the other: a pg client takes no second query while one runs. */
  #query<R extends pg.QueryResultRow>(text: string, values: (holder: number) => unknown[]): Promise<R[]> {
    const run = async (): Promise<R[]> => {
      const client = await this.#connect();
      return (await client.query<R>(text, values(this.#holder))).rows;
    };
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #connect(): Promise<pg.Client> {
    this.#client ??= this.#open();
    return this.#client;
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'tieline-leases',
      keepAlive: true,
      query_timeout: renewEveryMs,
    });
    client.on('error', (error) => this.#loseAll(error));
    this.#holder = randomInt(1, 2 ** 31 - 1);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock($1, $2)', [lockClass, this.#holder]);
      return client;
    } catch (error) {
      this.#client = null;
      throw error;
    }
  }

  /** Without the connection the session lock is gone and others may take over: stop everything at once. */
  #loseAll(error: unknown): void {
    const former = this.#client;
    this.#client = null;
    if (this.#isClosed) return;
    if (this.#held.size > 0)
      this.log.warn({ err: error, leases: this.#held.size }, 'Leases were lost with the database');
    for (const name of this.#held.keys()) this.#lose(name);
    void hangUp(former);
  }

  #lose(name: string): void {
    this.#held.get(name)?.lost.abort();
    this.#held.delete(name);
  }
}

async function hangUp(connection: Promise<pg.Client> | null): Promise<void> {
  try {
    await (await connection)?.end();
  } catch {
    // It is broken; that is why it is let go.
  }
}
