import type { MigrationInterface, QueryRunner } from 'typeorm';

class CreateDictionaries1764633600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dictionary_version (
        tenant_id text not null default 'default',
        name text not null,
        version integer not null,
        kind text not null,
        -- text, tests, and the texts of everything it extends or looks up: it compiles for ever to the same thing
        bundle jsonb not null,
        hash text not null,
        -- what lists show without reading the bundle
        facts jsonb not null,
        origin text not null,
        note text not null,
        published_by text not null,
        published_at timestamptz not null,
        primary key (tenant_id, name, version)
      );

      create function refuse_dictionary_version_change() returns trigger language plpgsql as $$
      begin
        raise exception 'Version % of dictionary % was published and never changes.', old.version, old.name;
      end $$;
      create trigger dictionary_version_never_changes before update or delete on dictionary_version
        for each row execute function refuse_dictionary_version_change();
      create function refuse_dictionary_version_truncation() returns trigger language plpgsql as $$
      begin
        raise exception 'Versions of dictionaries were published and never go.';
      end $$;
      create trigger dictionary_version_never_goes before truncate on dictionary_version
        for each statement execute function refuse_dictionary_version_truncation();

      create table dictionary_live (
        tenant_id text not null default 'default',
        name text not null,
        version integer not null,
        primary key (tenant_id, name),
        foreign key (tenant_id, name, version) references dictionary_version (tenant_id, name, version)
      );

      -- which files were recorded last: a start that finds the same ones need not read them
      create table dictionary_shipped (
        tenant_id text primary key default 'default',
        fingerprint text not null
      );

      -- A sequence for all drafts: the revision of a draft thrown away never comes back.
      create sequence dictionary_draft_revision as integer;
      create table dictionary_draft (
        tenant_id text not null default 'default',
        name text not null,
        text text not null,
        tests text,
        revision integer not null default nextval('dictionary_draft_revision'),
        base_version integer,
        updated_by text not null,
        updated_at timestamptz not null,
        primary key (tenant_id, name)
      );

      create table mapping_loss (
        id uuid primary key,
        tenant_id text not null default 'default',
        connection_id text not null,
        object text not null,
        direction text not null,
        record_key text not null,
        rule text not null,
        kind text not null,
        code text not null,
        dictionary text not null,
        version integer not null,
        origin text not null,
        reason text not null,
        times integer not null,
        first_at timestamptz not null,
        at timestamptz not null,
        unique (tenant_id, connection_id, object, direction, record_key, rule, kind, code)
      );
      create index mapping_loss_newest on mapping_loss (tenant_id, at desc, id desc);
      create index mapping_loss_dictionary on mapping_loss (tenant_id, dictionary, at desc, id desc);

      create table dictionary_sample (
        seq bigint generated always as identity primary key,
        tenant_id text not null default 'default',
        connection_id text not null,
        connector text not null,
        object text not null,
        direction text not null,
        dictionary text not null,
        input jsonb not null,
        record_key text not null,
        seen_at timestamptz not null
      );
      create index dictionary_sample_ring on dictionary_sample (tenant_id, connection_id, object, direction, seq desc);
      create index dictionary_sample_dictionary on dictionary_sample (tenant_id, dictionary, seq desc);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

export const dictionariesMigrations = [CreateDictionaries1764633600001];
