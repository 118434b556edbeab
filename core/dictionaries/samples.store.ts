/** Inputs that passed lately: a short ring per connection, object and direction. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingDirection } from '#core/contract/mapping.ts';
import { storableJson } from '#core/kit/storable-json.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { ofConnectionsThere } from './connections-there.store.ts';
import { connectorOf, shortNameOf } from './document-name.ts';
import { ringSize, type SeenInput } from './sample-rings.ts';

export interface StoredSample {
  readonly id: string;
  readonly direction: MappingDirection;
  readonly input: JsonObject;
  readonly recordKey: string;
  readonly connectionName: string;
  readonly seenAt: Date;
}

const maxAgeDays = 30;

@Injectable()
export class SamplesStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** The newest input of a record takes the place of its older one; what the ring cannot hold falls out. */
  async add(seen: readonly SeenInput[]): Promise<void> {
    const kept = await ofConnectionsThere(this.dataSource, seen);
    if (kept.length === 0) return;
    const rows = storableJson(kept);
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `delete from dictionary_sample s using jsonb_to_recordset($1::jsonb) as r("tenantId" text, "connectionId" text, object text,
              direction text, "recordKey" text)
         where s.tenant_id = r."tenantId" and s.connection_id = r."connectionId" and s.object = r.object
           and s.direction = r.direction and s.record_key = r."recordKey"`,
        [rows],
      );
      await manager.query(
        `insert into dictionary_sample (tenant_id, connection_id, connector, object, direction, dictionary, input, record_key, seen_at)
         select r."tenantId", r."connectionId", r.connector, r.object, r.direction, r.dictionary, r.input, r."recordKey",
                to_timestamp(r."seenAtMs" / 1000.0)
         from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "connectionId" text, connector text, object text, direction text,
              dictionary text, input jsonb, "recordKey" text, "seenAtMs" float8)
         order by r."seenAtMs"`,
        [rows],
      );
      await manager.query(
        `delete from dictionary_sample where seq in (
           select s.seq from (select distinct r."tenantId", r."connectionId", r.object, r.direction
             from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "connectionId" text, object text, direction text)) k
           cross join lateral (select seq from dictionary_sample where tenant_id = k."tenantId" and connection_id = k."connectionId"
             and object = k.object and direction = k.direction order by seq desc offset $2) s)`,
        [rows, ringSize],
      );
    });
  }

  /** What the document mapped, or would map: `object` is the one it describes. */
  latest(tenantId: string, of: { name: string; object: string | null }, limit: number): Promise<StoredSample[]> {
    return this.dataSource.query(
      `select s.seq::text as id, s.direction, s.input, s.record_key as "recordKey", s.seen_at as "seenAt",
              coalesce(c.name, s.connection_id) as "connectionName"
       from dictionary_sample s left join connection c on c.tenant_id = s.tenant_id and c.id = s.connection_id
       where s.tenant_id = $1 and (s.dictionary = $2 or (s.connector = $3 and (s.object = $4 or s.object = $5)))
       order by s.seq desc limit $6`,
      [tenantId, of.name, connectorOf(of.name), shortNameOf(of.name), of.object, limit],
    );
  }

  /** Samples are people's data: they go with their connection, and after a while in any case. */
  async sweep(nowMs: number): Promise<void> {
    await this.dataSource.query(
      `delete from dictionary_sample s where s.seen_at < to_timestamp($1 / 1000.0) - make_interval(days => $2)
         or not exists (select 1 from connection c where c.id = s.connection_id)`,
      [nowMs, maxAgeDays],
    );
  }
}
