import { Inject, Injectable } from '@nestjs/common';
import type { BusPayload } from '#core/contract/bus.ts';
import { Phones } from '#core/access/phones.service.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { SwitchLinks } from '#core/connections/switch-links.service.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { DeskRepairService } from './desk-repair.service.ts';
import { DeskService } from './desk.service.ts';
import { DeskStreamService } from './desk-stream.service.ts';

/** The process that owns a switch link decides its pops; every process that holds a desk's stream wakes it. */
@Injectable()
export class DeskConsumer {
  constructor(
    @Inject(DeskService) private readonly desk: DeskService,
    @Inject(DeskRepairService) private readonly repair: DeskRepairService,
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(DeskStreamService) private readonly stream: DeskStreamService,
    @Inject(Phones) private readonly phones: Phones,
    @Inject(SwitchLinks) private readonly links: SwitchLinks,
  ) {}

  @OnBus('interaction.changed')
  async interactionChanged({ interaction }: BusPayload<'interaction.changed'>): Promise<void> {
    if (this.links.owns(interaction.connectionId)) await this.desk.interactionChanged(interaction);
  }

  @OnBus('interaction.absorbed')
  async interactionAbsorbed({ id, into }: BusPayload<'interaction.absorbed'>): Promise<void> {
    const interaction = await this.interactions.get(into);
    if (interaction !== null && this.links.owns(interaction.connectionId)) await this.repair.absorbed(id, interaction);
  }

  @OnBus('link.changed')
  async linkChanged({ connectionId, state }: BusPayload<'link.changed'>): Promise<void> {
    // Whoever held the link before, or holds it from now on, may have changed pops unseen here.
    if (state === 'up' || state === 'standby' || state === 'stopped') this.desk.forgetAll();
    if (state === 'up' && this.links.owns(connectionId)) await this.repair.catchUp(connectionId);
  }

  @OnBus('agent.changed')
  async agentChanged({ connectionId, event }: BusPayload<'agent.changed'>): Promise<void> {
    if (!this.links.owns(connectionId)) return;
    const user = await this.phones.byAgent(connectionId, event.agent);
    if (user === null) return;
    await this.desk.append(
      [{ userId: user.id, event: { type: 'agent', state: event.state, reason: event.reason ?? null } }],
      [],
    );
  }

  @OnBus('desk.appended')
  appended({ userId, cursor, events }: BusPayload<'desk.appended'>): void {
    this.desk.noteAppended(events);
    this.stream.tell(userId, { cursor, events });
  }
}
