import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccess1700000000101 implements MigrationInterface {
  readonly name = 'CreateAccess1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenant (
        id text primary key,
        default_region text not null,
        created_at timestamptz not null
      );

      create table app_user (
        id text primary key,
        tenant_id text not null default 'default',
        email text not null,
        -- the e-mail as compared: what makes it unique whatever its capitals
        email_key text not null unique,
        display_name text not null,
        role text not null check (role in ('administrator', 'integrator', 'operator', 'agent')),
        extension text,
        connection_id text,
        disabled boolean not null default false,
        password_hash text not null,
        created_at timestamptz not null
      );
      -- one user per phone
      create unique index app_user_phone on app_user (tenant_id, coalesce(connection_id, ''), extension)
        where extension is not null;

      create table user_session (
        token_hash bytea primary key,
        user_id text not null references app_user (id) on delete cascade,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        ip text not null,
        user_agent text not null
      );
      create index user_session_user on user_session (user_id);
      create index user_session_created on user_session (created_at);

      create table api_key (
        id text primary key,
        tenant_id text not null default 'default',
        name text not null,
        prefix text not null unique,
        secret_hash bytea not null,
        role text not null check (role in ('administrator', 'integrator', 'operator', 'agent')),
        created_by text not null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz
      );

      create table login_throttle (
        key text primary key,
        failures integer not null,
        last_at timestamptz not null
      );
      create index login_throttle_last on login_throttle (last_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward; restore a backup to go back.');
  }
}

export const accessMigrations = [CreateAccess1700000000101];
