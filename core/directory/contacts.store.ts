/** Contacts with their numbers and links. Batches go to the database in one statement each, however many rows they have. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { Contact } from '#core/contract/api/directory.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { ContactRow } from './contact-record.ts';
import { contactView, type StoredContact } from './contact-view.ts';
import { storableJson } from '#core/kit/storable-json.ts';

const columns = `c.id, c.tenant_id as "tenantId", c.first_name as "firstName", c.last_name as "lastName",
  c.display_name as "displayName", c.job_title as "jobTitle", c.account_id as "accountId", a.name as "accountName",
  c.emails, c.status, c.record_url as "recordUrl", c.updated_at as "updatedAt", c.sort_key as "sortKey",
  (select coalesce(json_agg(json_build_object('label', n.label, 'raw', n.raw, 'e164', n.e164, 'extension', n.extension,
     'presentation', n.presentation) order by n.position, n.id), '[]')
   from number_index n where n.contact_id = c.id and n.kind = 'phone') as numbers,
  (select coalesce(json_agg(json_build_object('connectionId', l.connection_id, 'object', l.object, 'recordId', l.record_id)
     order by l.connection_id, l.object, l.record_id), '[]')
   from contact_link l where l.contact_id = c.id) as links`;

@Injectable()
export class ContactsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }

  /** Inserts or replaces contacts, and replaces their numbers (aliases that users confirmed stay). */
  async save(rows: readonly ContactRow[], nowMs: number, manager: EntityManager): Promise<void> {
    if (rows.length === 0) return;
    const json = storableJson(rows);
    await manager.query(
      `insert into contact (id, tenant_id, first_name, last_name, display_name, sort_key, job_title, account_id, emails,
         email_keys, status, record_url, search, created_at, updated_at)
       select r.id, r."tenantId", r."firstName", r."lastName", r."displayName", r."sortKey", r."jobTitle", r."accountId",
         r.emails, r."emailKeys", r.status, r."recordUrl", array_to_tsvector(r.terms), to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0)
       from jsonb_to_recordset($1::jsonb) as r(id text, "tenantId" text, "firstName" text, "lastName" text, "displayName" text,
         "sortKey" text, "jobTitle" text, "accountId" text, emails text[], "emailKeys" text[], status text, "recordUrl" text, terms text[])
       on conflict (id) do update set first_name = excluded.first_name, last_name = excluded.last_name,
         display_name = excluded.display_name, sort_key = excluded.sort_key, job_title = excluded.job_title,
         account_id = excluded.account_id, emails = excluded.emails, email_keys = excluded.email_keys,
         status = excluded.status, record_url = excluded.record_url, search = excluded.search, updated_at = excluded.updated_at`,
      [json, nowMs],
    );
    await manager.query(`delete from number_index where kind = 'phone' and contact_id = any($1)`, [
      rows.map(({ id }) => id),
    ]);
    await manager.query(
      `insert into number_index (tenant_id, contact_id, kind, label, position, raw, e164, extension, presentation, reversed)
       select r."tenantId", r.id, 'phone', n.value->>'label', n.ordinality, n.value->>'raw', n.value->>'e164',
         n.value->>'extension', n.value->>'presentation', n.value->>'reversed'
       from jsonb_to_recordset($1::jsonb) as r(id text, "tenantId" text, numbers jsonb)
       cross join jsonb_array_elements(r.numbers) with ordinality n`,
      [json],
    );
  }

  /** Without a tenant: for the hub's own parts that got the id from the hub itself. */
  async find(id: string, tenantId: string | null, manager?: EntityManager): Promise<Contact | null> {
    const [found] = await this.findMany([id], tenantId, manager);
    return found ?? null;
  }

  async findMany(ids: readonly string[], tenantId: string | null, manager?: EntityManager): Promise<Contact[]> {
    const rows: StoredContact[] = await (manager ?? this.dataSource.manager).query(
      `select ${columns} from contact c left join account a on a.id = c.account_id
       where c.id = any($1) and ($2::text is null or c.tenant_id = $2)`,
      [ids, tenantId],
    );
    return rows.map(contactView);
  }

  /** Locks the row until the transaction ends, so that two changes of one contact do not overwrite each other. */
  async lock(id: string, tenantId: string, manager: EntityManager): Promise<boolean> {
    const rows: unknown[] = await manager.query('select 1 from contact where id = $1 and tenant_id = $2 for update', [
      id,
      tenantId,
    ]);
    return rows.length > 0;
  }

  async remove(id: string, tenantId: string): Promise<boolean> {
    const [, count]: [unknown, number] = await this.dataSource.query(
      'delete from contact where id = $1 and tenant_id = $2',
      [id, tenantId],
    );
    return count > 0;
  }

  /**
   * Claims an intent for a new contact. Answers the contact that already has it, else null: then it is the caller's, who
   * must store the contact in the same transaction. A second claim waits for the first transaction.
   */
  async claimIntent(
    claim: { tenantId: string; intentKey: string; contactId: string },
    nowMs: number,
    manager: EntityManager,
  ) {
    await manager.query(
      `insert into contact_intent (tenant_id, intent_key, contact_id, created_at)
       values ($1, $2, $3, to_timestamp($4 / 1000.0)) on conflict do nothing`,
      [claim.tenantId, claim.intentKey, claim.contactId, nowMs],
    );
    const rows: { contact_id: string }[] = await manager.query(
      'select contact_id from contact_intent where tenant_id = $1 and intent_key = $2',
      [claim.tenantId, claim.intentKey],
    );
    const holder = rows[0]?.contact_id ?? claim.contactId;
    return holder === claim.contactId ? null : holder;
  }

  /** Accounts by name, made where missing; answers ids by name key. */
  async ensureAccounts(
    accounts: readonly { id: string; name: string; nameKey: string }[],
    { tenantId, nowMs }: { tenantId: string; nowMs: number },
    manager: EntityManager,
  ): Promise<Map<string, string>> {
    if (accounts.length === 0) return new Map();
    const json = storableJson(accounts);
    await manager.query(
      `insert into account (id, tenant_id, name, name_key, created_at, updated_at)
       select r.id, $2, r.name, r."nameKey", to_timestamp($3 / 1000.0), to_timestamp($3 / 1000.0)
       from jsonb_to_recordset($1::jsonb) as r(id text, name text, "nameKey" text) order by r."nameKey"
       on conflict (tenant_id, name_key) do nothing`,
      [json, tenantId, nowMs],
    );
    const rows: { id: string; name_key: string }[] = await manager.query(
      'select id, name_key from account where tenant_id = $1 and name_key = any($2)',
      [tenantId, accounts.map(({ nameKey }) => nameKey)],
    );
    return new Map(rows.map((row) => [row.name_key, row.id]));
  }
}
