/** One batch: map, resolve what is in doubt, read what exists, send the difference, settle item by item. */
import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, Records } from '#core/contract/connector.ts';
import { asHubError, HubError } from '#core/contract/errors.ts';
import { defaultTenantId, Tenants } from '#core/access/tenants.service.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { fingerprint, isOutage, settleFailure, settleOutcome, type Settlement } from './outbox-state.ts';
import { type Making, OutboxStore, type OutboxRow, type PumpKey, type SettledRow } from './outbox.store.ts';
import { planPush, type OwedWrite, type PlannedPush, type PushPlan, type RecordLink } from './push-plan.ts';
import { findDoubted, readLinked, type Unread } from './standing-records.ts';

interface Batch {
  readonly pump: PumpKey;
  readonly records: Records;
  readonly due: readonly OutboxRow[];
  /** Aborted when this pump may no longer be the only one, or the hub stops: nothing more is sent. */
  readonly signal: AbortSignal;
}

interface Mapped extends OwedWrite {
  readonly row: OutboxRow;
  readonly made: Making;
}

const untouched = { recordId: null, kept: [], link: null, made: null } as const;

@Injectable()
export class BatchService {
  constructor(
    @Inject(OutboxStore) private readonly store: OutboxStore,
    @Inject(Dictionaries) private readonly dictionaries: Dictionaries,
    @Inject(Tenants) private readonly tenants: Pick<Tenants, 'defaultRegion'>,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws only when the connection as a whole is down; everything else ends in the rows. */
  async send({ pump, records, due, signal }: Batch): Promise<void> {
    const mapped = await this.map(pump, due);
    const links = await this.store.links(
      pump,
      mapped.map(({ key }) => key),
    );
    const certain = await this.resolveDoubts({ pump, records, mapped, links });
    const { remotes, unread } = await readLinked(certain, links, (ids) => records.read(pump.object, ids));
    await this.settleUnread(pump, unread);
    const ready = without(certain, unread);
    const plan = planPush(ready, links, remotes);
    await this.settlePlanned(pump, plan, ready);
    await this.push({ pump, records, plan, mapped: ready, signal });
  }

  /** Canonical values -> record, by the connection's dictionary. A value it refuses is a dead letter, not a stop. */
  private async map(pump: PumpKey, due: readonly OutboxRow[]): Promise<Mapped[]> {
    const mapped: Mapped[] = [];
    // Lanes of one connection belong to one tenant.
    const region = await this.tenants.defaultRegion(due[0]?.tenantId ?? defaultTenantId);
    for (const row of due) {
      try {
        const place = { ...pump, region, record: { key: row.key, origin: row.origin } };
        const { values: desired, label, rules, losses, refusal } = await this.dictionaries.write(place, row.values);
        // What was lost on the way was told when it was sent first.
        const made = { dictionary: label, rules, region, losses: row.sent === null ? losses : [] };
        const { id, key, mode, associations } = row;
        if (refusal === null) mapped.push({ id, key, mode, desired, associations, row, made });
        else await this.settle(pump, [this.refusedRow(pump, row, refusal, made)]);
      } catch (thrown) {
        await this.settle(pump, [this.refusedRow(pump, row, asHubError(thrown), null)]);
      }
    }
    return mapped;
  }

  private refusedRow(pump: PumpKey, row: OutboxRow, error: HubError, made: Making | null): SettledRow {
    return { ...this.settledRow(pump, row, settleFailure(error, row.attempts, Math.random())), made };
  }

  /** A write whose answer was lost is looked up by its key; found, it becomes a link and is then updated, not repeated. */
  private async resolveDoubts(work: {
    pump: PumpKey;
    records: Records;
    mapped: readonly Mapped[];
    links: Map<string, RecordLink>;
  }): Promise<readonly Mapped[]> {
    const { pump, records, mapped, links } = work;
    const unread = await findDoubted(
      mapped.filter(({ row, key }) => row.state === 'inDoubt' && !links.has(key)),
      (key) => records.findByKey(pump.object, key),
      ({ key, row }, { id }) => links.set(key, { recordId: id, base: row.sent ?? {}, associations: [] }),
    );
    await this.settleUnread(pump, unread);
    return without(mapped, unread);
  }

  private async settleUnread(pump: PumpKey, unread: readonly Unread<Mapped>[]): Promise<void> {
    const rows = unread.map(({ write: { row }, error }) => {
      const settlement = settleFailure(error, row.attempts, Math.random());
      const isStillInDoubt = row.state === 'inDoubt' && settlement.state === 'retrying';
      return this.settledRow(pump, row, isStillInDoubt ? { ...settlement, state: 'inDoubt' } : settlement);
    });
    await this.settle(pump, rows);
  }

  private async settlePlanned(pump: PumpKey, plan: PushPlan, mapped: readonly Mapped[]): Promise<void> {
    const byId = new Map(mapped.map((write) => [write.id, write]));
    const rows: SettledRow[] = [];
    for (const { write, recordId, kept, nextBase } of plan.settled) {
      const { row, made } = byId.get(write.id) ?? {};
      if (row === undefined || made === undefined) continue;
      const settlement = settleOutcome({ status: 'done', recordId }, row.attempts, 0);
      rows.push({
        ...this.settledRow(pump, row, settlement),
        kept,
        made,
        link: { recordId, base: nextBase, associations: write.associations },
      });
    }
    for (const write of plan.gone) {
      const { row } = byId.get(write.id) ?? {};
      if (row !== undefined) rows.push(this.settledRow(pump, row, settleOutcome({ status: 'gone' }, row.attempts, 0)));
    }
    await this.settle(pump, rows);
  }

  private async push(work: {
    pump: PumpKey;
    records: Records;
    plan: PushPlan;
    mapped: readonly Mapped[];
    signal: AbortSignal;
  }): Promise<void> {
    const { pump, records, plan, mapped, signal } = work;
    if (plan.push.length === 0 || signal.aborted) return;
    const byId = new Map(mapped.map((write) => [write.id, write]));
    // A newer revision may have been planned since these were read; it took over and is sent in the next batch.
    const sending = plan.push.flatMap(({ write: { id, desired: sent } }) => {
      const made = byId.get(id)?.made;
      return made === undefined ? [] : [{ id, sent, ...made }];
    });
    const taken = await this.store.markRunning(sending, this.clock.now());
    const items = plan.push.filter(({ write }) => taken.has(write.id));
    if (items.length > 0) await this.pushSplitting({ pump, records, byId, items, signal });
  }

  /** A batch refused as a whole is halved until the item at fault stands alone. */
  private async pushSplitting(work: {
    pump: PumpKey;
    records: Records;
    byId: ReadonlyMap<string, Mapped>;
    items: readonly PlannedPush[];
    signal: AbortSignal;
  }): Promise<void> {
    const { pump, records, byId, items, signal } = work;
    // What stays marked as running is in doubt for the next owner, who reads before writing.
    if (signal.aborted) return;
    try {
      const outcomes = await records.push(
        pump.object,
        items.map(({ change }) => change),
      );
      if (outcomes.length !== items.length) {
        throw new HubError('remote.garbled', `${outcomes.length} outcomes came back for ${items.length} changes.`, {
          retry: 'soon',
        });
      }
      await this.settle(pump, this.settledItems(pump, byId, items, outcomes));
    } catch (thrown) {
      const error = asHubError(thrown);
      if (items.length > 1 && !isOutage(error.code)) {
        const half = Math.ceil(items.length / 2);
        await this.pushSplitting({ ...work, items: items.slice(0, half) });
        await this.pushSplitting({ ...work, items: items.slice(half) });
        return;
      }
      await this.settleFailed(work, error);
      if (isOutage(error.code)) throw error;
    }
  }

  private async settleFailed(
    work: { pump: PumpKey; byId: ReadonlyMap<string, Mapped>; items: readonly PlannedPush[] },
    error: HubError,
  ): Promise<void> {
    const rows = work.items.flatMap(({ write }) => {
      const row = work.byId.get(write.id)?.row;
      if (row === undefined) return [];
      const settlement = settleFailure(error, row.attempts, Math.random());
      // The lane is not delayed by an outage: the pump's pause is, so that everything goes on in order afterwards.
      const delayMs = isOutage(error.code) ? 0 : settlement.delayMs;
      return [this.settledRow(work.pump, row, { ...settlement, delayMs, state: mayHaveArrived(error, settlement) })];
    });
    await this.settle(work.pump, rows);
  }

  private settledItems(
    pump: PumpKey,
    byId: ReadonlyMap<string, Mapped>,
    items: readonly PlannedPush[],
    outcomes: readonly Outcome[],
  ): SettledRow[] {
    return items.flatMap(({ write, kept, nextBase }, index) => {
      const row = byId.get(write.id)?.row;
      const outcome = outcomes[index];
      if (row === undefined || outcome === undefined) return [];
      const settlement = settleOutcome(outcome, row.attempts, Math.random());
      const link =
        settlement.recordId === null
          ? null
          : { recordId: settlement.recordId, base: nextBase, associations: write.associations };
      return [{ ...this.settledRow(pump, row, settlement), kept, link }];
    });
  }

  private settledRow(pump: PumpKey, row: OutboxRow, settlement: Settlement): SettledRow {
    const { error } = settlement;
    return {
      ...untouched,
      id: row.id,
      key: row.key,
      revision: row.revision,
      state: settlement.state,
      recordId: settlement.recordId,
      delayMs: settlement.delayMs,
      countsAsAttempt: settlement.countsAsAttempt,
      error: error === null ? null : { ...error, fingerprint: fingerprint(pump.connectionId, pump.object, error) },
    };
  }

  private async settle(pump: PumpKey, rows: readonly SettledRow[]): Promise<void> {
    await this.store.settle(pump, rows, this.clock.now());
    for (const row of rows) {
      if (row.state !== 'done' && row.state !== 'dead') continue;
      await this.bus.publish('write.settled', {
        key: row.key,
        connectionId: pump.connectionId,
        status: row.state,
        recordId: row.recordId,
        code: row.error?.code ?? null,
      });
    }
  }
}

/** After a timeout or a broken line the write may stand on the other side: read before repeating. */
function mayHaveArrived(error: HubError, settlement: Settlement): Settlement['state'] {
  const lost = error.code === 'remote.timeout' || error.code === 'link.lost' || error.code === 'write.inDoubt';
  return lost && settlement.state === 'retrying' ? 'inDoubt' : settlement.state;
}

function without(writes: readonly Mapped[], unread: readonly Unread<Mapped>[]): readonly Mapped[] {
  const left = new Set(unread.map(({ write }) => write));
  return writes.filter((write) => !left.has(write));
}
