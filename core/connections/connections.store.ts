import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { JsonObject } from '#core/contract/json.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

export interface ConnectionRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly connector_id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly demo: boolean;
  readonly config: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly revision: number;
  readonly created_at: Date;
}

const columns = 'id, tenant_id, connector_id, name, enabled, demo, config, secrets, revision, created_at';

@Injectable()
export class ConnectionsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Of one tenant, or of all: links belong to every tenant. */
  list(tenantId: string | null): Promise<ConnectionRow[]> {
    return this.dataSource.query(
      `select ${columns} from connection where $1::text is null or tenant_id = $1 order by created_at, id`,
      [tenantId],
    );
  }

  async find(id: string): Promise<ConnectionRow | undefined> {
    const rows: ConnectionRow[] = await this.dataSource.query(`select ${columns} from connection where id = $1`, [id]);
    return rows[0];
  }

  async insert(row: ConnectionRow): Promise<void> {
    await this.dataSource.query(
      `insert into connection (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        row.id,
        row.tenant_id,
        row.connector_id,
        row.name,
        row.enabled,
        row.demo,
        JSON.stringify(row.config),
        JSON.stringify(row.secrets),
        row.revision,
        row.created_at,
      ],
    );
  }

  /** False when somebody else changed the row since it was read. */
  async update(row: ConnectionRow): Promise<boolean> {
    const [changed]: [unknown[], number] = await this.dataSource.query(
      `update connection set name = $3, enabled = $4, config = $5, secrets = $6, revision = revision + 1
       where id = $1 and revision = $2 returning id`,
      [row.id, row.revision, row.name, row.enabled, JSON.stringify(row.config), JSON.stringify(row.secrets)],
    );
    return changed.length > 0;
  }

  /** The same secrets, sealed anew: no change that concerns the link. Nothing happens when the row changed meanwhile. */
  async replaceSecrets(row: ConnectionRow, secrets: ConnectionRow['secrets']): Promise<void> {
    await this.dataSource.query('update connection set secrets = $3 where id = $1 and revision = $2', [
      row.id,
      row.revision,
      JSON.stringify(secrets),
    ]);
  }

  async delete(tenantId: string, id: string): Promise<boolean> {
    const [gone]: [unknown[], number] = await this.dataSource.query(
      'delete from connection where tenant_id = $1 and id = $2 returning id',
      [tenantId, id],
    );
    return gone.length > 0;
  }
}
