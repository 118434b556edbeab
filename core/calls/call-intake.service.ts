/**
 * The only writer of calls: events of all connections -> trackers -> one commit -> announcements. A push resolves when
 * its events are stored; what comes while a commit is under way goes with the next one.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';
import type { SwitchSink } from '#core/connections/switch-sink.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { GroupCommit } from '#core/platform/database/group-commit.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { METRICS, type Metrics } from '#core/platform/metrics/metrics.ts';
import type { CallCommit } from './call-commit.ts';
import { CallEventsStore } from './call-events.store.ts';
import { ConnectionIntake } from './connection-intake.ts';
import { InteractionsStore } from './interactions.store.ts';
import { createTracker } from './tracker.ts';

interface Delivery {
  readonly connectionId: string;
  readonly feed: (intake: ConnectionIntake) => void;
}

/** Enough to recognise what a connector delivers again after a restart. */
const recalledIds = 5_000;

@Injectable()
export class CallIntakeService implements SwitchSink {
  private readonly intakes = new Map<string, Promise<ConnectionIntake>>();
  private readonly commits = new GroupCommit<Delivery, void>({ commit: (items) => this.commit(items) });
  private readonly stored;

  constructor(
    @Inject(CallEventsStore) private readonly store: CallEventsStore,
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.stored = metrics.counter('tieline_call_events_total', 'Call events stored', ['connection']);
  }

  push(connectionId: string, events: readonly SwitchEvent[]): Promise<void> {
    return this.commits.add({ connectionId, feed: (intake) => intake.take(events) });
  }

  reconcile(connectionId: string, snapshot: readonly CallSnapshot[], atMs: number): Promise<void> {
    return this.commits.add({ connectionId, feed: (intake) => intake.reconcile(snapshot, atMs) });
  }

  endSilent(connectionId: string, sinceMs: number): Promise<void> {
    return this.commits.add({ connectionId, feed: (intake) => intake.endSilent(sinceMs) });
  }

  /** Another process may have owned the link meanwhile: what is remembered here is stale. */
  forget(connectionId: string): void {
    this.intakes.delete(connectionId);
  }

  private async commit(items: readonly Delivery[]): Promise<void[]> {
    const touched = new Map<string, ConnectionIntake>();
    try {
      for (const { connectionId, feed } of items) {
        const intake = touched.get(connectionId) ?? (await this.intakeOf(connectionId));
        touched.set(connectionId, intake);
        feed(intake);
      }
      const commits = [...touched.values()].map((intake) => intake.collect());
      await this.store.commit(commits);
      for (const commit of commits) await this.announce(commit);
    } catch (error) {
      // The trackers ran ahead of the database: read them back before anything else is tracked.
      for (const connectionId of touched.keys()) this.forget(connectionId);
      throw error;
    }
    return items.map(() => undefined);
  }

  private intakeOf(connectionId: string): Promise<ConnectionIntake> {
    const known = this.intakes.get(connectionId);
    if (known !== undefined) return known;
    const loading = this.load(connectionId);
    this.intakes.set(connectionId, loading);
    loading.catch(() => this.forget(connectionId));
    return loading;
  }

  private async load(connectionId: string): Promise<ConnectionIntake> {
    const [open, recent] = await Promise.all([
      this.interactions.resumable(connectionId),
      this.store.recentEventIds(connectionId, recalledIds),
    ]);
    const tracker = createTracker({ connectionId, idOf: interactionId });
    tracker.load(open);
    return new ConnectionIntake(connectionId, tracker, recent.toReversed());
  }

  /** Stored already, so a lost announcement is repaired by whoever sweeps; it must not undo the commit. */
  private async announce(commit: CallCommit): Promise<void> {
    this.stored.inc({ connection: commit.connectionId }, commit.callEvents.length);
    try {
      for (const { id, into } of commit.absorbed) await this.bus.publish('interaction.absorbed', { id, into });
      for (const { interaction } of commit.changed) await this.bus.publish('interaction.changed', { interaction });
      for (const event of commit.agentEvents) {
        await this.bus.publish('agent.changed', { connectionId: commit.connectionId, event });
      }
    } catch (error) {
      this.log.warn({ err: error }, 'Stored calls could not be announced; sweeps will catch up');
    }
  }
}

/** The same call of the same connection has the same interaction id in every process and after every restart. */
export function interactionId(connectionId: string, callId: string): string {
  return createHash('sha256').update(`${connectionId}\n${callId}`).digest('base64url').slice(0, 22);
}
