/** One batch: map, resolve what is in doubt, read what exists, send the difference, settle item by item. */
import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, Records, RemoteRecord } from '#core/contract/connector.ts';
import { asHubError, HubError } from '#core/contract/errors.ts';
import { defaultTenantId, Tenants } from '#core/access/tenants.service.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { fingerprint, isOutage, settleFailure, settleOutcome, type Settlement } from './outbox-state.ts';
import { OutboxStore, type OutboxRow, type PumpKey, type SettledRow } from './outbox.store.ts';
import { planPush, type OwedWrite, type PlannedPush, type PushPlan, type RecordLink } from './push-plan.ts';

interface Batch {
  readonly pump: PumpKey;
  readonly records: Records;
  readonly due: readonly OutboxRow[];
}

interface Mapped extends OwedWrite {
  readonly row: OutboxRow;
  readonly dictionary: string;
}

const untouched = { recordId: null, kept: [], link: null } as const;

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
  async send({ pump, records, due }: Batch): Promise<void> {
    const mapped = await this.map(pump, due);
    const links = await this.store.links(
      pump,
      mapped.map(({ key }) => key),
    );
    await this.resolveDoubts({ pump, records, mapped, links });
    const remotes = await readLinked(records, pump.object, links);
    const plan = planPush(mapped, links, remotes);
    await this.settlePlanned(pump, plan, mapped);
    await this.push({ pump, records, plan, mapped });
  }

  /** Canonical values -> record, by the connection's dictionary. A value it refuses is a dead letter, not a stop. */
  private async map(pump: PumpKey, due: readonly OutboxRow[]): Promise<Mapped[]> {
    const mapped: Mapped[] = [];
    // Lanes of one connection belong to one tenant.
    const region = await this.tenants.defaultRegion(due[0]?.tenantId ?? defaultTenantId);
    for (const row of due) {
      try {
        const { values: desired, label } = await this.dictionaries.write({ ...pump, region }, row.values);
        mapped.push({
          id: row.id,
          key: row.key,
          mode: row.mode,
          desired,
          associations: row.associations,
          row,
          dictionary: label,
        });
      } catch (thrown) {
        const settlement = settleFailure(asHubError(thrown), row.attempts, Math.random());
        await this.settle(pump, [this.settledRow(pump, row, settlement)]);
      }
    }
    return mapped;
  }

  /** A write whose answer was lost is looked up by its key; found, it becomes a link and is then updated, not repeated. */
  private async resolveDoubts(work: {
    pump: PumpKey;
    records: Records;
    mapped: readonly Mapped[];
    links: Map<string, RecordLink>;
  }): Promise<void> {
    const { pump, records, mapped, links } = work;
    for (const write of mapped) {
      if (write.row.state !== 'inDoubt' || links.has(write.key)) continue;
      const found = await records.findByKey(pump.object, write.key);
      if (found === null) continue;
      links.set(write.key, { recordId: found.id, base: write.row.sent ?? {}, associations: [] });
    }
  }

  private async settlePlanned(pump: PumpKey, plan: PushPlan, mapped: readonly Mapped[]): Promise<void> {
    const byId = new Map(mapped.map((write) => [write.id, write]));
    const rows: SettledRow[] = [];
    for (const { write, recordId, kept, nextBase } of plan.settled) {
      const { row } = byId.get(write.id) ?? {};
      if (row === undefined) continue;
      const settlement = settleOutcome({ status: 'done', recordId }, row.attempts, 0);
      rows.push({
        ...this.settledRow(pump, row, settlement),
        kept,
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
  }): Promise<void> {
    const { pump, records, plan, mapped } = work;
    if (plan.push.length === 0) return;
    const byId = new Map(mapped.map((write) => [write.id, write]));
    await this.store.markRunning(
      plan.push.map(({ write }) => ({
        id: write.id,
        sent: write.desired,
        dictionary: byId.get(write.id)?.dictionary ?? '',
      })),
    );
    await this.pushSplitting({ pump, records, byId, items: plan.push });
  }

  /** A batch refused as a whole is halved until the item at fault stands alone. */
  private async pushSplitting(work: {
    pump: PumpKey;
    records: Records;
    byId: ReadonlyMap<string, Mapped>;
    items: readonly PlannedPush[];
  }): Promise<void> {
    const { pump, records, byId, items } = work;
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

async function readLinked(
  records: Records,
  object: string,
  links: ReadonlyMap<string, RecordLink>,
): Promise<Map<string, RemoteRecord>> {
  const ids = [...links.values()].map(({ recordId }) => recordId);
  if (ids.length === 0) return new Map();
  const found = await records.read(object, ids);
  return new Map(found.map((record) => [record.id, record]));
}
