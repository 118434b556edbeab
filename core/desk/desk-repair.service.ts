/**
 * Puts desks right where no change of a call would: a hub that was killed between storing a call and telling the desks,
 * a call that became part of another one, events nobody resumes from any more.
 */
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Pop } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { DeskService, popEvent } from './desk.service.ts';
import { PopsStore } from './pops.store.ts';

const pruneEveryMs = 3_600_000;
/** A desk that was away for longer loads its session anew. */
const keptMs = 24 * 3_600_000;

@Injectable()
export class DeskRepairService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DeskService) private readonly desk: DeskService,
    @Inject(PopsStore) private readonly pops: PopsStore,
    @Inject(DeskEventsStore) private readonly events: DeskEventsStore,
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'roles'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.environment.roles.includes('telephony')) return;
    this.timer = setInterval(() => void this.prune(), pruneEveryMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The link came up here: what happened to its calls meanwhile may not have reached the desks. */
  async catchUp(connectionId: string): Promise<void> {
    const open = await this.interactions.open(connectionId);
    const over = await this.pops.leftOver(connectionId);
    await Promise.all([...open, ...over].map((interaction) => this.desk.interactionChanged(interaction)));
  }

  /** The absorbed call goes from the desks that showed it: they load what is left, which is the call it became part of. */
  async absorbed(id: string, into: Interaction): Promise<void> {
    this.desk.forget(id);
    const closed = (await this.pops.ofInteractions([id]))
      .filter(({ state }) => state !== 'closed')
      .map((pop): Pop => ({ ...pop, state: 'closed', closedReason: 'ended' }));
    const users = new Set([...(await this.desk.usersOf(into)), ...closed.map(({ userId }) => userId)]);
    const resets = [...users].map((userId) => ({ userId, event: { type: 'reset' as const } }));
    if (resets.length > 0) await this.desk.append([...closed.map(popEvent), ...resets], closed);
  }

  async prune(): Promise<void> {
    try {
      await this.events.prune(this.clock.now() - keptMs);
    } catch (error) {
      this.log.warn({ err: error }, 'Old desk events could not be taken away; the next hour tries again.');
    }
  }
}
