import { Inject, Injectable } from '@nestjs/common';
import type { BusPayload } from '#core/contract/bus.ts';
import { OnBus } from '#core/platform/bus/on-bus.ts';
import { CallIntakeService } from './call-intake.service.ts';
import { LiveService } from './live.service.ts';

/** Feeds the live streams this process holds. */
@Injectable()
export class CallsConsumer {
  constructor(
    @Inject(LiveService) private readonly live: LiveService,
    @Inject(CallIntakeService) private readonly intake: CallIntakeService,
  ) {}

  @OnBus('interaction.changed')
  changed({ interaction }: BusPayload<'interaction.changed'>): void {
    this.live.tell({ type: 'interaction', interaction });
  }

  @OnBus('interaction.absorbed')
  absorbed({ id }: BusPayload<'interaction.absorbed'>): void {
    this.live.tell({ type: 'removed', interactionId: id });
  }

  @OnBus('agent.changed')
  agentChanged({ connectionId, event }: BusPayload<'agent.changed'>): void {
    const { agent, state, reason = null, atMs } = event;
    this.live.tell({ type: 'agent', connectionId, agent, state, reason, sinceMs: atMs });
  }

  @OnBus('link.changed')
  linkChanged(link: BusPayload<'link.changed'>): void {
    this.live.tell({ type: 'link', ...link });
    // Whoever holds the link next may not be this process: what it remembers of the calls would be stale.
    if (link.state === 'standby' || link.state === 'stopped') this.intake.forget(link.connectionId);
  }
}
