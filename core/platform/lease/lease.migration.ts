import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `holder` names a session lock that the owning process keeps on its own connection (see `lease-keeper.ts`). */
export class Lease1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lease (
        name text primary key,
        holder integer not null,
        token bigint not null,
        expires_at timestamptz not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only; restore a backup instead.');
  }
}

export const leaseMigrations = [Lease1700000000000];
