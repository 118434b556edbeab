import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import {
  getInteraction,
  interactionEvents,
  interactionWrapUp,
  listInteractions,
  liveEvents,
  liveSnapshot,
} from '#core/contract/api/interactions.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { CallEventsStore } from './call-events.store.ts';
import { InteractionsStore } from './interactions.store.ts';
import { LiveService, type LiveEvent } from './live.service.ts';
import { WrapUpsStore } from './wrap-ups.store.ts';

@Controller()
export class InteractionsController {
  constructor(
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(CallEventsStore) private readonly events: CallEventsStore,
    @Inject(WrapUpsStore) private readonly wrapUps: WrapUpsStore,
    @Inject(LiveService) private readonly live: LiveService,
  ) {}

  @Handles(listInteractions)
  async list({ query }: RouteInput<typeof listInteractions>): Promise<RouteOutput<typeof listInteractions>> {
    return { ...(await this.interactions.page(query, query.cursor, query.limit)), total: null };
  }

  @Handles(getInteraction)
  get({ params }: RouteInput<typeof getInteraction>): Promise<RouteOutput<typeof getInteraction>> {
    return this.require(params.interactionId);
  }

  @Handles(interactionEvents)
  async eventsOf({ params }: RouteInput<typeof interactionEvents>): Promise<RouteOutput<typeof interactionEvents>> {
    const { connectionId, callIds } = await this.require(params.interactionId);
    return { items: await this.events.eventsOf(connectionId, callIds) };
  }

  @Handles(interactionWrapUp)
  async wrapUp({ params }: RouteInput<typeof interactionWrapUp>): Promise<RouteOutput<typeof interactionWrapUp>> {
    return { wrapUp: await this.wrapUps.get(params.interactionId) };
  }

  @Handles(liveSnapshot)
  snapshot(): Promise<RouteOutput<typeof liveSnapshot>> {
    return this.live.snapshot();
  }

  @Handles(liveEvents)
  follow(_input: RouteInput<typeof liveEvents>, _actor: Actor, exchange: Exchange): AsyncIterable<{ data: LiveEvent }> {
    return this.live.follow(exchange.signal);
  }

  private async require(id: string): Promise<Interaction> {
    const found = await this.interactions.get(id);
    if (found === null)
      throw new HubError('resource.missing', `There is no interaction ${JSON.stringify(id.slice(0, 60))}.`);
    return found;
  }
}
