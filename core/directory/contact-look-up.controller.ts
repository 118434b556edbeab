import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { createFlatContact, lookUpContacts } from '#core/contract/api/directory.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { ContactLookUp } from './contact-look-up.service.ts';
import { flatContactOf } from './flat-contact.ts';

@Controller()
export class ContactLookUpController {
  constructor(@Inject(ContactLookUp) private readonly lookUp: ContactLookUp) {}

  @Handles(lookUpContacts)
  async find({ query }: RouteInput<typeof lookUpContacts>, actor: Actor): Promise<RouteOutput<typeof lookUpContacts>> {
    const found = await this.lookUp.find(query, actor.tenantId);
    return { contacts: found.map(flatContactOf) };
  }

  @Handles(createFlatContact)
  async create(
    { body }: RouteInput<typeof createFlatContact>,
    actor: Actor,
  ): Promise<RouteOutput<typeof createFlatContact>> {
    return { contacts: [flatContactOf(await this.lookUp.create(body, actor.tenantId))] };
  }
}
