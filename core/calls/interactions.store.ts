import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { interaction as interactionSchema, type Interaction } from '#core/contract/interaction.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { TrackedCall } from './tracked-call.ts';

export interface InteractionFilter {
  readonly open?: boolean | undefined;
  readonly direction?: string | undefined;
  readonly outcome?: string | undefined;
  readonly agent?: string | undefined;
  readonly queue?: string | undefined;
  readonly number?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly connectionId?: string | undefined;
}

export interface QuarterCount {
  readonly atMs: number;
  readonly answered: number;
  readonly missed: number;
  readonly abandoned: number;
  readonly other: number;
}

@Injectable()
export class InteractionsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async get(id: string): Promise<Interaction | null> {
    const rows: { body: unknown }[] = await this.dataSource.query(`select body from interaction where id = $1`, [id]);
    return rows[0] === undefined ? null : interactionSchema.parse(rows[0].body);
  }

  /** The interaction with the counter that grows whenever it or its wrap-up changes. */
  async getTouched(id: string): Promise<{ interaction: Interaction; touched: number } | null> {
    const rows: { body: unknown; touched: number }[] = await this.dataSource.query(
      `select body, touched from interaction where id = $1`,
      [id],
    );
    const row = rows[0];
    return row === undefined ? null : { interaction: interactionSchema.parse(row.body), touched: row.touched };
  }

  /** Something that belongs to the interaction changed beside it: whoever sweeps sees it as changed. */
  async touch(id: string): Promise<void> {
    await this.dataSource.query(
      `update interaction set touched = touched + 1, changed_at = clock_timestamp() where id = $1`,
      [id],
    );
  }

  async open(connectionId?: string): Promise<Interaction[]> {
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select body from interaction where open and ($1::text is null or connection_id = $1) order by start_at`,
      [connectionId ?? null],
    );
    return rows.map(({ body }) => interactionSchema.parse(body));
  }

  async connectionsWithOpenCalls(): Promise<string[]> {
    const rows: { connection_id: string }[] = await this.dataSource.query(
      `select distinct connection_id from interaction where open`,
    );
    return rows.map((row) => row.connection_id);
  }

  /** Tracker states of a connection's open interactions, as stored with their last change. */
  async resumable(connectionId: string): Promise<TrackedCall[]> {
    const rows: { tracker_state: TrackedCall }[] = await this.dataSource.query(
      `select tracker_state from interaction where open and connection_id = $1 and tracker_state is not null`,
      [connectionId],
    );
    return rows.map((row) => row.tracker_state);
  }

  /** Newest first; `cursor` is what the page before answered. */
  async page(
    filter: InteractionFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ items: Interaction[]; nextCursor: string | null }> {
    const [afterMs, afterId] = parseCursor(cursor);
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select body from interaction
       where ($1::boolean is null or open = $1) and ($2::text is null or direction = $2) and ($3::text is null or outcome = $3)
         and ($4::text is null or agents @> array[$4]) and ($5::text is null or queue = $5)
         and ($6::text is null or caller_number like '%' || $6 or callee like '%' || $6)
         and ($7::timestamptz is null or start_at >= $7) and ($8::timestamptz is null or start_at < $8)
         and ($9::text is null or connection_id = $9)
         and ($10::float8 is null or (start_at, id) < (to_timestamp($10 / 1000.0), $11))
       order by start_at desc, id desc limit $12`,
      [
        ...[filter.open, filter.direction, filter.outcome, filter.agent, filter.queue, likeSafe(filter.number)],
        ...[filter.from, filter.to, filter.connectionId, afterMs, afterId, limit + 1],
      ].map((value) => value ?? null),
    );
    const items = rows.slice(0, limit).map(({ body }) => interactionSchema.parse(body));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last !== undefined ? `${last.startMs}~${last.id}` : null };
  }

  /** Calls per quarter of an hour over the last day, oldest first, empty quarters included. */
  async history(nowMs: number): Promise<QuarterCount[]> {
    return this.dataSource.query(
      `select (extract(epoch from q.slot) * 1000)::float8 as "atMs",
              count(i.id) filter (where i.outcome = 'answered')::int as answered,
              count(i.id) filter (where i.outcome = 'missed')::int as missed,
              count(i.id) filter (where i.outcome = 'abandoned')::int as abandoned,
              count(i.id) filter (where i.outcome not in ('answered', 'missed', 'abandoned'))::int as other
       from generate_series(date_bin('15 minutes', to_timestamp($1 / 1000.0) - interval '24 hours', 'epoch'),
                            to_timestamp($1 / 1000.0), interval '15 minutes') as q(slot)
       left join interaction i on i.start_at >= q.slot and i.start_at < q.slot + interval '15 minutes' and not i.open
       group by q.slot order by q.slot`,
      [nowMs],
    );
  }

  async agents(): Promise<
    { connectionId: string; agent: string; state: string; reason: string | null; sinceMs: number }[]
  > {
    return this.dataSource.query(
      `select connection_id as "connectionId", agent, state, reason, (extract(epoch from since) * 1000)::float8 as "sinceMs"
       from agent_state order by connection_id, agent`,
    );
  }
}

function parseCursor(cursor: string | undefined): [number | null, string | null] {
  const match = /^(\d+(?:\.\d+)?)~(.+)$/.exec(cursor ?? '');
  return match === null ? [null, null] : [Number(match[1]), match[2] ?? null];
}

function likeSafe(number: string | undefined): string | undefined {
  return number?.replace(/[^\d+*#\w]/g, '');
}
