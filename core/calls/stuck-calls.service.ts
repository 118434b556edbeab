/**
 * The owner timer of calls whose end never came: a call nothing was heard of for hours, as when its connection was switched off, or whose
 * connection was removed, is ended and marked, so that no screen shows it for ever and its activity is written.
 */
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ConnectionsStore } from '#core/connections/connections.store.ts';
import { SwitchLinks } from '#core/connections/switch-links.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { CallIntakeService } from './call-intake.service.ts';
import { InteractionsStore } from './interactions.store.ts';

const everyMs = 60_000;
/** Longer than any call people hold; a switch that is up reports something of a call at least at its end. */
const silentForMs = 6 * 3_600_000;

@Injectable()
export class StuckCallsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(CallIntakeService) private readonly intake: CallIntakeService,
    @Inject(ConnectionsStore) private readonly connections: ConnectionsStore,
    @Inject(SwitchLinks) private readonly links: SwitchLinks,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.roles.includes('telephony')) return;
    this.timer = setInterval(() => void this.sweep(), everyMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      const nowMs = this.clock.now();
      for (const connectionId of await this.interactions.connectionsWithOpenCalls()) {
        const sinceMs = await this.silentSince(connectionId, nowMs);
        if (sinceMs !== null) await this.intake.endSilent(connectionId, sinceMs);
        // Nobody delivers calls of a link that is not held here: its tracker is not needed in memory.
        if (!this.links.owns(connectionId)) this.intake.forget(connectionId);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Calls that never ended could not be looked for; the next sweep tries again.');
    }
  }

  /** Calls of which nothing was heard since then are over; null: another process looks after them. */
  private async silentSince(connectionId: string, nowMs: number): Promise<number | null> {
    if (this.links.owns(connectionId)) return nowMs - silentForMs;
    const row = await this.connections.find(connectionId);
    if (row === undefined) return Infinity;
    return row.enabled ? null : nowMs - silentForMs;
  }
}
