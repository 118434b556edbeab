import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { JsonValue } from '#core/contract/json.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

@Injectable()
export class CursorsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async get(connectionId: string): Promise<JsonValue | null> {
    const rows: { value: JsonValue }[] = await this.dataSource.query(
      'select value from connection_cursor where connection_id = $1',
      [connectionId],
    );
    return rows[0]?.value ?? null;
  }

  async set(connectionId: string, value: JsonValue, atMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into connection_cursor (connection_id, value, updated_at)
       select id, $2::jsonb, $3 from connection where id = $1
       on conflict (connection_id) do update set value = excluded.value, updated_at = excluded.updated_at`,
      [connectionId, JSON.stringify(value), new Date(atMs)],
    );
  }
}
