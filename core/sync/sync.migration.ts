import type { MigrationInterface, QueryRunner } from 'typeorm';

class Outbox1764115200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox_write (
        id uuid primary key,
        seq bigint generated always as identity,
        tenant_id text not null default 'default',
        connection_id text not null,
        object text not null,
        entity text not null,
        key text not null,
        revision integer not null,
        mode text not null,
        "values" jsonb not null,
        associations jsonb not null,
        origin text not null,
        state text not null,
        attempts integer not null default 0,
        due_at timestamptz not null,
        record_id text,
        dictionary text,
        sent jsonb,
        kept text[] not null default '{}',
        error_code text,
        error_message text,
        error_field text,
        fingerprint text,
        created_at timestamptz not null,
        settled_at timestamptz,
        unique (connection_id, object, key, revision)
      )`);
    await runner.query(`
      create index outbox_write_owed on outbox_write (connection_id, object, seq)
      where state in ('waiting', 'running', 'retrying', 'inDoubt')`);
    await runner.query(`create index outbox_write_origin on outbox_write (origin)`);
    await runner.query(`create index outbox_write_state on outbox_write (state, seq desc)`);
    await runner.query(`create index outbox_write_settled on outbox_write (settled_at) where settled_at is not null`);
    await runner.query(`create index outbox_write_dead on outbox_write (fingerprint) where state = 'dead'`);
    await runner.query(`
      create table record_link (
        tenant_id text not null default 'default',
        connection_id text not null,
        object text not null,
        key text not null,
        record_id text not null,
        record_url text,
        base jsonb not null,
        associations jsonb not null,
        revision integer not null,
        updated_at timestamptz not null,
        primary key (connection_id, object, key)
      )`);
    await runner.query(`
      create table outbox_pump (
        connection_id text not null,
        object text not null,
        failures integer not null default 0,
        paused_until timestamptz,
        pause_code text,
        primary key (connection_id, object)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

/** Why a written record has its values. */
class WriteReasons1764633600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_write
        -- record field to the rule that made it
        add column rules jsonb,
        -- country the dictionary took numbers to be of
        add column region text,
        -- dictionary that read what the values are made of
        add column read_by text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const syncMigrations = [Outbox1764115200001, WriteReasons1764633600002];
