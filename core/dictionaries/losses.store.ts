/** The table of losses: one row per loss and record, however often it comes up. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { LossView } from '#core/contract/api/dictionaries.ts';
import { HubError } from '#core/contract/errors.ts';
import { storableJson } from '#core/kit/storable-json.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { newId } from '#core/platform/ids.ts';
import { ofConnectionsThere } from './connections-there.store.ts';
import { type CountedLoss, countLosses, type Loss } from './loss.ts';

export interface LossFilter {
  readonly dictionary?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly kind?: string | undefined;
  readonly rule?: string | undefined;
}

interface LossRow extends Omit<LossView, 'at'> {
  readonly at: Date;
}

const maxRows = 100_000;
const maxAgeDays = 90;

@Injectable()
export class LossesStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async add(losses: readonly (Loss | CountedLoss)[], nowMs: number): Promise<void> {
    await addLosses(this.dataSource, await ofConnectionsThere(this.dataSource, losses), nowMs);
  }

  /** A connection that is gone goes by its id. */
  async page(
    tenantId: string,
    filter: LossFilter,
    page: { cursor: string | undefined; limit: number },
  ): Promise<{ items: LossView[]; nextCursor: string | null }> {
    const [beforeMs = null, beforeId = null] = placeOf(page.cursor);
    const rows: LossRow[] = await this.dataSource.query(
      `select l.id, l.at, l.times, l.dictionary, l.version, l.connection_id as "connectionId",
              coalesce(c.name, l.connection_id) as "connectionName", l.object, l.direction, l.record_key as "recordKey",
              l.origin, l.kind, l.rule, l.code, l.reason
       from mapping_loss l left join connection c on c.tenant_id = l.tenant_id and c.id = l.connection_id
       where l.tenant_id = $1 and ($2::text is null or l.dictionary = $2) and ($3::text is null or l.connection_id = $3)
         and ($4::text is null or l.kind = $4) and ($5::text is null or l.rule = $5)
         and ($6::float8 is null or (l.at, l.id) < (to_timestamp($6 / 1000.0), $7::uuid))
       order by l.at desc, l.id desc limit $8`,
      [
        tenantId,
        filter.dictionary ?? null,
        filter.connectionId ?? null,
        filter.kind ?? null,
        filter.rule ?? null,
        beforeMs,
        beforeId,
        page.limit + 1,
      ],
    );
    const items = rows.slice(0, page.limit);
    const last = items.at(-1);
    return {
      items: items.map((row) => ({ ...row, at: row.at.toISOString() })),
      nextCursor: rows.length > page.limit && last !== undefined ? `${last.at.getTime()}.${last.id}` : null,
    };
  }

  /** How many there were since then, by dictionary. */
  async countsSince(tenantId: string, sinceMs: number): Promise<Map<string, number>> {
    const rows: { dictionary: string; count: number }[] = await this.dataSource.query(
      `select dictionary, count(*)::int as count from mapping_loss
       where tenant_id = $1 and at >= to_timestamp($2 / 1000.0) group by dictionary`,
      [tenantId, sinceMs],
    );
    return new Map(rows.map(({ dictionary, count }) => [dictionary, count]));
  }

  async sweep(nowMs: number): Promise<void> {
    await this.dataSource.query(
      `delete from mapping_loss where at < to_timestamp($1 / 1000.0) - make_interval(days => $2)
         or id in (select id from mapping_loss order by at desc, id desc offset $3)`,
      [nowMs, maxAgeDays, maxRows],
    );
  }
}

function placeOf(cursor: string | undefined): string[] {
  if (cursor === undefined) return [];
  const [, atMs, id] = /^(\d{1,15})\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(cursor) ?? [];
  if (atMs !== undefined && id !== undefined) return [atMs, id];
  throw new HubError('input.invalid', 'This cursor is not one the hub gave out. Begin without one.', {
    field: 'query.cursor',
  });
}

/** Inside the transaction of whoever lost something, so that the row is there when the write is. */
export async function addLosses(
  queries: Pick<DataSource | EntityManager, 'query'>,
  losses: readonly (Loss | CountedLoss)[],
  nowMs: number,
): Promise<void> {
  if (losses.length === 0) return;
  const rows = countLosses(losses).map((loss) => ({ id: newId(), ...loss }));
  await queries.query(
    `insert into mapping_loss as held (id, tenant_id, connection_id, object, direction, record_key, rule, kind, code,
                                       dictionary, version, origin, reason, times, first_at, at)
     select r.id, r."tenantId", r."connectionId", r.object, r.direction, r."recordKey", r.rule, r.kind, r.code,
            r.dictionary, r.version, r.origin, r.reason, r.times, to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0)
     from jsonb_to_recordset($1::jsonb) as r(id uuid, "tenantId" text, "connectionId" text, object text, direction text,
          "recordKey" text, rule text, kind text, code text, dictionary text, version int, origin text, reason text, times int)
     on conflict (tenant_id, connection_id, object, direction, record_key, rule, kind, code) do update
     set times = held.times + excluded.times, at = excluded.at, dictionary = excluded.dictionary,
         version = excluded.version, origin = excluded.origin, reason = excluded.reason`,
    [storableJson(rows), nowMs],
  );
}
