/** Whether the demo is on, and the removal of everything it made. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

/** Rows that hang on an interaction of a demo connection go before the interaction itself; $1 = connection ids. */
const purgeByInteraction = ['wrap_up', 'identification', 'pop', 'journal_progress', 'journal_entry'].map(
  (table) => `delete from ${table} where interaction_id in (select id from interaction where connection_id = any($1))`,
);
const purgeByConnection = [
  'call_event',
  'interaction',
  'agent_state',
  'journal_entry',
  'journal_policy',
  'outbox_write',
  'record_link',
  'outbox_pump',
  'mapping_loss',
  'dictionary_sample',
].map((table) => `delete from ${table} where connection_id = any($1)`);
/** Contacts of the seed and those the demo's CRM brought in; $1 = connection ids, $2 = tenant. Answers their companies. */
const purgeContacts = `
  delete from contact
  where id in (select contact_id from contact_link where connection_id = any($1) and contact_id is not null)
     or id in (select unnest(contact_ids) from demo where tenant_id = $2)
  returning account_id`;
/** Companies that came with them and that nobody else works for. */
const purgeAccounts = `
  delete from account a where a.id = any($1)
    and not exists (select 1 from contact c where c.account_id = a.id)
    and not exists (select 1 from contact_link l where l.account_id = a.id)`;

@Injectable()
export class DemoStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async contactIds(tenantId: string): Promise<string[] | null> {
    const rows: { contact_ids: string[] }[] = await this.dataSource.query(
      `select contact_ids from demo where tenant_id = $1`,
      [tenantId],
    );
    return rows[0]?.contact_ids ?? null;
  }

  async turnOn(tenantId: string, contactIds: readonly string[], nowMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into demo (tenant_id, started_at, contact_ids) values ($1, to_timestamp($2 / 1000.0), $3)
       on conflict (tenant_id) do update set contact_ids = excluded.contact_ids`,
      [tenantId, nowMs, contactIds],
    );
  }

  async callsPlayed(connectionIds: readonly string[]): Promise<number> {
    const rows: { count: number }[] = await this.dataSource.query(
      `select count(*)::int as count from interaction where connection_id = any($1)`,
      [connectionIds],
    );
    return rows[0]?.count ?? 0;
  }

  /** Answers the users whose desks showed something of it; those who sat at a phone of it have none now. */
  async purge(tenantId: string, connectionIds: readonly string[]): Promise<string[]> {
    return this.dataSource.transaction(async (manager) => {
      const users: { user_id: string }[] = await manager.query(
        `select user_id from pop where interaction_id in (select id from interaction where connection_id = any($1))
         union select id from app_user where connection_id = any($1)`,
        [connectionIds],
      );
      for (const statement of [...purgeByInteraction, ...purgeByConnection]) {
        await manager.query(statement, [connectionIds]);
      }
      const [contacts]: [{ account_id: string | null }[], number] = await manager.query(purgeContacts, [
        connectionIds,
        tenantId,
      ]);
      await manager.query(purgeAccounts, [contacts.map(({ account_id }) => account_id)]);
      const userIds = users.map(({ user_id }) => user_id);
      // Their desks load anew, so nobody needs the events that told of the demo's calls.
      await manager.query(`delete from desk_event where user_id = any($1)`, [userIds]);
      await manager.query(`update app_user set extension = null, connection_id = null where connection_id = any($1)`, [
        connectionIds,
      ]);
      await manager.query(`delete from demo where tenant_id = $1`, [tenantId]);
      return userIds;
    });
  }
}
