import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { BusPayload } from '#core/contract/bus.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { JournalQueue } from './journal-queue.ts';
import { JournalService } from './journal.service.ts';
import { SinksService } from './sinks.service.ts';

const pulseMs = 5_000;
/** A pulse looks back so far behind the one before; the first one after a start looks back a week. */
const lookBackMs = 10 * 60_000;
const firstLookBackMs = 7 * 24 * 3_600_000;

/** Journals in worker processes: at once on a message, and by a pulse that repairs lost messages. */
@Injectable()
export class JournalConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly queue: JournalQueue;
  private timer: NodeJS.Timeout | undefined;
  private pulsing: Promise<void> = Promise.resolve();
  private stopped = false;
  /** When the last sweep began that found everything. */
  private sweptAtMs: number | null = null;

  constructor(
    @Inject(JournalService) private readonly service: JournalService,
    @Inject(SinksService) private readonly sinks: SinksService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.queue = new JournalQueue(
      (id) => this.service.journal(id),
      (id, error) => this.log.warn({ err: error, interactionId: id }, 'Journaling failed; the next pulse tries again.'),
    );
  }

  onApplicationBootstrap(): void {
    if (this.isWorker()) this.schedule(200);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.pulsing;
    await this.queue.idle();
  }

  @OnBus('interaction.changed')
  async interactionChanged({ interaction }: BusPayload<'interaction.changed'>): Promise<void> {
    if (this.isWorker() && (await this.service.concerns(interaction))) this.queue.add(interaction.id);
  }

  @OnBus('wrapUp.changed')
  wrapUpChanged({ interactionId }: BusPayload<'wrapUp.changed'>): void {
    if (this.isWorker()) this.queue.add(interactionId);
  }

  @OnBus('connection.changed')
  connectionChanged(): void {
    this.sinks.forget();
  }

  private isWorker(): boolean {
    return this.environment.roles.includes('worker');
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.pulsing = this.pulse();
    }, delayMs);
  }

  /** Through the queue, so that one interaction that cannot be journaled keeps no other from it. */
  private async pulse(): Promise<void> {
    const nowMs = this.clock.now();
    try {
      const sinceMs = this.sweptAtMs === null ? nowMs - firstLookBackMs : this.sweptAtMs - lookBackMs;
      const { ids, isAll } = await this.service.behind(sinceMs);
      for (const id of ids) this.queue.add(id);
      await this.service.handRest();
      if (isAll) this.sweptAtMs = nowMs;
    } catch (error) {
      this.log.warn({ err: error }, 'The journal sweep failed; it runs again in five seconds.');
    }
    this.schedule(pulseMs);
  }
}
