/** Gathers what an activity is made of (facts by dictionary, caller, agent names) and composes the write for one CRM. */
import { Inject, Injectable } from '@nestjs/common';
import type { Interaction } from '#core/contract/interaction.ts';
import { jsonObject } from '#core/contract/json.ts';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { Phones } from '#core/access/phones.service.ts';
import { Tenants } from '#core/access/tenants.service.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
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
    @Inject(Dictionaries) private readonly dictionaries: Dictionaries,
    @Inject(IdentificationService) private readonly identifications: IdentificationService,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(Phones) private readonly phones: Phones,
    @Inject(Tenants) private readonly tenants: Tenants,
  ) {}

  async compose({ sink, interaction, wrapUp, agent }: ActivityAsk): Promise<Omit<PlannedWrite, 'revision'>> {
    const seen = agent === null ? interaction : { ...interaction, agent, agents: [agent] };
    const identification = await this.identifications.identify(interaction);
    const contact = identification.contactId === null ? null : await this.contacts.get(identification.contactId);
    const region = await this.tenants.defaultRegion(sink.tenantId);
    const origin = `interaction:${interaction.id}`;
    const place = { connectionId: interaction.connectionId, region, record: { key: interaction.id, origin } };
    const { values: facts, label: readBy } = await this.dictionaries.readCall(place, jsonObject.parse(seen));
    const values = composeActivity({
      interaction: seen,
      facts,
      contact,
      wrapUp,
      agentNames: await this.namesOf(interaction.connectionId, seen.agents),
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
      origin,
      readBy,
    };
  }

  private async namesOf(connectionId: string, agents: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const agent of agents) {
      const user = await this.phones.byAgent(connectionId, agent);
      if (user !== null) names.set(agent, user.displayName);
    }
    return names;
  }
}
