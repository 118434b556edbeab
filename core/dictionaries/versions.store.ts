/** Published versions, which never change, and the pointer to the one that is live. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { storableJson } from '#core/kit/storable-json.ts';
import type { Bundle, DocumentKind } from './bundle.ts';
import type { Facts } from './facts.ts';

export type Origin = 'shipped' | 'published' | 'rolledBack';

export interface VersionHead {
  readonly name: string;
  readonly version: number;
  readonly kind: DocumentKind;
  readonly hash: string;
  readonly facts: Facts;
  readonly origin: Origin;
  readonly note: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}
export interface VersionRow extends VersionHead {
  readonly bundle: Bundle;
}
export type NewVersion = Omit<VersionRow, 'publishedAt'>;

const head = `v.name, v.version, v.kind, v.hash, v.facts, v.origin, v.note, v.published_by as "publishedBy", v.published_at as "publishedAt"`;
const live = `dictionary_live l join dictionary_version v on v.tenant_id = l.tenant_id and v.name = l.name and v.version = l.version`;
/** Spells `DICT`: whoever changes what is live holds it, so that dependents are rebuilt from what is live. */
const publishLock = 0x44494354;

@Injectable()
export class VersionsStore {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * One publisher at a time and tenant. `work` sees and leaves a consistent set of live versions. Within the process they
   * queue up here, because everyone waiting for the lock would hold a connection that calls need.
   */
  locked<T>(tenantId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() =>
      this.dataSource.transaction(async (manager) => {
        await manager.query('select pg_advisory_xact_lock($1, hashtext($2))', [publishLock, tenantId]);
        return work(manager);
      }),
    );
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Everything live, or the named documents. */
  liveRows(
    tenantId: string,
    names: readonly string[] | null,
    manager: Queries = this.dataSource,
  ): Promise<VersionRow[]> {
    return manager.query(
      `select ${head}, v.bundle from ${live} where l.tenant_id = $1 and ($2::text[] is null or l.name = any($2)) order by l.name`,
      [tenantId, names],
    );
  }

  liveHeads(tenantId: string): Promise<VersionHead[]> {
    return this.dataSource.query(`select ${head} from ${live} where l.tenant_id = $1 order by l.name`, [tenantId]);
  }

  /** Name and version of everything live: what a process compares with what it holds. */
  liveVersions(tenantId: string, manager: Queries = this.dataSource): Promise<{ name: string; version: number }[]> {
    return manager.query('select name, version from dictionary_live where tenant_id = $1', [tenantId]);
  }

  async find(
    tenantId: string,
    name: string,
    version: number,
    manager: Queries = this.dataSource,
  ): Promise<VersionRow | null> {
    const rows: VersionRow[] = await manager.query(
      `select ${head}, v.bundle from dictionary_version v where v.tenant_id = $1 and v.name = $2 and v.version = $3::bigint`,
      [tenantId, name, version],
    );
    return rows[0] ?? null;
  }

  heads(tenantId: string, name: string): Promise<VersionHead[]> {
    return this.dataSource.query(
      `select ${head} from dictionary_version v where v.tenant_id = $1 and v.name = $2 order by v.version desc`,
      [tenantId, name],
    );
  }

  /** The newest version of each document that came with the hub. */
  async newestShipped(tenantId: string): Promise<Map<string, number>> {
    const rows: { name: string; version: number }[] = await this.dataSource.query(
      `select name, max(version) as version from dictionary_version where tenant_id = $1 and origin = 'shipped' group by name`,
      [tenantId],
    );
    return new Map(rows.map(({ name, version }) => [name, version]));
  }

  /** Version numbers by hash, of all documents. */
  async known(tenantId: string, manager: EntityManager): Promise<Map<string, KnownVersion[]>> {
    const rows: KnownVersion[] = await manager.query(
      `select name, version, hash, origin from dictionary_version where tenant_id = $1 order by version`,
      [tenantId],
    );
    return Map.groupBy(rows, ({ name }) => name);
  }

  async shippedFingerprint(tenantId: string): Promise<string | null> {
    const rows: { fingerprint: string }[] = await this.dataSource.query(
      'select fingerprint from dictionary_shipped where tenant_id = $1',
      [tenantId],
    );
    return rows[0]?.fingerprint ?? null;
  }

  async setShippedFingerprint(tenantId: string, fingerprint: string, manager: EntityManager): Promise<void> {
    await manager.query(
      `insert into dictionary_shipped (tenant_id, fingerprint) values ($1, $2)
       on conflict (tenant_id) do update set fingerprint = excluded.fingerprint`,
      [tenantId, fingerprint],
    );
  }

  async newestVersion(tenantId: string, name: string, manager: EntityManager): Promise<number> {
    const rows: { newest: number | null }[] = await manager.query(
      'select max(version) as newest from dictionary_version where tenant_id = $1 and name = $2',
      [tenantId, name],
    );
    return rows[0]?.newest ?? 0;
  }

  async insert(tenantId: string, row: NewVersion, atMs: number, manager: EntityManager): Promise<void> {
    await manager.query(
      `insert into dictionary_version (tenant_id, name, version, kind, bundle, hash, facts, origin, note, published_by, published_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11 / 1000.0))`,
      [
        tenantId,
        row.name,
        row.version,
        row.kind,
        storableJson(row.bundle),
        row.hash,
        storableJson(row.facts),
        row.origin,
        row.note,
        row.publishedBy,
        atMs,
      ],
    );
  }

  async setLive(tenantId: string, name: string, version: number, manager: EntityManager): Promise<void> {
    await manager.query(
      `insert into dictionary_live (tenant_id, name, version) values ($1, $2, $3)
       on conflict (tenant_id, name) do update set version = excluded.version`,
      [tenantId, name, version],
    );
  }
}

export type KnownVersion = Pick<VersionHead, 'name' | 'version' | 'hash' | 'origin'>;
type Queries = Pick<DataSource, 'query'> | Pick<EntityManager, 'query'>;
