import type { MigrationInterface, QueryRunner } from 'typeorm';

class Calls1764115200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table call_event (
        seq bigint generated always as identity primary key,
        tenant_id text not null default 'default',
        connection_id text not null,
        event_id text not null,
        call_id text not null,
        at timestamptz not null,
        body jsonb not null,
        unique (connection_id, event_id)
      )`);
    await runner.query(`create index call_event_call on call_event (connection_id, call_id, seq)`);
    await runner.query(`
      create table interaction (
        id text primary key,
        tenant_id text not null default 'default',
        connection_id text not null,
        revision integer not null,
        touched integer not null default 1,
        open boolean not null,
        direction text not null,
        outcome text,
        caller_number text,
        callee text,
        agents text[] not null,
        queue text,
        start_at timestamptz not null,
        changed_at timestamptz not null,
        body jsonb not null,
        tracker_state jsonb
      )`);
    await runner.query(`create index interaction_recent on interaction (start_at desc, id desc)`);
    await runner.query(`create index interaction_open on interaction (connection_id) where open`);
    await runner.query(`create index interaction_changed on interaction (changed_at)`);
    await runner.query(`create index interaction_agents on interaction using gin (agents)`);
    await runner.query(`create index interaction_caller on interaction (caller_number, start_at desc)`);
    await runner.query(`create index interaction_callee on interaction (callee, start_at desc)`);
    await runner.query(`
      create table agent_state (
        connection_id text not null,
        agent text not null,
        tenant_id text not null default 'default',
        state text not null,
        reason text,
        since timestamptz not null,
        primary key (connection_id, agent)
      )`);
    await runner.query(`
      create table wrap_up (
        interaction_id text primary key,
        tenant_id text not null default 'default',
        user_id text not null,
        notes text not null,
        disposition text,
        contact_id text,
        completed boolean not null,
        updated_at timestamptz not null
      )`);
    await runner.query(`create index wrap_up_open on wrap_up (user_id) where not completed`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

/** A call that is handed on is wrapped up by each who had it; nobody's notes replace another's. */
class WrapUpPerUser1764115200100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table wrap_up drop constraint wrap_up_pkey, add primary key (interaction_id, user_id)`);
    await runner.query(`drop index wrap_up_open`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const callsMigrations = [Calls1764115200000, WrapUpPerUser1764115200100];
