import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { createContact, deleteContact, getContact, listContacts, updateContact } from '#core/contract/api/directory.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { ContactSearch } from './contact-search.service.ts';
import { ContactsService } from './contacts.service.ts';

@Controller()
export class ContactsController {
  constructor(
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(ContactSearch) private readonly search: ContactSearch,
  ) {}

  @Handles(listContacts)
  list({ query }: RouteInput<typeof listContacts>, actor: Actor): Promise<RouteOutput<typeof listContacts>> {
    return this.search.list(query, actor.tenantId);
  }

  @Handles(getContact)
  get({ params }: RouteInput<typeof getContact>, actor: Actor): Promise<RouteOutput<typeof getContact>> {
    return this.contacts.require(params.contactId, actor.tenantId);
  }

  @Handles(createContact)
  create({ body }: RouteInput<typeof createContact>, actor: Actor): Promise<RouteOutput<typeof createContact>> {
    const { intentKey, ...draft } = body;
    return this.contacts.create(draft, intentKey ?? null, actor.tenantId);
  }

  @Handles(updateContact)
  update({ params, body }: RouteInput<typeof updateContact>, actor: Actor): Promise<RouteOutput<typeof updateContact>> {
    return this.contacts.update(params.contactId, body, actor.tenantId);
  }

  @Handles(deleteContact)
  async remove({ params }: RouteInput<typeof deleteContact>, actor: Actor): Promise<RouteOutput<typeof deleteContact>> {
    await this.contacts.remove(params.contactId, actor.tenantId);
    return null;
  }
}
