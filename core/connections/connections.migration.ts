import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConnections1700000000102 implements MigrationInterface {
  readonly name = 'CreateConnections1700000000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connection (
        id text primary key,
        tenant_id text not null default 'default',
        connector_id text not null,
        name text not null,
        enabled boolean not null,
        demo boolean not null,
        -- without its secrets
        config jsonb not null,
        -- field path to sealed value
        secrets jsonb not null,
        -- grows with every change that concerns the link
        revision integer not null,
        created_at timestamptz not null
      );
      create index connection_tenant on connection (tenant_id, created_at);

      create table connection_health (
        connection_id text primary key references connection (id) on delete cascade,
        state text not null,
        since timestamptz not null,
        last_event_at timestamptz,
        detail text,
        code text,
        field text,
        reconnects integer not null
      );

      create table connection_notice (
        id bigint generated always as identity primary key,
        connection_id text not null references connection (id) on delete cascade,
        code text not null,
        message text not null,
        at timestamptz not null
      );
      create index connection_notice_newest on connection_notice (connection_id, id desc);

      create table connection_cursor (
        connection_id text primary key references connection (id) on delete cascade,
        value jsonb not null,
        updated_at timestamptz not null
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup to go back.');
  }
}

export const connectionsMigrations = [CreateConnections1700000000102];
