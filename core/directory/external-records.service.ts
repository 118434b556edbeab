/** Takes a record another system named into the directory, so that the next call finds it without asking. */
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { accountFromValues, emptyDraft, patchFromValues, updatedFrom } from './contact-change.ts';
import { indexedNumbers, safeUrl, type ContactDraft } from './contact-record.ts';
import { ContactsService } from './contacts.service.ts';
import { ContactsStore } from './contacts.store.ts';
import { DirectorySettingsService } from './directory-settings.service.ts';
import type { ExternalRecord } from './external-record.ts';
import { LinksStore, type Link } from './links.store.ts';
import { sortKey } from './search-terms.ts';
import { chooseTwins, twinAsk } from './twin.ts';

@Injectable()
export class ExternalRecords {
  constructor(
    @Inject(ContactsStore) private readonly store: ContactsStore,
    @Inject(ContactsService) private readonly contacts: ContactsService,
    @Inject(LinksStore) private readonly links: LinksStore,
    @Inject(DirectorySettingsService) private readonly settings: DirectorySettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Creates or updates the contact or company of a record and its link; a repeat changes nothing. Null for other kinds. */
  async upsert(record: ExternalRecord, tenantId: string): Promise<Link | null> {
    if (record.entity !== 'contact' && record.entity !== 'account') return null;
    return this.store.transaction(async (manager) => {
      await this.links.lockRecord(record, record.recordId, manager);
      const known = await this.links.find(record, record.recordId, manager);
      const link =
        record.entity === 'contact'
          ? await this.upsertContact(record, known, { tenantId, manager })
          : await this.upsertAccount(record, known, { tenantId, manager });
      if (link !== null) await this.links.save([link], { tenantId, nowMs: this.clock.now() }, manager);
      return link;
    });
  }

  private async upsertContact(
    record: ExternalRecord,
    known: Link | null,
    { tenantId, manager }: Scope,
  ): Promise<Link | null> {
    const habits = await this.settings.habits(tenantId);
    const patch = { recordUrl: record.recordUrl, ...patchFromValues(record.values) };
    const fresh: ContactDraft = { ...emptyDraft, ...patch };
    const ask = twinAsk(0, record.recordId, fresh, habits);
    const contactId =
      known?.contactId ?? chooseTwins(await this.links.twins([ask], record, { tenantId, manager })).get(0) ?? newId();
    const isKnown = await this.store.lock(contactId, tenantId, manager);
    const contact = isKnown ? await this.store.find(contactId, tenantId, manager) : null;
    const draft = contact === null ? fresh : updatedFrom(contact, patch, habits);
    await this.contacts.saveAll([{ id: contactId, draft }], tenantId, manager);
    return linkOf(record, { contactId, accountId: null });
  }

  private async upsertAccount(
    record: ExternalRecord,
    known: Link | null,
    { tenantId, manager }: Scope,
  ): Promise<Link | null> {
    const account = accountFromValues(record.values);
    if (account.name === '') return null;
    const nowMs = this.clock.now();
    const nameKey = sortKey(account.name);
    const made = [{ id: newId(), name: account.name, nameKey }];
    const ids = known?.accountId ? null : await this.store.ensureAccounts(made, { tenantId, nowMs }, manager);
    const id = known?.accountId ?? ids?.get(nameKey) ?? '';
    const habits = await this.settings.habits(tenantId);
    const numbers = indexedNumbers(account.phones, habits);
    const recordUrl = safeUrl(record.recordUrl);
    await this.links.saveAccount(
      { id, tenantId, domain: account.domain, status: account.status, recordUrl, numbers },
      nowMs,
      manager,
    );
    return linkOf(record, { contactId: null, accountId: id });
  }
}

interface Scope {
  readonly tenantId: string;
  readonly manager: EntityManager;
}

function linkOf(record: ExternalRecord, ids: Pick<Link, 'contactId' | 'accountId'>): Link {
  const { connectionId, object, recordId, readBy } = record;
  return { connectionId, object, recordId, recordUrl: safeUrl(record.recordUrl), readBy, ...ids };
}
