/** Gathers what an activity is made of (facts by dictionary, caller, agent names) and composes the write for one CRM. */
import { Inject, Injectable } from '@nestjs/common';
import { interaction as interactionSchema, type Interaction } from '#core/contract/interaction.ts';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { AgentsService } from '#core/access/agents.service.ts';
import { DictionariesService } from '#core/connections/dictionaries.service.ts';
import { ContactsService } from '#core/directory/contacts.service.ts';
import { IdentificationService } from '#core/directory/identification.service.ts';
import { activityKey, composeActivity } from './activity.ts';
import type { Sink } from './sinks.service.ts';
import { journalTexts } from './texts.ts';

interface ActivityAsk {
  readonly sink: Sink;
  readonly interaction: Interaction;
  readonly wrapUp: { readonly notes: string; readonly disposition: string | null } | null;
  /** Null = one activity for the whole interaction. */
  readonly agent: string | null;
}

@Injectable()
export class ActivityService {
  constructor(
    @Inject(DictionariesService) private readonly dictionaries: DictionariesService,
    @Inject(IdentificationService) private readonly identifications: IdentificationService,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(AgentsService) private readonly agents: AgentsService,
  ) {}

  async compose({ sink, interaction, wrapUp, agent }: ActivityAsk): Promise<Omit<PlannedWrite, 'revision'>> {
    const seen = agent === null ? interaction : { ...interaction, agent, agents: [agent] };
    const identification = await this.identifications.identify(interaction);
    const contact = identification.contactId === null ? null : await this.contacts.get(identification.contactId);
    const facts = await this.dictionaries.readCall(interaction.connectionId, interactionSchema.parse(seen));
    const values = composeActivity({
      interaction: seen,
      facts,
      contact,
      wrapUp,
      agentNames: await this.agents.namesOf(interaction.connectionId, seen.agents),
      texts: journalTexts(sink.policy.language),
    });
    return {
      key: activityKey(interaction.id, agent),
      tenantId: sink.tenantId,
      connectionId: sink.connectionId,
      object: sink.object,
      entity: 'activity',
      values,
      mode: sink.policy.mode === 'createOnly' ? 'createOnly' : 'upsert',
      associations: (contact?.links ?? [])
        .filter((link) => link.connectionId === sink.connectionId && link.object === sink.contactObject)
        .map(({ object, recordId }) => ({ object, recordId })),
      origin: `interaction:${interaction.id}`,
    };
  }
}
