import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { linkStates } from '#core/contract/api/connections.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

export type HealthState = (typeof linkStates)[number];

export interface Health {
  readonly state: HealthState;
  readonly since: Date;
  readonly last_event_at: Date | null;
  readonly detail: string | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly reconnects: number;
}

export interface HealthReport {
  readonly state: HealthState;
  readonly detail: string | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly reconnects: number;
}

const columns = 'connection_id, state, since, last_event_at, detail, code, field, reconnects';

@Injectable()
export class HealthStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async all(): Promise<ReadonlyMap<string, Health>> {
    const rows: (Health & { connection_id: string })[] = await this.dataSource.query(
      `select ${columns} from connection_health`,
    );
    return new Map(rows.map((row) => [row.connection_id, row]));
  }

  async of(connectionId: string): Promise<Health | undefined> {
    const rows: Health[] = await this.dataSource.query(
      `select ${columns} from connection_health where connection_id = $1`,
      [connectionId],
    );
    return rows[0];
  }

  /** Nothing happens when the connection was deleted meanwhile. */
  async report(connectionId: string, report: HealthReport, atMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into connection_health (connection_id, state, since, detail, code, field, reconnects)
       select id, $2, $3, $4, $5, $6, $7 from connection where id = $1
       on conflict (connection_id) do update set
         since = case when connection_health.state = excluded.state then connection_health.since else excluded.since end,
         state = excluded.state, detail = excluded.detail, code = excluded.code, field = excluded.field,
         reconnects = excluded.reconnects`,
      [connectionId, report.state, new Date(atMs), report.detail, report.code, report.field, report.reconnects],
    );
  }

  async noteEvent(connectionId: string, atMs: number): Promise<void> {
    await this.dataSource.query('update connection_health set last_event_at = $2 where connection_id = $1', [
      connectionId,
      new Date(atMs),
    ]);
  }
}
