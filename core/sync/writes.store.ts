/** Read side of the outbox: what ops see. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { WriteView } from '#core/contract/api/writes.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { FieldRules } from '#core/dictionaries/provenance.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

export interface WriteFilter {
  readonly state?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly origin?: string | undefined;
}

export interface MadeWrite {
  readonly values: JsonObject;
  readonly sent: JsonObject | null;
  readonly kept: readonly string[];
  readonly dictionary: string | null;
  readonly rules: FieldRules | null;
  readonly region: string | null;
  readonly readBy: string | null;
}

interface WriteRow extends Omit<WriteView, 'connectionName' | 'error' | 'nextAttemptAt' | 'createdAt' | 'settledAt'> {
  seq: string;
  error_code: string | null;
  error_message: string | null;
  error_field: string | null;
  due_at: Date;
  created_at: Date;
  settled_at: Date | null;
}

const columns = `w.id, w.seq, w.key, w.connection_id as "connectionId", w.object, w.entity, w.state, w.revision, w.attempts,
  coalesce(w.record_id, l.record_id) as "recordId", l.record_url as "recordUrl", w.origin, w.dictionary, w."values", w.sent, w.kept,
  w.error_code, w.error_message, w.error_field, w.due_at, w.created_at, w.settled_at`;
const source = `outbox_write w left join record_link l on l.connection_id = w.connection_id and l.object = w.object and l.key = w.key`;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

@Injectable()
export class WritesStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async page(
    filter: WriteFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ items: Omit<WriteView, 'connectionName'>[]; nextCursor: string | null }> {
    const rows: WriteRow[] = await this.dataSource.query(
      `select ${columns} from ${source}
       where ($1::text is null or w.state = $1) and ($2::text is null or w.connection_id = $2)
         and ($3::text is null or w.fingerprint = $3) and ($4::text is null or w.origin = $4)
         and ($5::bigint is null or w.seq < $5)
       order by w.seq desc limit $6`,
      [
        filter.state ?? null,
        filter.connectionId ?? null,
        filter.fingerprint ?? null,
        filter.origin ?? null,
        cursor ?? null,
        limit + 1,
      ],
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(toView), nextCursor: rows.length > limit && last !== undefined ? last.seq : null };
  }

  /** What a write started from and how it was made; null when there is none with this id. */
  async madeOf(tenantId: string, writeId: string): Promise<MadeWrite | null> {
    if (!uuid.test(writeId)) return null;
    const rows: MadeWrite[] = await this.dataSource.query(
      `select "values", sent, kept, dictionary, rules, region, read_by as "readBy" from outbox_write
       where tenant_id = $1 and id = $2::uuid`,
      [tenantId, writeId],
    );
    return rows[0] ?? null;
  }

  async summary(nowMs: number): Promise<{
    counts: Record<string, number>;
    oldestWaitingMs: number | null;
    history: { atMs: number; done: number; dead: number }[];
  }> {
    const counts: { state: string; count: number }[] = await this.dataSource.query(
      `select state, count(*)::int as count from outbox_write group by state`,
    );
    const oldest: { age: number | null }[] = await this.dataSource.query(
      `select ($1 - extract(epoch from min(created_at)) * 1000)::float8 as age from outbox_write
       where state in ('waiting', 'running', 'retrying', 'inDoubt')`,
      [nowMs],
    );
    const history: { atMs: number; done: number; dead: number }[] = await this.dataSource.query(
      `select (extract(epoch from q.slot) * 1000)::float8 as "atMs",
              count(w.id) filter (where w.state = 'done')::int as done, count(w.id) filter (where w.state = 'dead')::int as dead
       from generate_series(date_bin('15 minutes', to_timestamp($1 / 1000.0) - interval '24 hours', 'epoch'),
                            to_timestamp($1 / 1000.0), interval '15 minutes') as q(slot)
       left join outbox_write w on w.settled_at >= q.slot and w.settled_at < q.slot + interval '15 minutes'
       group by q.slot order by q.slot`,
      [nowMs],
    );
    const age = oldest[0]?.age ?? null;
    return {
      counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
      oldestWaitingMs: age,
      history,
    };
  }

  async deadLetters(): Promise<DeadLetterGroup[]> {
    const rows: (Omit<DeadLetterGroup, 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date })[] =
      await this.dataSource.query(
        `select fingerprint, connection_id as "connectionId", object, error_code as code, min(error_message) as message,
              count(*)::int as count, min(settled_at) as "firstAt", max(settled_at) as "lastAt"
       from outbox_write where state = 'dead' group by fingerprint, connection_id, object, error_code order by count desc`,
      );
    return rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
  }
}

export interface DeadLetterGroup {
  readonly fingerprint: string;
  readonly connectionId: string;
  readonly object: string;
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

function toView(row: WriteRow): Omit<WriteView, 'connectionName'> {
  const { seq: _seq, error_code, error_message, error_field, due_at, created_at, settled_at, ...view } = row;
  const isOwed = settled_at === null;
  return {
    ...view,
    error: error_code === null ? null : { code: error_code, message: error_message ?? '', field: error_field },
    nextAttemptAt: isOwed ? due_at.toISOString() : null,
    createdAt: created_at.toISOString(),
    settledAt: settled_at?.toISOString() ?? null,
  };
}
