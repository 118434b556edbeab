/** A stored contact as the API shows it. */
import type { Contact } from '#core/contract/api/directory.ts';
import type { IndexedNumber } from './contact-record.ts';

export interface StoredContact extends Omit<Contact, 'phones' | 'updatedAt'> {
  readonly numbers: readonly Omit<IndexedNumber, 'reversed'>[];
  readonly updatedAt: Date;
  readonly sortKey: string;
}

export function contactView(stored: StoredContact): Contact {
  return {
    id: stored.id,
    firstName: stored.firstName,
    lastName: stored.lastName,
    displayName: stored.displayName,
    jobTitle: stored.jobTitle,
    accountId: stored.accountId,
    accountName: stored.accountName,
    emails: stored.emails,
    phones: stored.numbers.map(({ label, raw, e164, extension, presentation }) => ({
      number: raw,
      label,
      parsed: { raw, e164, extension, presentation },
    })),
    status: stored.status,
    recordUrl: stored.recordUrl,
    links: stored.links,
    updatedAt: stored.updatedAt.toISOString(),
  };
}
