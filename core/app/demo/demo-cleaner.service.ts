import { Inject, Injectable } from '@nestjs/common';
import { DeskEventsStore } from '#core/desk/desk-events.store.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { DemoStore } from './demo.store.ts';

/** Takes the demo's rows away and tells the desks that showed them to load anew. */
@Injectable()
export class DemoCleaner {
  constructor(
    @Inject(DemoStore) private readonly store: DemoStore,
    @Inject(DeskEventsStore) private readonly desks: DeskEventsStore,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  async clean(tenantId: string, connectionIds: readonly string[]): Promise<void> {
    const users = await this.store.purge(tenantId, connectionIds);
    if (users.length === 0) return;
    for (const userId of users) {
      await this.bus.publish('phone.changed', { userId, extension: null, connectionId: null, takenBy: null });
    }
    const resets = users.map((userId) => ({ userId, event: { type: 'reset' as const } }));
    for (const { userId, cursor } of await this.desks.append(resets, [])) {
      await this.bus.publish('desk.appended', { userId, cursor, events: [] });
    }
  }
}
