/**
 * What mappings leave behind, gathered in memory and stored in batches: losses of readings and samples of inputs. A pop
 * never waits for it. Losses of writes do not come here; they are stored with the write.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { METRICS, type Metrics } from '#core/platform/metrics/metrics.ts';
import { type CountedLoss, type Loss, lossKey } from './loss.ts';
import { LossesStore } from './losses.store.ts';
import { SampleRings, type SeenInput } from './sample-rings.ts';
import { SamplesStore } from './samples.store.ts';

const flushEveryMs = 5_000;
/** The same loss of the same record counts once; beyond this many different ones something is badly wrong. */
const maxLosses = 5_000;
const sweepEveryMs = 60 * 60_000;

@Injectable()
export class MappingNotebook implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  #losses = new Map<string, CountedLoss>();
  readonly #rings = new SampleRings();
  #dropped = 0;
  #flushing: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];
  readonly #droppedTotal;

  constructor(
    @Inject(LossesStore) private readonly losses: LossesStore,
    @Inject(SamplesStore) private readonly samples: SamplesStore,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'roles'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(METRICS) metrics: Pick<Metrics, 'counter'>,
  ) {
    this.#droppedTotal = metrics.counter('tieline_mapping_losses_dropped_total', 'Losses of readings not recorded');
  }

  onApplicationBootstrap(): void {
    this.#timers.push(setInterval(() => void this.flush(), flushEveryMs).unref());
    if (!this.environment.roles.includes('worker')) return;
    this.#timers.push(setInterval(() => void this.sweep(), sweepEveryMs).unref());
    this.#flushing = this.#flushing.then(() => this.sweep());
  }

  beforeApplicationShutdown(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** After everything that maps has stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  noteLosses(losses: readonly Loss[]): void {
    for (const loss of losses) this.#note({ ...loss, times: 1 });
  }

  #note(loss: CountedLoss): void {
    const key = lossKey(loss);
    const held = this.#losses.get(key);
    if (held === undefined && this.#losses.size >= maxLosses) this.#dropped += 1;
    else this.#losses.set(key, { ...loss, times: loss.times + (held?.times ?? 0) });
  }

  noteInput(seen: Omit<SeenInput, 'seenAtMs'>): void {
    this.#rings.add({ ...seen, seenAtMs: this.clock.now() });
  }

  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#store());
    return this.#flushing;
  }

  async sweep(): Promise<void> {
    const nowMs = this.clock.now();
    try {
      await this.losses.sweep(nowMs);
      await this.samples.sweep(nowMs);
    } catch (error) {
      this.log.warn({ err: error }, 'Old losses and samples could not be swept; it is tried again in an hour');
    }
  }

  async #store(): Promise<void> {
    const losses = [...this.#losses.values()];
    const seen = this.#rings.take();
    this.#losses = new Map();
    try {
      await this.losses.add(losses, this.clock.now());
    } catch (error) {
      this.log.warn({ err: error }, 'Losses could not be stored; they are kept for the next try');
      for (const loss of losses) this.#note(loss);
    }
    try {
      await this.samples.add(seen);
    } catch (error) {
      // The next records are as good as these.
      this.log.debug({ err: error }, 'Samples could not be stored');
    }
    if (this.#dropped === 0) return;
    this.#droppedTotal.inc(this.#dropped);
    this.log.warn({ dropped: this.#dropped }, 'Losses of readings came faster than they could be stored');
    this.#dropped = 0;
  }
}
