/** The append-only event table and the interactions derived from it, written together in one statement. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { callEvent, type CallEvent } from '#core/contract/call-events.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { CallCommit } from './call-commit.ts';

const commitSql = `
with stored as (
  insert into call_event (connection_id, event_id, call_id, at, body)
  select e."connectionId", e."eventId", e."callId", to_timestamp(e."atMs" / 1000.0), e.body
  from jsonb_to_recordset($1::jsonb) as e("connectionId" text, "eventId" text, "callId" text, "atMs" float8, body jsonb)
  on conflict (connection_id, event_id) do nothing
), derived as (
  insert into interaction (id, connection_id, revision, open, direction, outcome, caller_number, callee, agents, queue,
                           start_at, changed_at, body, tracker_state)
  select i.body->>'id', i.body->>'connectionId', (i.body->>'revision')::int, (i.body->>'open')::boolean, i.body->>'direction',
         i.body->>'outcome', i.body->'caller'->>'number', i.body->>'callee',
         array(select jsonb_array_elements_text(i.body->'agents')), i.body->>'queue',
         to_timestamp((i.body->>'startMs')::float8 / 1000.0), clock_timestamp(), i.body, i.resume::jsonb
  from jsonb_to_recordset($2::jsonb) as i(body jsonb, resume text)
  on conflict (id) do update set
    revision = excluded.revision, touched = interaction.touched + 1, open = excluded.open, direction = excluded.direction,
    outcome = excluded.outcome, caller_number = excluded.caller_number, callee = excluded.callee, agents = excluded.agents,
    queue = excluded.queue, start_at = excluded.start_at, changed_at = excluded.changed_at, body = excluded.body,
    tracker_state = excluded.tracker_state
  where interaction.revision < excluded.revision
), merged as (
  delete from interaction where id = any($4)
)
insert into agent_state (connection_id, agent, state, reason, since)
select a."connectionId", a.agent, a.state, a.reason, to_timestamp(a."atMs" / 1000.0)
from jsonb_to_recordset($3::jsonb) as a("connectionId" text, agent text, state text, reason text, "atMs" float8)
on conflict (connection_id, agent) do update set
  state = excluded.state, reason = excluded.reason,
  since = case when agent_state.state = excluded.state then agent_state.since else excluded.since end`;

@Injectable()
export class CallEventsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** One statement, one commit: after it the events and everything derived from them survive a power cut. */
  async commit(commits: readonly CallCommit[]): Promise<void> {
    const events = commits.flatMap(({ connectionId, callEvents }) =>
      callEvents.map((event) => ({
        connectionId,
        eventId: event.eventId,
        callId: event.callId,
        atMs: event.atMs,
        body: event,
      })),
    );
    const changed = commits.flatMap((commit) =>
      commit.changed.map(({ interaction, resume }) => ({ body: interaction, resume })),
    );
    const agents = new Map(
      commits.flatMap(({ connectionId, agentEvents }) =>
        agentEvents.map((event) => [
          `${connectionId}|${event.agent}`,
          { connectionId, ...event, reason: event.reason ?? null },
        ]),
      ),
    );
    const merged = commits.flatMap(({ absorbed }) => absorbed.map(({ id }) => id));
    await this.dataSource.query(commitSql, [
      JSON.stringify(events),
      JSON.stringify(changed),
      JSON.stringify([...agents.values()]),
      merged,
    ]);
  }

  /** Ids of the newest events of a connection: what may be delivered again after a restart. */
  async recentEventIds(connectionId: string, limit: number): Promise<string[]> {
    const rows: { event_id: string }[] = await this.dataSource.query(
      `select event_id from call_event where connection_id = $1 order by seq desc limit $2`,
      [connectionId, limit],
    );
    return rows.map((row) => row.event_id);
  }

  async eventsOf(connectionId: string, callIds: readonly string[]): Promise<CallEvent[]> {
    const rows: { body: unknown }[] = await this.dataSource.query(
      `select body from call_event where connection_id = $1 and call_id = any($2) order by seq limit 5000`,
      [connectionId, callIds],
    );
    return rows.map(({ body }) => callEvent.parse(body));
  }
}
