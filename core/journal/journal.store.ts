/** What the journal has composed, and how far each interaction has been journaled. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { journalPolicy, type JournalPolicy } from '#core/contract/journal-policy.ts';

interface Progress {
  readonly interactionId: string;
  readonly touched: number;
  readonly dueAtMs: number | null;
}

export interface Entry {
  readonly interactionId: string;
  readonly hash: string;
  /** The write without its revision, which the store counts. */
  readonly write: Omit<PlannedWrite, 'revision'>;
}

@Injectable()
export class JournalStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Stores entries whose content changed, each with the next revision, and how far the interaction has come; one
   * transaction. Answers the writes to hand to the outbox. Nothing is stored when another process has journaled a later
   * state of the interaction meanwhile: the older one would come out as the newest revision.
   */
  async record(progress: Progress, entries: readonly Entry[], nowMs: number): Promise<PlannedWrite[]> {
    return this.dataSource.transaction(async (manager) => {
      const writes: PlannedWrite[] = [];
      if (!(await advance(manager, progress))) return writes;
      for (const entry of entries) {
        const rows: { revision: number }[] = await manager.query(
          `insert into journal_entry (key, connection_id, tenant_id, interaction_id, hash, revision, write, updated_at)
           values ($1, $2, $3, $4, $5, 1, $6, to_timestamp($7 / 1000.0))
           on conflict (connection_id, key) do update
           set hash = excluded.hash, revision = journal_entry.revision + 1, write = excluded.write, updated_at = excluded.updated_at
           where journal_entry.hash <> excluded.hash
           returning revision`,
          [
            entry.write.key,
            entry.write.connectionId,
            entry.write.tenantId,
            entry.interactionId,
            entry.hash,
            JSON.stringify(entry.write),
            nowMs,
          ],
        );
        const revision = rows[0]?.revision;
        if (revision !== undefined) writes.push({ ...entry.write, revision });
      }
      return writes;
    });
  }

  /** The interaction is there no more: it became part of another one, or was taken away. */
  async forget(interactionId: string): Promise<void> {
    await this.dataSource.query(`delete from journal_progress where interaction_id = $1`, [interactionId]);
  }

  async markHanded(writes: readonly PlannedWrite[]): Promise<void> {
    await this.dataSource.query(
      `update journal_entry e set handed_revision = greatest(e.handed_revision, w.revision)
       from jsonb_to_recordset($1::jsonb) as w("connectionId" text, key text, revision int)
       where e.connection_id = w."connectionId" and e.key = w.key`,
      [JSON.stringify(writes.map(({ connectionId, key, revision }) => ({ connectionId, key, revision })))],
    );
  }

  /** Composed but never confirmed as held by the outbox: the process died in between. */
  async unhanded(limit: number): Promise<PlannedWrite[]> {
    const rows: { write: Omit<PlannedWrite, 'revision'>; revision: number }[] = await this.dataSource.query(
      `select write, revision from journal_entry where handed_revision < revision order by updated_at limit $1`,
      [limit],
    );
    return rows.map(({ write, revision }) => ({ ...write, revision }));
  }

  /** Interactions changed since they were last journaled, or whose waiting time is over. */
  async behind(sinceMs: number, nowMs: number, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `select i.id from interaction i left join journal_progress p on p.interaction_id = i.id
       where i.changed_at > to_timestamp($1 / 1000.0) and (p.touched is null or p.touched < i.touched)
       union
       select p.interaction_id from journal_progress p where p.due_at <= to_timestamp($2 / 1000.0)
       limit $3`,
      [sinceMs, nowMs, limit],
    );
    return rows.map(({ id }) => id);
  }

  async policies(): Promise<Map<string, JournalPolicy>> {
    const rows: { connection_id: string; policy: unknown }[] = await this.dataSource.query(
      `select connection_id, policy from journal_policy`,
    );
    return new Map(rows.map((row) => [row.connection_id, journalPolicy.parse(row.policy)]));
  }

  async setPolicy(connectionId: string, policy: JournalPolicy, nowMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into journal_policy (connection_id, policy, updated_at) values ($1, $2, to_timestamp($3 / 1000.0))
       on conflict (connection_id) do update set policy = excluded.policy, updated_at = excluded.updated_at`,
      [connectionId, JSON.stringify(policy), nowMs],
    );
  }
}

/** Locks the interaction's progress until the commit. False when it is further already. */
async function advance(manager: EntityManager, { interactionId, touched, dueAtMs }: Progress): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `insert into journal_progress (interaction_id, touched, due_at) values ($1, $2, to_timestamp($3 / 1000.0))
     on conflict (interaction_id) do update set touched = excluded.touched, due_at = excluded.due_at
     where journal_progress.touched <= excluded.touched
     returning touched`,
    [interactionId, touched, dueAtMs],
  );
  return rows.length > 0;
}
