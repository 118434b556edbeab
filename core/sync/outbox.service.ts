/** The outbox's use cases: take planned writes, wake pumps, sweep what a lost job forgot, re-drive dead letters. */
import { Inject, Injectable } from '@nestjs/common';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { JOBS, type Jobs } from '#core/platform/jobs/jobs.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { OutboxStore, type PumpKey, type RedriveChoice } from './outbox.store.ts';
import { PumpService } from './pump.service.ts';

/** A pump gets one job of a sweep in this time. */
const sweepTurnMs = 5_000;

@Injectable()
export class OutboxService {
  constructor(
    @Inject(OutboxStore) private readonly store: OutboxStore,
    @Inject(PumpService) private readonly pumps: PumpService,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async plan(writes: readonly PlannedWrite[]): Promise<{ held: string[] }> {
    if (writes.length === 0) return { held: [] };
    await this.store.plan(writes, this.clock.now());
    const pumps = new Map(
      writes.map(({ connectionId, object }) => [`${connectionId}|${object}`, { connectionId, object }]),
    );
    try {
      for (const pump of pumps.values()) await this.wake(pump);
    } catch (error) {
      // The writes are held, which is what the asker wants to know; a sweep wakes their pumps.
      this.log.warn({ err: error }, 'The pumps of new writes could not be woken; the next sweep does it.');
    }
    return { held: writes.map(({ key }) => key) };
  }

  async pump(pump: PumpKey, stopping?: AbortSignal): Promise<void> {
    const { more } = await this.pumps.run(pump, stopping);
    if (more) await this.wake(pump);
  }

  /**
   * Repairs every forgotten wake-up: a lost job, a process that died, a delay that is over. The job of a killed process
   * counts as running until the queue notices, so a sweep's job is told apart from it; the pump's lease lets one work.
   */
  async sweep(): Promise<void> {
    const nowMs = this.clock.now();
    const turn = Math.floor(nowMs / sweepTurnMs);
    for (const pump of await this.store.duePumps(nowMs)) await this.wake(pump, `-sweep-${turn}`);
  }

  async resume(connectionId: string): Promise<void> {
    await this.store.clearPauses(connectionId);
    await this.sweep();
  }

  async redrive(choice: RedriveChoice): Promise<{ redriven: number }> {
    const { count, pumps } = await this.store.redrive(choice, this.clock.now());
    for (const pump of pumps) await this.wake(pump);
    return { redriven: count };
  }

  private async wake(pump: PumpKey, turn = ''): Promise<void> {
    await this.jobs.enqueue('outbox.pump', pump, { dedupeId: `pump-${pump.connectionId}-${pump.object}${turn}` });
  }
}
