/**
 * The per-user event log behind the desk's stream. Each user has a gapless cursor whose row is locked until the commit,
 * so whoever has read up to a cursor has seen everything before it.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { deskEvent, type DeskEvent, type Pop } from '#core/contract/desk.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { relaxedCommit } from '#core/platform/database/relaxed-commit.ts';

export interface DeskAppend {
  readonly userId: string;
  readonly event: DeskEvent;
}

const appendSql = `
with kept as (
  insert into pop (id, interaction_id, user_id, agent, state, body, at)
  select p.body->>'id', p.body->>'interactionId', p.body->>'userId', p.body->>'agent', p.body->>'state', p.body,
         to_timestamp((p.body->>'atMs')::float8 / 1000.0)
  from jsonb_to_recordset($2::jsonb) as p(body jsonb)
  on conflict (interaction_id, user_id) do update
  set id = excluded.id, agent = excluded.agent, at = excluded.at, state = excluded.state, body = excluded.body
  where case when pop.id = excluded.id
             then pop.state = 'shown' or (pop.state = 'acknowledged' and excluded.state <> 'shown')
             else pop.state <> 'closed' or pop.body->>'closedReason' in ('rangOut', 'answeredElsewhere') end
), given as (
  select e."userId" as user_id, e.event, row_number() over (partition by e."userId" order by e.n) as nth
  from jsonb_to_recordset($1::jsonb) as e("userId" text, event jsonb, n int)
), cursors as (
  insert into desk_cursor (user_id, last)
  select user_id, count(*) from given group by user_id order by user_id
  on conflict (user_id) do update set last = desk_cursor.last + excluded.last
  returning user_id, last
), counted as (select user_id, count(*) as total from given group by user_id), written as (
  insert into desk_event (user_id, cursor, body)
  select g.user_id, c.last - t.total + g.nth, g.event
  from given g join cursors c using (user_id) join counted t using (user_id)
)
select user_id as "userId", last::float8 as cursor, ${relaxedCommit} from cursors`;

@Injectable()
export class DeskEventsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Stores changed pops and appends events, atomically. Answers each user's newest cursor. */
  async append(events: readonly DeskAppend[], pops: readonly Pop[]): Promise<{ userId: string; cursor: number }[]> {
    const numbered = events.map((event, n) => ({ ...event, n }));
    return this.dataSource.query(appendSql, [JSON.stringify(numbered), JSON.stringify(pops.map((body) => ({ body })))]);
  }

  /** Events after a cursor, oldest first. */
  async after(userId: string, cursor: number, limit: number): Promise<{ cursor: number; event: DeskEvent }[]> {
    const rows: { cursor: number; body: unknown }[] = await this.dataSource.query(
      `select cursor::float8 as cursor, body from desk_event where user_id = $1 and cursor > $2 order by cursor limit $3`,
      [userId, cursor, limit],
    );
    return rows.map((row) => ({ cursor: row.cursor, event: deskEvent.parse(row.body) }));
  }

  /** The newest cursor and the oldest one still held. */
  async range(userId: string): Promise<{ last: number; oldest: number }> {
    const rows: { last: number; oldest: number | null }[] = await this.dataSource.query(
      `select c.last::float8 as last, (select min(cursor) from desk_event where user_id = $1)::float8 as oldest
       from desk_cursor c where c.user_id = $1`,
      [userId],
    );
    const row = rows[0];
    return row === undefined ? { last: 0, oldest: 1 } : { last: row.last, oldest: row.oldest ?? row.last + 1 };
  }

  async prune(olderThanMs: number): Promise<void> {
    await this.dataSource.query(`delete from desk_event where at < to_timestamp($1 / 1000.0)`, [olderThanMs]);
  }
}
