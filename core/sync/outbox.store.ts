/** The outbox table and the links it moves. Every statement that changes state names the state it expects. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { JsonObject } from '#core/contract/json.ts';
import type { PlannedWrite } from '#core/contract/writes.ts';
import type { Loss } from '#core/dictionaries/loss.ts';
import { addLosses } from '#core/dictionaries/losses.store.ts';
import type { FieldRules } from '#core/dictionaries/provenance.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { storableJson } from '#core/kit/storable-json.ts';
import { newId } from '#core/platform/ids.ts';
import type { WriteError, WriteState } from './outbox-state.ts';
import type { Association, RecordLink } from './push-plan.ts';

export interface OutboxRow {
  readonly id: string;
  readonly key: string;
  readonly tenantId: string;
  readonly entity: string;
  readonly revision: number;
  readonly mode: 'upsert' | 'createOnly';
  readonly values: JsonObject;
  readonly associations: readonly Association[];
  readonly state: WriteState;
  readonly attempts: number;
  readonly sent: JsonObject | null;
  readonly origin: string;
}

/** How a record came about: what the row keeps for those who ask why. */
export interface Making {
  /** `hubspot/call v3`. */
  readonly dictionary: string;
  readonly rules: FieldRules;
  readonly region: string | null;
  /** New ones only: a repeated sending loses nothing anew. */
  readonly losses: readonly Loss[];
}

export interface PumpKey {
  readonly connectionId: string;
  readonly object: string;
}

export interface SettledRow {
  readonly id: string;
  readonly key: string;
  readonly revision: number;
  readonly state: WriteState;
  readonly recordId: string | null;
  readonly kept: readonly string[];
  readonly delayMs: number | null;
  readonly countsAsAttempt: boolean;
  readonly error: (WriteError & { readonly fingerprint: string }) | null;
  /** Present when the record now stands on the other side: the new base of its link. */
  readonly link: RecordLink | null;
  /** Present when the record was mapped and not sent: nothing was to be done, or a rule refused it. */
  readonly made: Making | null;
}

const owedStates = `('waiting', 'running', 'retrying', 'inDoubt')`;

@Injectable()
export class OutboxStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Stores planned writes and retires the older revisions they replace, in one transaction. Repeats change nothing. */
  async plan(writes: readonly PlannedWrite[], nowMs: number): Promise<void> {
    const rows = writes.map((write) => ({ id: newId(), ...write, association_list: write.associations }));
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `insert into outbox_write (id, tenant_id, connection_id, object, entity, key, revision, mode, "values", associations, origin, read_by, state, due_at, created_at)
         select w.id, w."tenantId", w."connectionId", w.object, w.entity, w.key, w.revision, w.mode, w."values", w.associations, w.origin, w."readBy",
                case when exists (select 1 from outbox_write o where o.connection_id = w."connectionId" and o.object = w.object
                                  and o.key = w.key and o.revision > w.revision) then 'superseded' else 'waiting' end,
                to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0)
         from jsonb_to_recordset($1::jsonb) as w(id uuid, "tenantId" text, "connectionId" text, object text, entity text, key text,
              revision int, mode text, "values" jsonb, associations jsonb, origin text, "readBy" text)
         on conflict (connection_id, object, key, revision) do nothing`,
        [storableJson(rows), nowMs],
      );
      await manager.query(
        `update outbox_write o set state = 'superseded', settled_at = to_timestamp($2 / 1000.0)
         from jsonb_to_recordset($1::jsonb) as w("connectionId" text, object text, key text, revision int)
         where o.connection_id = w."connectionId" and o.object = w.object and o.key = w.key and o.revision < w.revision
           and o.state in ('waiting', 'retrying', 'dead')`,
        [storableJson(rows), nowMs],
      );
    });
  }

  /** Writes a dead process left `running`: nobody knows whether they arrived. Call only while holding the pump's lease. */
  async doubtOrphans(pump: PumpKey): Promise<void> {
    await this.dataSource.query(
      `update outbox_write set state = 'inDoubt' where connection_id = $1 and object = $2 and state = 'running'`,
      [pump.connectionId, pump.object],
    );
  }

  /** The heads of the lanes that are due, oldest first. A younger revision of a record waits for the older one. */
  async dueHeads(pump: PumpKey, nowMs: number, limit: number): Promise<OutboxRow[]> {
    return this.dataSource.query(
      `select id, key, tenant_id as "tenantId", entity, revision, mode, "values", associations, state, attempts, sent, origin from outbox_write w
       where connection_id = $1 and object = $2 and state in ('waiting', 'retrying', 'inDoubt')
         and due_at <= to_timestamp($3 / 1000.0)
         and not exists (select 1 from outbox_write o where o.connection_id = w.connection_id and o.object = w.object
                         and o.key = w.key and o.revision < w.revision and o.state in ${owedStates})
       order by seq limit $4`,
      [pump.connectionId, pump.object, nowMs, limit],
    );
  }

  async links(pump: PumpKey, keys: readonly string[]): Promise<Map<string, RecordLink>> {
    const rows: { key: string; record_id: string; base: JsonObject; associations: Association[] }[] =
      await this.dataSource.query(
        `select key, record_id, base, associations from record_link where connection_id = $1 and object = $2 and key = any($3)`,
        [pump.connectionId, pump.object, keys],
      );
    return new Map(
      rows.map((row) => [row.key, { recordId: row.record_id, base: row.base, associations: row.associations }]),
    );
  }

  /**
   * Stored before anything leaves the house, so that a crash from here on is a write in doubt, never a lost or doubled one.
   * Answers which of them are still owed in this revision and may be sent.
   */
  async markRunning(
    sending: readonly ({ readonly id: string; readonly sent: JsonObject } & Making)[],
    nowMs: number,
  ): Promise<Set<string>> {
    const rows = sending.map(({ losses: _losses, ...row }) => row);
    const run = async (queries: Pick<EntityManager, 'query'>): Promise<Set<string>> => {
      const [running]: [{ id: string }[], number] = await queries.query(
        `update outbox_write o set state = 'running', sent = s.sent, dictionary = s.dictionary, rules = s.rules, region = s.region
         from jsonb_to_recordset($1::jsonb) as s(id uuid, sent jsonb, dictionary text, rules jsonb, region text)
         where o.id = s.id and o.state in ('waiting', 'retrying', 'inDoubt') returning o.id`,
        [storableJson(rows)],
      );
      const taken = new Set(running.map(({ id }) => id));
      const losses = sending.flatMap((row) => (taken.has(row.id) ? row.losses : []));
      await addLosses(queries, losses, nowMs);
      return taken;
    };
    const loses = sending.some(({ losses }) => losses.length > 0);
    return loses ? this.dataSource.transaction(run) : run(this.dataSource);
  }

  async settle(pump: PumpKey, rows: readonly SettledRow[], nowMs: number): Promise<void> {
    if (rows.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      await settleRows(manager, rows, nowMs);
      await moveLinks(manager, pump, rows, nowMs);
      const losses = rows.flatMap(({ made }) => made?.losses ?? []);
      await addLosses(manager, losses, nowMs);
    });
  }

  /**
   * Brings dead letters back; their lanes go on in order. One whose record has a newer revision meanwhile would undo it
   * and is superseded instead. The link to a record that is gone is cut, so that the record is written anew. Answers how
   * many came back, and the pumps to wake.
   */
  async redrive(choice: RedriveChoice, nowMs: number): Promise<{ count: number; pumps: PumpKey[] }> {
    const [where, parameters] = redriveCondition(choice);
    const rows = await this.dataSource.transaction(async (manager) => {
      const [revived]: [RevivedRow[], number] = await manager.query(
        `with chosen as (
           select d.id, exists (select 1 from outbox_write n where n.connection_id = d.connection_id and n.object = d.object
                                and n.key = d.key and n.revision > d.revision) as is_outdated
           from outbox_write d where d.state = 'dead' and ${where} for update
         )
         update outbox_write o set
           state = case when c.is_outdated then 'superseded' when o.sent is null then 'waiting' else 'inDoubt' end,
           attempts = 0, due_at = to_timestamp($1 / 1000.0), fingerprint = null,
           settled_at = case when c.is_outdated then to_timestamp($1 / 1000.0) end
         from chosen c where o.id = c.id and o.state = 'dead'
         returning o.connection_id, o.object, o.key, o.state, o.error_code`,
        [nowMs, ...parameters],
      );
      const owed = revived.filter(({ state }) => state !== 'superseded');
      await cutLinks(
        manager,
        owed.filter(({ error_code }) => error_code === 'record.gone'),
      );
      return owed;
    });
    const pumps = new Map(
      rows.map((row) => [
        `${row.connection_id}|${row.object}`,
        { connectionId: row.connection_id, object: row.object },
      ]),
    );
    return { count: rows.length, pumps: [...pumps.values()] };
  }

  /** Pumps that have something due and are not paused. */
  async duePumps(nowMs: number): Promise<PumpKey[]> {
    const rows: { connection_id: string; object: string }[] = await this.dataSource.query(
      `select distinct w.connection_id, w.object from outbox_write w
       left join outbox_pump p on p.connection_id = w.connection_id and p.object = w.object
       where w.state in ${owedStates} and w.due_at <= to_timestamp($1 / 1000.0)
         and (p.paused_until is null or p.paused_until <= to_timestamp($1 / 1000.0))`,
      [nowMs],
    );
    return rows.map((row) => ({ connectionId: row.connection_id, object: row.object }));
  }

  /** Ends everything owed to a connection that is there no more: no later moment could send it. */
  async giveUp(pump: PumpKey, error: NonNullable<SettledRow['error']>, nowMs: number): Promise<void> {
    await this.dataSource.query(
      `update outbox_write set state = 'dead', settled_at = to_timestamp($3 / 1000.0),
              error_code = $4, error_message = $5, error_field = null, fingerprint = $6
       where connection_id = $1 and object = $2 and state in ${owedStates}`,
      [pump.connectionId, pump.object, nowMs, error.code, error.message, error.fingerprint],
    );
  }

  /** How often in a row this pump failed as a whole. */
  async pumpFailures(pump: PumpKey): Promise<number> {
    const rows: { failures: number }[] = await this.dataSource.query(
      `select failures from outbox_pump where connection_id = $1 and object = $2`,
      [pump.connectionId, pump.object],
    );
    return rows[0]?.failures ?? 0;
  }

  async setPause(pump: PumpKey, failures: number, pausedUntilMs: number | null, code: string | null): Promise<void> {
    await this.dataSource.query(
      `insert into outbox_pump (connection_id, object, failures, paused_until, pause_code)
       values ($1, $2, $3, to_timestamp($4 / 1000.0), $5)
       on conflict (connection_id, object) do update
       set failures = excluded.failures, paused_until = excluded.paused_until, pause_code = excluded.pause_code`,
      [pump.connectionId, pump.object, failures, pausedUntilMs, code],
    );
  }

  /** A connection that was repaired need not wait out its pause. */
  async clearPauses(connectionId: string): Promise<void> {
    await this.dataSource.query(
      `update outbox_pump set failures = 0, paused_until = null, pause_code = null where connection_id = $1`,
      [connectionId],
    );
  }
}

export type RedriveChoice = { ids: string[] } | { fingerprint: string } | { all: true };

function redriveCondition(choice: RedriveChoice): [string, unknown[]] {
  if ('ids' in choice) return ['d.id::text = any($2)', [choice.ids]];
  if ('fingerprint' in choice) return ['d.fingerprint = $2', [choice.fingerprint]];
  return ['true', []];
}

interface RevivedRow {
  readonly connection_id: string;
  readonly object: string;
  readonly key: string;
  readonly state: WriteState;
  readonly error_code: string | null;
}

async function cutLinks(manager: EntityManager, rows: readonly RevivedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `delete from record_link l using jsonb_to_recordset($1::jsonb) as g(connection_id text, object text, key text)
     where l.connection_id = g.connection_id and l.object = g.object and l.key = g.key`,
    [storableJson(rows)],
  );
}

async function settleRows(manager: EntityManager, rows: readonly SettledRow[], nowMs: number): Promise<void> {
  const flat = rows.map((row) => ({
    id: row.id,
    state: row.state,
    record_id: row.recordId,
    kept: row.kept,
    delay_ms: row.delayMs,
    tries: row.countsAsAttempt ? 1 : 0,
    code: row.error?.code ?? null,
    message: row.error?.message.slice(0, 2000) ?? null,
    field: row.error?.field ?? null,
    fingerprint: row.error?.fingerprint ?? null,
    ...madeColumns(row.made),
  }));
  await manager.query(
    `update outbox_write o set
       state = s.state, attempts = o.attempts + s.tries, record_id = coalesce(s.record_id, o.record_id),
       kept = array(select jsonb_array_elements_text(s.kept)),
       due_at = to_timestamp(($2 + coalesce(s.delay_ms, 0)) / 1000.0),
       settled_at = case when s.state in ('done', 'dead', 'superseded') then to_timestamp($2 / 1000.0) end,
       error_code = s.code, error_message = s.message, error_field = s.field, fingerprint = s.fingerprint,
       dictionary = coalesce(s.dictionary, o.dictionary), region = case when s.dictionary is null then o.region else s.region end,
       rules = coalesce(s.rules, o.rules)
     from jsonb_to_recordset($1::jsonb) as s(id uuid, state text, record_id text, kept jsonb, delay_ms float8, tries int,
          code text, message text, field text, fingerprint text, dictionary text, rules jsonb, region text)
     where o.id = s.id and o.state in ${owedStates}`,
    [storableJson(flat), nowMs],
  );
}

function madeColumns(made: Making | null) {
  if (made === null) return { dictionary: null, rules: null, region: null };
  const { dictionary, rules, region } = made;
  return { dictionary, rules, region };
}

async function moveLinks(
  manager: EntityManager,
  pump: PumpKey,
  rows: readonly SettledRow[],
  nowMs: number,
): Promise<void> {
  const links = rows.flatMap(({ key, revision, link }) => (link === null ? [] : [{ key, revision, ...link }]));
  if (links.length === 0) return;
  await manager.query(
    `insert into record_link (connection_id, object, key, record_id, base, associations, revision, updated_at)
     select $1, $2, l.key, l."recordId", l.base, l.associations, l.revision, to_timestamp($4 / 1000.0)
     from jsonb_to_recordset($3::jsonb) as l(key text, "recordId" text, base jsonb, associations jsonb, revision int)
     on conflict (connection_id, object, key) do update
     set record_id = excluded.record_id, base = excluded.base, associations = excluded.associations,
         revision = excluded.revision, updated_at = excluded.updated_at`,
    [pump.connectionId, pump.object, storableJson(links), nowMs],
  );
}
