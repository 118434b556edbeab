import type { MigrationInterface, QueryRunner } from 'typeorm';

class Desk1764115200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pop (
        id text primary key,
        tenant_id text not null default 'default',
        interaction_id text not null,
        user_id text not null,
        agent text not null,
        state text not null,
        body jsonb not null,
        at timestamptz not null,
        unique (interaction_id, user_id)
      )`);
    await runner.query(`create index pop_of_user on pop (user_id, at desc)`);
    await runner.query(`
      create table desk_event (
        user_id text not null,
        cursor bigint not null,
        body jsonb not null,
        at timestamptz not null default now(),
        primary key (user_id, cursor)
      )`);
    await runner.query(`create index desk_event_age on desk_event (at)`);
    await runner.query(`create table desk_cursor (user_id text primary key, last bigint not null)`);
    await runner.query(`
      create table desk_setting (
        tenant_id text primary key,
        pop_rules jsonb not null,
        dispositions jsonb not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const deskMigrations = [Desk1764115200003];
