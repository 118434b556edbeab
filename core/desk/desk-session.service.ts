/** The whole state of one user's desk, for a freshly loaded or refreshed page. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { DeskSession } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { WrapUpsStore } from '#core/calls/wrap-ups.store.ts';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { hasPart } from './agent-leg.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { PopsStore } from './pops.store.ts';

@Injectable()
export class DeskSessionService {
  constructor(
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(WrapUpsStore) private readonly wrapUps: WrapUpsStore,
    @Inject(PopsStore) private readonly pops: PopsStore,
    @Inject(DeskEventsStore) private readonly events: DeskEventsStore,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
  ) {}

  /** The cursor is read first: an event that arrives while the rest is read is delivered again, never lost. */
  async load(actor: Actor): Promise<DeskSession> {
    const { last } = await this.events.range(actor.id);
    const [open, pops, unfinished, setting, agents, switches] = await Promise.all([
      this.interactions.open(actor.connectionId ?? undefined),
      this.pops.shown(actor.id),
      this.pops.unfinished(actor.id),
      this.pops.setting(actor.tenantId),
      this.interactions.agents(),
      this.connections.switches(),
    ]);
    const mine = agents.find(
      ({ connectionId, agent }) => agent === actor.extension && (actor.connectionId ?? connectionId) === connectionId,
    );
    return {
      userId: actor.id,
      agent: actor.extension,
      connectionId: actor.connectionId,
      agentState: { state: mine?.state ?? 'loggedOff', reason: mine?.reason ?? null },
      calls: open.filter((interaction) => hasPart(interaction, actor)),
      pops,
      openWrapUps: await this.withWrapUps(unfinished.toWrapUp, actor.id),
      missed: unfinished.missed,
      dispositions: [...setting.dispositions],
      switches,
      cursor: last,
    };
  }

  private async withWrapUps(interactions: readonly Interaction[], userId: string): Promise<DeskSession['openWrapUps']> {
    const open: DeskSession['openWrapUps'] = [];
    for (const interaction of interactions) {
      const saved = await this.wrapUps.ofUser(interaction.id, userId);
      open.push({ interaction, wrapUp: saved ?? blankWrapUp(interaction.id) });
    }
    return open;
  }
}

function blankWrapUp(interactionId: string): DeskSession['openWrapUps'][number]['wrapUp'] {
  return { interactionId, notes: '', disposition: null, contactId: null, completed: false };
}
