/** A steady pulse in worker processes: wakes pumps whose job was lost or whose delay is over. */
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { OutboxService } from './outbox.service.ts';

const pulseMs = 2_000;
/** What an earlier process left is taken up at once. */
const firstPulseMs = 200;

@Injectable()
export class SweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private pulsing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(OutboxService) private readonly outbox: OutboxService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.roles.includes('worker')) this.schedule(firstPulseMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.pulsing;
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.pulsing = this.pulse();
    }, delayMs);
  }

  private async pulse(): Promise<void> {
    try {
      await this.outbox.sweep();
    } catch (error) {
      this.log.warn({ err: error }, 'The outbox sweep failed; it runs again in two seconds.');
    }
    this.schedule(pulseMs);
  }
}
