/**
 * The connections activities are written to: every CRM whose connector can upsert or create an activity. One that is
 * switched off is only paused; to write nothing, its policy is switched off.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import type { JournalPolicy } from '#core/contract/journal-policy.ts';
import { defaultJournalPolicy } from './journal-policy.ts';
import { JournalStore } from './journal.store.ts';

export interface Sink {
  readonly connectionId: string;
  readonly connectorId: string;
  readonly tenantId: string;
  /** Object of the connector that stands for a call activity. */
  readonly object: string;
  /** Object that stands for a contact, for associations. */
  readonly contactObject: string | null;
  readonly policy: JournalPolicy;
  /** Calls that began before the CRM was connected are not its business. */
  readonly sinceMs: number;
}

/** A switch's clock may be behind the hub's. */
const skewMs = 5 * 60_000;

const freshMs = 5_000;

@Injectable()
export class SinksService {
  private cached: { readonly sinks: Promise<Sink[]>; readonly atMs: number } | undefined;

  constructor(
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(JournalStore) private readonly store: JournalStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): Promise<Sink[]> {
    const nowMs = this.clock.now();
    if (this.cached === undefined || nowMs - this.cached.atMs > freshMs) {
      this.cached = { sinks: this.load(), atMs: nowMs };
      this.cached.sinks.catch(() => this.forget());
    }
    return this.cached.sinks;
  }

  /** Call when a connection or a policy changed. */
  forget(): void {
    this.cached = undefined;
  }

  private async load(): Promise<Sink[]> {
    const [recordConnections, policies] = await Promise.all([this.connections.withRecords(), this.store.policies()]);
    return recordConnections.flatMap(({ connectionId, connectorId, tenantId, objects, createdAtMs }) => {
      const activity = objects.find(
        ({ entity, can }) => entity === 'activity' && (can.includes('upsert') || can.includes('create')),
      );
      if (activity === undefined) return [];
      const contactObject = objects.find(({ entity }) => entity === 'contact')?.name ?? null;
      const policy = policies.get(connectionId) ?? defaultJournalPolicy;
      const sinceMs = createdAtMs - skewMs;
      return [{ connectionId, connectorId, tenantId, object: activity.name, contactObject, policy, sinceMs }];
    });
  }
}
