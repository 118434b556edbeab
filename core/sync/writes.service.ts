/** What ops ask of the outbox: lists with connection names, counts, dead letters, re-drive. */
import { Inject, Injectable } from '@nestjs/common';
import type { WriteView } from '#core/contract/api/writes.ts';
import { CONNECTION_NAMES, type ConnectionNames } from '#core/connections/connection-names.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { OutboxService } from './outbox.service.ts';
import type { RedriveChoice } from './outbox.store.ts';
import { WritesStore, type DeadLetterGroup, type WriteFilter } from './writes.store.ts';

@Injectable()
export class WritesService {
  constructor(
    @Inject(WritesStore) private readonly store: WritesStore,
    @Inject(OutboxService) private readonly outbox: OutboxService,
    @Inject(CONNECTION_NAMES) private readonly connections: ConnectionNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(
    query: WriteFilter & { cursor?: string | undefined; limit: number },
  ): Promise<{ items: WriteView[]; nextCursor: string | null; total: null }> {
    const { items, nextCursor } = await this.store.page(query, query.cursor, query.limit);
    return { items: await this.named(items), nextCursor, total: null };
  }

  async ofInteraction(interactionId: string): Promise<{ items: WriteView[] }> {
    const { items } = await this.store.page({ origin: `interaction:${interactionId}` }, undefined, 200);
    return { items: await this.named(items) };
  }

  summary(): ReturnType<WritesStore['summary']> {
    return this.store.summary(this.clock.now());
  }

  async deadLetters(): Promise<{ items: (DeadLetterGroup & { connectionName: string })[] }> {
    return { items: await this.named(await this.store.deadLetters()) };
  }

  redrive(choice: RedriveChoice): Promise<{ redriven: number }> {
    return this.outbox.redrive(choice);
  }

  private async named<T extends { connectionId: string }>(
    rows: readonly T[],
  ): Promise<(T & { connectionName: string })[]> {
    const names = await this.connections.names();
    return rows.map((row) => ({ ...row, connectionName: names.get(row.connectionId) ?? row.connectionId }));
  }
}
