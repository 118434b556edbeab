import { Inject, Injectable } from '@nestjs/common';
import { BUS } from '#core/platform/bus/bus.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { METRICS } from '#core/platform/metrics/metrics.ts';
import type { Metrics } from '#core/platform/metrics/metrics.ts';
import { HealthStore } from './health.store.ts';
import type { HealthReport } from './health.store.ts';

/** Last events of a link are written down this often at most. */
const noteEventEveryMs = 5_000;

/** Writes down and announces how links fare, in the order it happened. */
@Injectable()
export class LinkHealth {
  readonly #up;
  readonly #reports = new Map<string, Promise<void>>();
  readonly #notedAtMs = new Map<string, number>();

  constructor(
    @Inject(HealthStore) private readonly store: HealthStore,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.#up = metrics.gauge('tieline_link_up', 'Links this process holds: 1 up, 0 down', ['connection']);
  }

  report(connectionId: string, report: HealthReport): void {
    const atMs = this.clock.now();
    this.#up.set({ connection: connectionId }, report.state === 'up' ? 1 : 0);
    this.#enqueue(connectionId, () => this.#write(connectionId, report, atMs));
  }

  noteEvent(connectionId: string): void {
    const nowMs = this.clock.now();
    if (nowMs - (this.#notedAtMs.get(connectionId) ?? -Infinity) < noteEventEveryMs) return;
    this.#notedAtMs.set(connectionId, nowMs);
    this.#enqueue(connectionId, async () => {
      try {
        await this.store.noteEvent(connectionId, nowMs);
      } catch (error) {
        this.log.warn({ err: error, connectionId }, 'The time of the last event could not be stored');
      }
    });
  }

  forget(connectionId: string): void {
    this.#notedAtMs.delete(connectionId);
    this.#up.remove({ connection: connectionId });
  }

  /** Resolves when everything reported so far is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#reports.values());
  }

  /** One write after the other per connection. `work` must not throw. */
  #enqueue(connectionId: string, work: () => Promise<void>): void {
    const before = this.#reports.get(connectionId) ?? Promise.resolve();
    const written = before.then(work);
    this.#reports.set(connectionId, written);
    void written.finally(() => {
      if (this.#reports.get(connectionId) === written) this.#reports.delete(connectionId);
    });
  }

  async #write(connectionId: string, report: HealthReport, atMs: number): Promise<void> {
    try {
      await this.store.report(connectionId, report, atMs);
      await this.bus.publish('link.changed', { connectionId, state: report.state, detail: report.detail });
    } catch (error) {
      this.log.error({ err: error, connectionId }, 'The health of a link could not be stored');
    }
  }
}
