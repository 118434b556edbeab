import type { MigrationInterface, QueryRunner } from 'typeorm';

class Demo1764115200004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table demo (
        tenant_id text primary key,
        started_at timestamptz not null,
        contact_ids text[] not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const demoMigrations = [Demo1764115200004];
