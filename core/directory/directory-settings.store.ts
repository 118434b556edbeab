import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { storableJson } from '#core/kit/storable-json.ts';

export interface StoredSettings {
  /** Checked with the contract's schema by whoever reads it. */
  readonly body: unknown;
  readonly version: number;
}

@Injectable()
export class DirectorySettingsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async find(tenantId: string): Promise<StoredSettings | null> {
    const rows: StoredSettings[] = await this.dataSource.query(
      'select body, version from directory_setting where tenant_id = $1',
      [tenantId],
    );
    return rows[0] ?? null;
  }

  /** False when the stored version is not the one the change was made on. */
  async save(
    change: { tenantId: string; body: unknown; version: number; by: string },
    nowMs: number,
  ): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `insert into directory_setting as s (tenant_id, body, version, updated_at, updated_by)
       select $1, $2::jsonb, $3 + 1, to_timestamp($4 / 1000.0), $5
       where $3 = 0 or exists (select 1 from directory_setting where tenant_id = $1)
       on conflict (tenant_id) do update set body = excluded.body, version = excluded.version,
         updated_at = excluded.updated_at, updated_by = excluded.updated_by
       where s.version = $3
       returning s.version`,
      [change.tenantId, storableJson(change.body), change.version, nowMs, change.by],
    );
    return rows.length > 0;
  }

  /** The tenant a connection belongs to; null when there is no such connection. */
  async tenantOf(connectionId: string): Promise<string | null> {
    const rows: { tenant_id: string }[] = await this.dataSource.query(
      'select tenant_id from connection where id = $1',
      [connectionId],
    );
    return rows[0]?.tenant_id ?? null;
  }
}
