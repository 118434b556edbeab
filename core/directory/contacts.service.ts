/** Contacts: made, changed, found. Every write keeps the number index and the search terms in the same transaction. */
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Contact } from '#core/contract/api/directory.ts';
import { HubError } from '#core/contract/errors.ts';
import { defaultTenantId } from '#core/access/tenants.service.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { patched, type ContactPatch } from './contact-change.ts';
import { contactRow, type ContactDraft } from './contact-record.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import { sortKey } from './search-terms.ts';

export interface NamedDraft {
  readonly id: string;
  readonly draft: ContactDraft;
}

@Injectable()
export class ContactsService {
  constructor(
    @Inject(ContactsStore) private readonly store: ContactsStore,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Without a tenant: for the hub's own parts that have the id from the hub. Null when it is gone. */
  get(contactId: string, tenantId: string | null = null): Promise<Contact | null> {
    return this.store.find(contactId, tenantId);
  }

  /** As `get`, but refuses with `resource.missing`. */
  async require(contactId: string, tenantId: string): Promise<Contact> {
    const contact = await this.store.find(contactId, tenantId);
    if (contact === null) throw missing(contactId);
    return contact;
  }

  /** The same intent key twice, even at the same time, makes one contact; the second caller gets the first one's. */
  async create(draft: ContactDraft, intentKey: string | null = null, tenantId = defaultTenantId): Promise<Contact> {
    const id = newId();
    const holder = await this.store.transaction(async (manager) => {
      if (intentKey !== null) {
        const claim = { tenantId, intentKey: intentKey.replaceAll('\u0000', ''), contactId: id };
        const first = await this.store.claimIntent(claim, this.clock.now(), manager);
        if (first !== null) return first;
      }
      await this.saveAll([{ id, draft }], tenantId, manager);
      return id;
    });
    return this.require(holder, tenantId);
  }

  /** Many at once, for seeds; answers their ids in order. */
  async createMany(drafts: readonly ContactDraft[], tenantId = defaultTenantId): Promise<string[]> {
    const named = drafts.map((draft) => ({ id: newId(), draft }));
    await this.store.transaction((manager) => this.saveAll(named, tenantId, manager));
    return named.map(({ id }) => id);
  }

  async update(contactId: string, patch: ContactPatch, tenantId: string): Promise<Contact> {
    await this.store.transaction(async (manager) => {
      if (!(await this.store.lock(contactId, tenantId, manager))) throw missing(contactId);
      const contact = await this.store.find(contactId, tenantId, manager);
      if (contact === null) throw missing(contactId);
      await this.saveAll([{ id: contactId, draft: patched(contact, patch) }], tenantId, manager);
    });
    return this.require(contactId, tenantId);
  }

  async remove(contactId: string, tenantId: string): Promise<void> {
    if (!(await this.store.remove(contactId, tenantId))) throw missing(contactId);
  }

  /** Stores drafts under given ids, new or known, with the companies they name. */
  async saveAll(named: readonly NamedDraft[], tenantId: string, manager: EntityManager): Promise<void> {
    const habits = await this.settings.habits(tenantId);
    const nowMs = this.clock.now();
    const accounts = await this.store.ensureAccounts(accountsOf(named), { tenantId, nowMs }, manager);
    const rows = named.map(({ id, draft }) => {
      const accountId = accounts.get(sortKey(draft.accountName ?? '')) ?? null;
      return contactRow(draft, { id, tenantId, accountId, habits });
    });
    await this.store.save(rows, nowMs, manager);
  }
}

function accountsOf(named: readonly NamedDraft[]): { id: string; name: string; nameKey: string }[] {
  const byKey = new Map<string, { id: string; name: string; nameKey: string }>();
  for (const { draft } of named) {
    const name = draft.accountName?.trim() ?? '';
    const nameKey = sortKey(name);
    if (nameKey !== '' && !byKey.has(nameKey)) byKey.set(nameKey, { id: newId(), name, nameKey });
  }
  return [...byKey.values()];
}

function missing(contactId: string): HubError {
  return new HubError('resource.missing', `There is no contact ${contactId}; it may have been removed.`);
}
