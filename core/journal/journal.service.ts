/** Interaction in, one activity per CRM out: decides when, composes, stores what changed and hands it to the outbox. */
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Interaction } from '#core/contract/interaction.ts';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { WrapUpsStore } from '#core/calls/wrap-ups.store.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ActivityService } from './activity.service.ts';
import { journalTiming } from './journal-policy.ts';
import { JournalStore, type Entry } from './journal.store.ts';
import { SinksService, type Sink } from './sinks.service.ts';

const handBatch = 500;

@Injectable()
export class JournalService {
  constructor(
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(WrapUpsStore) private readonly wrapUps: WrapUpsStore,
    @Inject(SinksService) private readonly sinks: SinksService,
    @Inject(ActivityService) private readonly activities: ActivityService,
    @Inject(JournalStore) private readonly store: JournalStore,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Idempotent: running it again on an unchanged interaction writes nothing. */
  async journal(interactionId: string): Promise<void> {
    const sinks = await this.sinks.all();
    if (sinks.length === 0) return;
    const current = await this.interactions.getTouched(interactionId);
    if (current === null) return this.store.forget(interactionId);
    const { interaction, touched } = current;
    const wrapUp = await this.wrapUps.get(interactionId);
    const nowMs = this.clock.now();
    const entries: Entry[] = [];
    let dueAtMs: number | null = null;
    for (const sink of sinks) {
      if (interaction.startMs < sink.sinceMs) continue;
      const timing = journalTiming(sink.policy, interaction, wrapUp?.completed ?? null);
      if (timing.kind === 'at' && timing.atMs > nowMs) dueAtMs = Math.min(dueAtMs ?? Infinity, timing.atMs);
      else if (timing.kind !== 'never') entries.push(...(await this.compose(sink, interaction, wrapUp)));
    }
    const writes = await this.store.record({ interactionId, touched, dueAtMs }, entries, nowMs);
    await this.hand(writes);
  }

  /** Whether an interaction in this state could be due anywhere: spares a look at the database for every ring. */
  async concerns(interaction: Interaction): Promise<boolean> {
    const sinks = await this.sinks.all();
    if (!interaction.open) return sinks.length > 0;
    return sinks.some(({ policy }) => journalTiming(policy, interaction, null).kind !== 'never');
  }

  /** Interactions to catch up with after a restart, a lost message, or a waiting time that is over; `isAll`: no more of them. */
  async behind(sinceMs: number): Promise<{ ids: string[]; isAll: boolean }> {
    if ((await this.sinks.all()).length === 0) return { ids: [], isAll: true };
    const ids = await this.store.behind(sinceMs, this.clock.now(), handBatch);
    return { ids, isAll: ids.length < handBatch };
  }

  /** Hands over what the outbox did not answer for. */
  async handRest(): Promise<void> {
    await this.hand(await this.store.unhanded(handBatch));
  }

  private async compose(
    sink: Sink,
    interaction: Interaction,
    wrapUp: { notes: string; disposition: string | null } | null,
  ): Promise<Entry[]> {
    const agents = sink.policy.granularity === 'agent' && interaction.agents.length > 0 ? interaction.agents : [null];
    const entries: Entry[] = [];
    for (const agent of agents) {
      const write = await this.activities.compose({ sink, interaction, wrapUp, agent });
      entries.push({ interactionId: interaction.id, hash: hashOf(write), write });
    }
    return entries;
  }

  private async hand(writes: readonly PlannedWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const { held } = await this.bus.request('writes.plan', { writes: [...writes] });
    const isHeld = new Set(held);
    await this.store.markHanded(writes.filter(({ key }) => isHeld.has(key)));
  }
}

function hashOf(write: Omit<PlannedWrite, 'revision'>): string {
  return createHash('sha256').update(JSON.stringify(write)).digest('base64url');
}
