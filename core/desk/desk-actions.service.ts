/** What an agent does at the desk: take a pop, close it, save the wrap-up, change state. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { Pop, WrapUp } from '#core/contract/desk.ts';
import { HubError } from '#core/contract/errors.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { WrapUpsStore } from '#core/calls/wrap-ups.store.ts';
import { IdentificationService } from '#core/directory/identification.service.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { hasPart } from './agent-leg.ts';
import { DeskService, popEvent } from './desk.service.ts';
import { upgradePop } from './pop.ts';
import { PopsStore } from './pops.store.ts';

@Injectable()
export class DeskActionsService {
  constructor(
    @Inject(PopsStore) private readonly pops: PopsStore,
    @Inject(DeskService) private readonly desk: DeskService,
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(WrapUpsStore) private readonly wrapUps: WrapUpsStore,
    @Inject(IdentificationService) private readonly identifications: IdentificationService,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Seen; with a contact: "this is the caller", which the directory and the journal take over. */
  async acknowledge(popId: string, contactId: string | null, actor: Actor): Promise<Pop> {
    const pop = await this.own(popId, actor);
    let chosen = pop;
    if (contactId !== null) {
      const identification = await this.identifications.choose(pop.interactionId, contactId, actor);
      chosen = { ...upgradePop({ ...pop, state: 'shown' }, identification), stage: pop.stage };
      // Counted as a change, so that the journal writes it even when the message is lost.
      await this.interactions.touch(pop.interactionId);
      await this.bus.publish('wrapUp.changed', { interactionId: pop.interactionId });
    }
    return this.store({ ...chosen, state: 'acknowledged' });
  }

  async dismiss(popId: string, actor: Actor): Promise<Pop> {
    const pop = await this.own(popId, actor);
    return pop.state === 'closed' ? pop : this.store({ ...pop, state: 'closed', closedReason: 'dismissed' });
  }

  async saveWrapUp(wrapUp: WrapUp, actor: Actor): Promise<WrapUp> {
    const interaction = await this.interactions.get(wrapUp.interactionId);
    if (interaction === null)
      throw new HubError('resource.missing', `There is no interaction ${wrapUp.interactionId}.`);
    const pops = await this.pops.ofInteractions([interaction.id]);
    const own = pops.filter(({ userId }) => userId === actor.id);
    if (own.length === 0 && !hasPart(interaction, actor)) {
      throw new HubError('permission.denied', 'You had no part in that call, so its notes are not yours to write.');
    }
    if (wrapUp.contactId !== null) await this.identifications.choose(interaction.id, wrapUp.contactId, actor);
    await this.wrapUps.save(wrapUp, actor.id, this.clock.now());
    const closed =
      wrapUp.completed && !interaction.open
        ? own
            .filter(({ state }) => state !== 'closed')
            .map((pop): Pop => ({ ...pop, state: 'closed', closedReason: 'wrappedUp' }))
        : [];
    await this.desk.append([{ userId: actor.id, event: { type: 'wrapUp', wrapUp } }, ...closed.map(popEvent)], closed);
    await this.bus.publish('wrapUp.changed', { interactionId: interaction.id });
    return wrapUp;
  }

  private async own(popId: string, actor: Actor): Promise<Pop> {
    const pop = await this.pops.get(popId);
    if (pop === null || pop.userId !== actor.id) throw new HubError('resource.missing', `You have no pop ${popId}.`);
    return pop;
  }

  private async store(pop: Pop): Promise<Pop> {
    await this.desk.append([popEvent(pop)], [pop]);
    return pop;
  }
}
