/**
 * Sends what the outbox owes to one object of one connection: lane heads, oldest first, in vendor batches. Exactly one
 * pump runs per (connection, object), under a lease; what a dead pump left running is read before it is repeated.
 */
import { Inject, Injectable } from '@nestjs/common';
import { asHubError, type HubError } from '#core/contract/errors.ts';
import { RECORD_SESSIONS, type RecordSessions } from '#core/connections/record-sessions.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { LEASES, type Leases } from '#core/platform/lease/leases.ts';
import { BatchService } from './batch.service.ts';
import { fingerprint, isOutage, retryDelayMs } from './outbox-state.ts';
import { OutboxStore, type PumpKey } from './outbox.store.ts';

const maxPauseMs = 60_000;
/** A pump hands over after this many batches, so that one busy connection does not hold a worker for ever. */
const batchesPerRun = 50;

@Injectable()
export class PumpService {
  constructor(
    @Inject(OutboxStore) private readonly store: OutboxStore,
    @Inject(BatchService) private readonly batches: BatchService,
    @Inject(RECORD_SESSIONS) private readonly sessions: RecordSessions,
    @Inject(LEASES) private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends until nothing is due, or until the hub stops. Answers whether more is due now, so that the caller queues
   * another run.
   */
  async run(pump: PumpKey, stopping?: AbortSignal): Promise<{ more: boolean }> {
    const name = `outbox/${pump.connectionId}/${pump.object}`;
    const result = await this.leases.withLease(name, async (lost) => {
      await this.store.doubtOrphans(pump);
      return this.drain(pump, stopping === undefined ? lost : AbortSignal.any([lost, stopping]));
    });
    return result ?? { more: false };
  }

  private async drain(pump: PumpKey, signal: AbortSignal): Promise<{ more: boolean }> {
    for (let batch = 0; batch < batchesPerRun; batch += 1) {
      if (signal.aborted) return { more: false };
      try {
        const records = await this.sessions.records(pump.connectionId);
        const due = await this.store.dueHeads(pump, this.clock.now(), records.limits.batchSize);
        if (due.length === 0) return { more: false };
        await this.batches.send({ pump, records, due, signal });
        await this.store.setPause(pump, 0, null, null);
      } catch (thrown) {
        const error = asHubError(thrown);
        if (isForGood(error)) await this.giveUp(pump, error);
        else await this.pause(pump, error);
        if (isOutage(error.code) || isForGood(error)) return { more: false };
        throw error;
      }
    }
    return { more: true };
  }

  private async giveUp(pump: PumpKey, { code, message }: HubError): Promise<void> {
    const error = { code, message, field: null };
    const group = fingerprint(pump.connectionId, pump.object, error);
    await this.store.giveUp(pump, { ...error, fingerprint: group }, this.clock.now());
  }

  private async pause(pump: PumpKey, error: HubError): Promise<void> {
    const failures = await this.store.pumpFailures(pump);
    const delayMs = error.retryAfterMs ?? retryDelayMs(failures, Math.random(), maxPauseMs);
    await this.store.setPause(pump, failures + 1, this.clock.now() + delayMs, error.code);
  }
}

/** The connection was deleted, or its connector can no longer take records: a person must decide, waiting helps nobody. */
function isForGood({ code }: HubError): boolean {
  return code === 'resource.missing' || code === 'facet.unsupported';
}
