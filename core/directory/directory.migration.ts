import type { MigrationInterface, QueryRunner } from 'typeorm';

const recordTables = `
  create table account (
    id text primary key,
    tenant_id text not null default 'default',
    name text not null,
    -- the name as compared: one account per company name, however it is capitalised
    name_key text not null,
    domain text,
    status text not null default 'active' check (status in ('active', 'inactive')),
    record_url text,
    created_at timestamptz not null,
    updated_at timestamptz not null
  );
  create unique index account_name on account (tenant_id, name_key);

  create table contact (
    id text primary key,
    tenant_id text not null default 'default',
    first_name text,
    last_name text,
    display_name text not null,
    sort_key text collate "C" not null,
    job_title text,
    account_id text references account (id) on delete set null,
    emails text[] not null default '{}',
    email_keys text[] not null default '{}',
    status text not null default 'active' check (status in ('active', 'inactive', 'converted')),
    record_url text,
    search tsvector not null default '',
    created_at timestamptz not null,
    updated_at timestamptz not null
  );
  create index contact_sorted on contact (tenant_id, sort_key, id);
  create index contact_search on contact using gin (search);
  -- without a pending list, which every look-up in the middle of an import would have to read whole
  create index contact_emails on contact using gin (email_keys) with (fastupdate = off);
  create index contact_account on contact (account_id) where account_id is not null;

  create table contact_link (
    tenant_id text not null default 'default',
    connection_id text not null,
    object text not null,
    record_id text not null,
    contact_id text references contact (id) on delete cascade,
    account_id text references account (id) on delete cascade,
    record_url text,
    updated_at timestamptz not null,
    primary key (connection_id, object, record_id)
  );
  create index contact_link_contact on contact_link (contact_id) where contact_id is not null;
  create index contact_link_account on contact_link (account_id) where account_id is not null;

  create table contact_intent (
    tenant_id text not null default 'default',
    intent_key text not null,
    contact_id text not null references contact (id) on delete cascade deferrable initially deferred,
    created_at timestamptz not null,
    primary key (tenant_id, intent_key)
  );
  create index contact_intent_contact on contact_intent (contact_id);

  -- who talked to whom last: the first tie-breaker
  create table contact_touch (
    contact_id text not null references contact (id) on delete cascade,
    agent text not null,
    at timestamptz not null,
    primary key (contact_id, agent)
  );`;

const numberIndex = `
  create table number_index (
    id bigint generated always as identity primary key,
    tenant_id text not null default 'default',
    contact_id text references contact (id) on delete cascade,
    account_id text references account (id) on delete cascade,
    -- phone: stands in the record; alias: a user said this number is theirs
    kind text not null check (kind in ('phone', 'alias')),
    label text not null,
    position integer not null,
    raw text not null,
    e164 text collate "C",
    extension text,
    presentation text not null,
    -- digits of the number, last one first: a suffix search is a prefix search here
    reversed text collate "C",
    check ((contact_id is null) <> (account_id is null))
  );
  create index number_index_e164 on number_index (tenant_id, e164) where e164 is not null;
  create index number_index_reversed on number_index (tenant_id, reversed) where reversed is not null;
  -- what is not fully known is rare, and asked about on every call
  create index number_index_unparsed on number_index (tenant_id, reversed) where e164 is null and reversed is not null;
  create index number_index_contact on number_index (contact_id) where contact_id is not null;
  create index number_index_account on number_index (account_id) where account_id is not null;`;

const decisionTables = `
  create table identification (
    interaction_id text primary key,
    tenant_id text not null default 'default',
    contact_id text,
    account_id text,
    action text not null,
    body jsonb not null,
    -- contacts a live look-up named for this caller
    vouched text[] not null default '{}',
    chosen_by text,
    revision integer not null default 1,
    decided_at timestamptz not null
  );
  create index identification_contact on identification (contact_id) where contact_id is not null;

  create table directory_setting (
    tenant_id text primary key,
    body jsonb not null,
    version integer not null,
    updated_at timestamptz not null,
    updated_by text not null
  );`;

const importTables = `
  create table contact_import (
    id text primary key,
    tenant_id text not null default 'default',
    file_name text not null,
    mapping jsonb not null,
    delimiter text not null,
    state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
    done integer not null default 0,
    total integer not null default 0,
    created integer not null default 0,
    updated integer not null default 0,
    rejected integer not null default 0,
    problems jsonb not null default '[]',
    created_by text not null,
    created_at timestamptz not null,
    -- moves with every batch; one that stands still was lost and is started anew by the sweep
    progressed_at timestamptz not null
  );
  create index contact_import_running on contact_import (progressed_at) where state = 'running';

  create table contact_import_chunk (
    import_id text not null references contact_import (id) on delete cascade,
    seq integer not null,
    body text not null,
    primary key (import_id, seq)
  );`;

export class CreateDirectory1700000000201 implements MigrationInterface {
  readonly name = 'CreateDirectory1700000000201';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [recordTables, numberIndex, decisionTables, importTables]) await runner.query(part);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup to go back.');
  }
}

/** Which dictionary in which version read a record last. */
export class LinkReadBy1764633600003 implements MigrationInterface {
  readonly name = 'LinkReadBy1764633600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table contact_link add column read_by text');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup to go back.');
  }
}

export const directoryMigrations = [CreateDirectory1700000000201, LinkReadBy1764633600003];
