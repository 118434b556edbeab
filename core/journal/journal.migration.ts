import type { MigrationInterface, QueryRunner } from 'typeorm';

class Journal1764115200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table journal_policy (
        connection_id text primary key,
        tenant_id text not null default 'default',
        policy jsonb not null,
        updated_at timestamptz not null
      )`);
    await runner.query(`
      create table journal_entry (
        key text not null,
        connection_id text not null,
        tenant_id text not null default 'default',
        interaction_id text not null,
        hash text not null,
        revision integer not null,
        write jsonb not null,
        handed_revision integer not null default 0,
        updated_at timestamptz not null,
        primary key (connection_id, key)
      )`);
    await runner.query(
      `create index journal_entry_unhanded on journal_entry (updated_at) where handed_revision < revision`,
    );
    await runner.query(`
      create table journal_progress (
        interaction_id text primary key,
        touched integer not null,
        due_at timestamptz
      )`);
    await runner.query(`create index journal_progress_due on journal_progress (due_at) where due_at is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const journalMigrations = [Journal1764115200002];
