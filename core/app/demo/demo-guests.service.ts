/** Who meets in the demo: the callers, as contacts, and the user, at the phone that rings. */
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { DemoContact } from '#core/contract/demo.ts';
import { Users } from '#core/access/users.service.ts';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { ContactsService } from '#core/directory/contacts.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { DemoStore } from './demo.store.ts';

@Injectable()
export class DemoGuests {
  constructor(
    @Inject(DemoStore) private readonly store: DemoStore,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(Users) private readonly users: Users,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async seed(actor: Actor, callers: readonly DemoContact[]): Promise<void> {
    const ids = await this.contacts.createMany(callers.map(draftOf), actor.tenantId);
    await this.store.turnOn(actor.tenantId, ids, this.clock.now());
  }

  /** Sits a user who has no phone down at the one the demo rings, so that the first call pops on their desk. */
  async seat(actor: Actor, extension: string | null, demoIds: readonly string[]): Promise<void> {
    if (extension === null || actor.kind !== 'user' || actor.extension !== null) return;
    const switches = await this.connections.switches(actor.tenantId);
    const connectionId = switches.find((row) => demoIds.includes(row.connectionId))?.connectionId ?? null;
    await this.users.takePhone({ extension, connectionId }, actor);
  }
}

function draftOf(caller: DemoContact): Parameters<ContactsService['createMany']>[0][number] {
  const { firstName, lastName, jobTitle, accountName, email, phone } = caller;
  return {
    ...{ firstName, lastName, jobTitle, accountName },
    emails: email === null ? [] : [email],
    phones: [{ number: phone, label: 'work' }],
    status: 'active',
    recordUrl: null,
  };
}
