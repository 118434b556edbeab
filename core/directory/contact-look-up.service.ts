import { Inject, Injectable } from '@nestjs/common';
import type { Contact } from '#core/contract/api/directory.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import { ContactSearch } from './contact-search.service.ts';
import { ContactsService } from './contacts.service.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import { draftOf, type FlatDraft, intentOf } from './flat-contact.ts';
import { NumberIndexStore } from './number-index.store.ts';

export interface LookUpQuery {
  readonly number?: string | undefined;
  readonly email?: string | undefined;
  readonly search?: string | undefined;
}

const mostContacts = 20;

/** What telephone systems ask of the directory while a phone rings. */
@Injectable()
export class ContactLookUp {
  constructor(
    @Inject(NumberIndexStore) private readonly index: NumberIndexStore,
    @Inject(ContactsStore) private readonly store: ContactsStore,
    @Inject(ContactSearch) private readonly search: ContactSearch,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
  ) {}

  /** The first of the three that is given decides. */
  async find(query: LookUpQuery, tenantId: string): Promise<Contact[]> {
    if (query.number) return this.byNumber(query.number, tenantId);
    // An e-mail address has no blanks: they were a "+", as below.
    const email = query.email?.trim().replaceAll(' ', '+').toLowerCase();
    const text = email || query.search?.trim() || '';
    if (text === '') return [];
    const { items } = await this.search.list({ search: text, limit: mostContacts }, tenantId);
    return email ? items.filter(({ emails }) => emails.some((each) => each.toLowerCase() === email)) : items;
  }

  create(flat: FlatDraft, tenantId: string): Promise<Contact> {
    return this.contacts.create(draftOf(flat), intentOf(flat), tenantId);
  }

  private async byNumber(raw: string, tenantId: string): Promise<Contact[]> {
    const habits = await this.settings.habits(tenantId);
    const { matchPolicy } = await this.settings.of(tenantId);
    // A "+" that was not written as %2B arrives as a blank.
    const number = parseNumber(/^ \d/.test(raw) ? `+${raw.trim()}` : raw, habits);
    const found = await this.index.lookUp({
      tenantId,
      number,
      agent: null,
      suffixDigits: matchPolicy.suffixDigits,
      correlated: [],
      vouched: [],
    });
    const ids = [...new Set(found.flatMap(({ contactId }) => (contactId === null ? [] : [contactId])))];
    const contacts = await this.store.findMany(ids.slice(0, mostContacts), tenantId);
    return contacts.filter(({ status }) => status === 'active');
  }
}
