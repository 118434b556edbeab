/** A contact as telephone systems read it: every value by one name, empty instead of null. Pure. */
import type { Contact, FlatContact } from '#core/contract/api/directory.ts';
import type { ContactDraft } from './contact-record.ts';

export function flatContactOf(contact: Contact): FlatContact {
  const numbers = (label: Contact['phones'][number]['label']): string[] =>
    contact.phones.filter((phone) => phone.label === label).map(({ number, parsed }) => parsed.e164 ?? number);
  const [phoneWork = '', phoneWork2 = ''] = numbers('work');
  const first = (label: Contact['phones'][number]['label']): string => numbers(label)[0] ?? '';
  return {
    id: contact.id,
    displayName: contact.displayName,
    firstName: contact.firstName ?? '',
    lastName: contact.lastName ?? '',
    company: contact.accountName ?? '',
    jobTitle: contact.jobTitle ?? '',
    email: contact.emails[0] ?? '',
    phoneWork,
    phoneWork2,
    phoneMobile: first('mobile'),
    phoneHome: first('home'),
    phoneOther: first('other'),
    fax: first('fax'),
    recordUrl: contact.recordUrl ?? '',
  };
}

export interface FlatDraft {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly email: string;
  readonly number: string;
}

export function draftOf(flat: FlatDraft): ContactDraft {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const email = orNull(flat.email);
  const number = orNull(flat.number);
  return {
    firstName: orNull(flat.firstName),
    lastName: orNull(flat.lastName),
    jobTitle: null,
    accountName: orNull(flat.company),
    emails: email === null ? [] : [email],
    phones: number === null ? [] : [{ number, label: 'work' }],
    status: 'active',
    recordUrl: null,
  };
}

/** A telephone system repeats a request it got no answer to: the same values are the same wish. */
export function intentOf(flat: FlatDraft): string {
  const parts = [flat.number.replace(/\D/g, ''), flat.firstName, flat.lastName, flat.email, flat.company];
  return `flat:${parts.map((part) => part.trim().toLowerCase()).join('\u001f')}`.slice(0, 200);
}
