import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { getJournalPolicy, setJournalPolicy } from '#core/contract/api/policies.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { defaultJournalPolicy } from './journal-policy.ts';
import { JournalStore } from './journal.store.ts';
import { SinksService } from './sinks.service.ts';

@Controller()
export class JournalPolicyController {
  constructor(
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(JournalStore) private readonly store: JournalStore,
    @Inject(SinksService) private readonly sinks: SinksService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Handles(getJournalPolicy)
  async get(input: RouteInput<typeof getJournalPolicy>, actor: Actor): Promise<RouteOutput<typeof getJournalPolicy>> {
    const { id } = await this.connections.get(actor.tenantId, input.params.connectionId);
    return (await this.store.policies()).get(id) ?? defaultJournalPolicy;
  }

  @Handles(setJournalPolicy)
  async set(input: RouteInput<typeof setJournalPolicy>, actor: Actor): Promise<RouteOutput<typeof setJournalPolicy>> {
    const { id } = await this.connections.get(actor.tenantId, input.params.connectionId);
    await this.store.setPolicy(id, input.body, this.clock.now());
    this.sinks.forget();
    return input.body;
  }
}
