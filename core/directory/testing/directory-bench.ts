/** The directory on a fresh database with a clock in the test's hand, wired without a container. */
import type { Actor } from '#core/contract/actor.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { ringingInteraction } from '#core/contract/testing/interaction.ts';
import { accessMigrations } from '#core/access/access.migration.ts';
import { connectionsMigrations } from '#core/connections/connections.migration.ts';
import { openTestDatabase } from '#core/platform/testing/database.ts';
import { ContactSearch } from '../contact-search.service.ts';
import { ContactSearchStore } from '../contact-search.store.ts';
import { ContactsService } from '../contacts.service.ts';
import { ContactsStore } from '../contacts.store.ts';
import { directoryMigrations } from '../directory.migration.ts';
import { DirectorySettingsService } from '../directory-settings.service.ts';
import { DirectorySettingsStore } from '../directory-settings.store.ts';
import { ExternalRecords } from '../external-records.service.ts';
import { IdentificationService } from '../identification.service.ts';
import { IdentificationStore } from '../identification.store.ts';
import { LinksStore } from '../links.store.ts';
import { NumberIndexStore } from '../number-index.store.ts';

export const integrator: Actor = {
  kind: 'user',
  id: 'ida',
  tenantId: 'default',
  role: 'integrator',
  permissions: [],
  extension: null,
  connectionId: null,
};

export async function openDirectoryBench(defaultRegion: string | null = 'US') {
  const database = await openTestDatabase([...accessMigrations, ...connectionsMigrations, ...directoryMigrations]);
  const { dataSource } = database;
  const clock = { atMs: Date.UTC(2026, 0, 1), now: () => clock.atMs };
  const contactsStore = new ContactsStore(dataSource);
  const index = new NumberIndexStore(dataSource);
  const links = new LinksStore();
  const identificationStore = new IdentificationStore(dataSource);
  const tenants = { defaultRegion: () => Promise.resolve(defaultRegion) };
  const settings = new DirectorySettingsService(new DirectorySettingsStore(dataSource), tenants, clock);
  const contacts = new ContactsService(contactsStore, settings, clock);
  const external = new ExternalRecords(contactsStore, contacts, links, settings, clock);
  return {
    dataSource,
    clock,
    index,
    links,
    contactsStore,
    settings,
    contacts,
    external,
    search: new ContactSearch(new ContactSearchStore(dataSource), contactsStore, settings),
    identificationStore,
    identifications: new IdentificationService(identificationStore, index, contactsStore, external, settings, clock),
    url: database.url,
    close: () => database.close(),
  };
}
export type DirectoryBench = Awaited<ReturnType<typeof openDirectoryBench>>;

/** A call that rings at one agent's phone; its caller shows no name. */
export function ringing(id: string, about: Partial<Interaction> = {}): Interaction {
  const caller = { number: '+14155550123', name: null, presentation: 'allowed' as const };
  const times = { startMs: 0, ringStartMs: 0 };
  return ringingInteraction({ id, callIds: [id], revision: 1, caller, callee: '+12125550100', ...times, ...about });
}
