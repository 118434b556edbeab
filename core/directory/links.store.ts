/** Which record of which system is which contact or company, and which known contact a new record probably is. */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IndexedNumber } from './contact-record.ts';
import type { Twin, TwinAsk } from './twin.ts';
import { storableJson } from '#core/kit/storable-json.ts';

export interface LinkKey {
  readonly connectionId: string;
  readonly object: string;
}
export interface Link extends LinkKey {
  readonly recordId: string;
  readonly contactId: string | null;
  readonly accountId: string | null;
  readonly recordUrl: string | null;
  /** `hubspot/contact v2`: the dictionary that read the record last. */
  readonly readBy?: string | undefined;
}
export interface AccountRow {
  readonly id: string;
  readonly tenantId: string;
  readonly domain: string | null;
  readonly status: 'active' | 'inactive';
  readonly recordUrl: string | null;
  readonly numbers: readonly IndexedNumber[];
}

/**
 * Every table is asked once for the keys of the whole batch, and only the small answers are joined: in the middle of an
 * import the planner's statistics are far behind, and a join row by row reads the whole table each time. For the same
 * reason each table is asked by its narrow key alone, and tenant and connection are compared afterwards.
 */
const twinsStatement = `
  with r as materialized (select * from jsonb_to_recordset($1::jsonb)
    as r(at int, "recordId" text, "emailKeys" text[], e164s text[], "sortKey" text)),
  by_link as materialized (select record_id, contact_id from contact_link
    where connection_id = $3 and object = $4 and record_id = any($7::text[]) and contact_id is not null),
  mailboxes as materialized (select id, tenant_id, email_keys from contact where email_keys && $5::text[]),
  by_email as materialized (select id, unnest(email_keys) as key from mailboxes where tenant_id = $2),
  numbers as materialized (select e164, contact_id from number_index
    where tenant_id = $2 and e164 = any($6::text[]) and kind = 'phone' and contact_id is not null),
  by_number as materialized (select n.e164, c.id, c.sort_key from numbers n join contact c on c.id = n.contact_id),
  links as materialized (select contact_id, connection_id, object from contact_link
    where contact_id = any(array(select id from by_email union select id from by_number))),
  taken as materialized (select contact_id from links where connection_id = $3 and object = $4)
  select r.at, l.contact_id as "contactId", 'link' as way from r join by_link l on l.record_id = r."recordId"
  union select r.at, c.id, 'email' from r cross join unnest(r."emailKeys") k(key) join by_email c on c.key = k.key
    where r."recordId" is null or c.id not in (select contact_id from taken)
  union select r.at, c.id, 'number' from r cross join unnest(r.e164s) k(e164)
    join by_number c on c.e164 = k.e164 and c.sort_key = r."sortKey"
    where r."recordId" is null or c.id not in (select contact_id from taken)`;

@Injectable()
export class LinksStore {
  /** Until the transaction ends nobody else writes this record into the directory. */
  async lockRecord({ connectionId, object }: LinkKey, recordId: string, manager: EntityManager): Promise<void> {
    await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [
      storableJson([connectionId, object, recordId]),
    ]);
  }

  async find({ connectionId, object }: LinkKey, recordId: string, manager: EntityManager): Promise<Link | null> {
    const rows: Link[] = await manager.query(
      `select connection_id as "connectionId", object, record_id as "recordId", contact_id as "contactId",
         account_id as "accountId", record_url as "recordUrl"
       from contact_link where connection_id = $1 and object = $2 and record_id = $3`,
      [connectionId, object, recordId],
    );
    return rows[0] ?? null;
  }

  async save(
    links: readonly Link[],
    { tenantId, nowMs }: { tenantId: string; nowMs: number },
    manager: EntityManager,
  ): Promise<void> {
    if (links.length === 0) return;
    await manager.query(
      `insert into contact_link (tenant_id, connection_id, object, record_id, contact_id, account_id, record_url, read_by, updated_at)
       select $2, r."connectionId", r.object, r."recordId", r."contactId", r."accountId", r."recordUrl", r."readBy", to_timestamp($3 / 1000.0)
       from jsonb_to_recordset($1::jsonb) as r("connectionId" text, object text, "recordId" text, "contactId" text,
         "accountId" text, "recordUrl" text, "readBy" text)
       on conflict (connection_id, object, record_id) do update set contact_id = excluded.contact_id,
         account_id = excluded.account_id, record_url = excluded.record_url, read_by = excluded.read_by,
         updated_at = excluded.updated_at`,
      [storableJson(links), tenantId, nowMs],
    );
  }

  /**
   * Contacts a record may be: linked to it, with one of its e-mail addresses, or with one of its numbers and its name. A
   * contact that is already linked to another record of the same object is somebody else.
   */
  twins(
    asks: readonly TwinAsk[],
    link: LinkKey,
    { tenantId, manager }: { tenantId: string; manager: EntityManager },
  ): Promise<Twin[]> {
    const texts = (values: readonly (string | null)[]) =>
      values.filter((value) => value !== null).map((value) => value.replaceAll('\u0000', ''));
    return manager.query(twinsStatement, [
      storableJson(asks),
      tenantId,
      link.connectionId,
      link.object,
      texts(asks.flatMap(({ emailKeys }) => emailKeys)),
      texts(asks.flatMap(({ e164s }) => e164s)),
      texts(asks.map(({ recordId }) => recordId)),
    ]);
  }

  async saveAccount(row: AccountRow, nowMs: number, manager: EntityManager): Promise<void> {
    await manager.query(
      `update account set domain = coalesce($2, domain), status = $3, record_url = coalesce($4, record_url),
         updated_at = to_timestamp($5 / 1000.0) where id = $1`,
      [row.id, row.domain, row.status, row.recordUrl, nowMs],
    );
    await manager.query(`delete from number_index where kind = 'phone' and account_id = $1`, [row.id]);
    await manager.query(
      `insert into number_index (tenant_id, account_id, kind, label, position, raw, e164, extension, presentation, reversed)
       select $2, $1, 'phone', n.value->>'label', n.ordinality, n.value->>'raw', n.value->>'e164', n.value->>'extension',
         n.value->>'presentation', n.value->>'reversed'
       from jsonb_array_elements($3::jsonb) with ordinality n`,
      [row.id, row.tenantId, storableJson(row.numbers)],
    );
  }
}
