/** Changing a contact: by a user's form, or by what an external system says about it. Pure. */
import { z } from 'zod';
import type { Contact, contactPatch } from '#core/contract/api/directory.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { indexedNumbers, type ContactDraft } from './contact-record.ts';

export type ContactPatch = z.output<typeof contactPatch>;
export const emptyDraft: ContactDraft = {
  firstName: null,
  lastName: null,
  jobTitle: null,
  accountName: null,
  emails: [],
  phones: [],
  status: 'active',
  recordUrl: null,
};

export function draftOf(contact: Contact): ContactDraft {
  const { firstName, lastName, displayName, jobTitle, accountName, emails, status, recordUrl } = contact;
  const phones = contact.phones.map(({ number, label }) => ({ number, label }));
  return { firstName, lastName, displayName, jobTitle, accountName, emails, phones, status, recordUrl };
}

/** A name made from first and last name is made anew when they change, unless the user names it. */
export function patched(contact: Contact, patch: ContactPatch): ContactDraft {
  const changed = { ...draftOf(contact), ...definedOnly(patch) };
  const isRenamed = patch.firstName !== undefined || patch.lastName !== undefined;
  if (!isRenamed || patch.displayName !== undefined) return changed;
  const { displayName: _, ...unnamed } = changed;
  return unnamed;
}

/** What an external record says wins field by field; numbers and e-mails the hub knows besides stay, after its own. */
export function updatedFrom(contact: Contact, said: ContactPatch, habits: Partial<NumberHabits>): ContactDraft {
  const draft = patched(contact, said);
  const known = contact.emails.filter((address) => !hasText(said.emails ?? [], address));
  const saidKeys = new Set(indexedNumbers(said.phones ?? [], habits).map((number) => number.e164 ?? number.reversed));
  const otherPhones = contact.phones
    .filter(({ parsed, number, label }) => {
      const [indexed] = indexedNumbers([{ number, label }], habits);
      return !saidKeys.has(parsed.e164 ?? indexed?.reversed ?? null);
    })
    .map(({ number, label }) => ({ number, label }));
  return {
    ...draft,
    emails: [...(said.emails ?? []), ...known].slice(0, 20),
    phones: [...(said.phones ?? []), ...otherPhones].slice(0, 50),
  };
}

const text = (max: number) =>
  z
    .union([z.string(), z.number()])
    .transform((value) => String(value).trim().slice(0, max))
    .nullable()
    .optional()
    .catch(undefined);
const address = z.union([z.string(), z.object({ address: z.string() }).transform((value) => value.address)]);
const phone = z.object({
  number: z.string().min(1).max(200),
  label: z.enum(['mobile', 'work', 'home', 'fax', 'other']).catch('other'),
});
const externalValues = z.object({
  firstName: text(120),
  lastName: text(120),
  displayName: text(240),
  jobTitle: text(120),
  accountName: text(240),
  recordUrl: text(2000),
  emails: z.array(address.nullable().catch(null)).max(200).optional().catch(undefined),
  phones: z.array(phone.nullable().catch(null)).max(200).optional().catch(undefined),
  status: z.enum(['active', 'inactive', 'converted']).optional().catch(undefined),
});

/** Canonical contact values (the fields of `entityFields.contact`) as a change; what cannot be used is left out. */
export function patchFromValues(values: JsonObject): ContactPatch {
  const { displayName, emails, phones, ...rest } = externalValues.parse(values);
  return definedOnly({
    ...rest,
    displayName: displayName || undefined,
    emails: emails?.filter((one) => one !== null && one !== '').slice(0, 20) as string[] | undefined,
    phones: phones?.filter((one) => one !== null).slice(0, 50),
  });
}

function definedOnly(patch: ContactPatch): ContactPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function hasText(list: readonly string[], value: string): boolean {
  return list.some((one) => one.toLowerCase() === value.toLowerCase());
}

const accountValues = z.object({
  name: text(240),
  domain: text(253),
  status: z.enum(['active', 'inactive']).catch('active'),
  phones: z.array(phone.nullable().catch(null)).max(200).optional().catch(undefined),
});

/** Canonical account values, as far as they can be used. */
export function accountFromValues(values: JsonObject) {
  const { name, domain, status, phones } = accountValues.parse(values);
  return { name: name ?? '', domain: domain ?? null, status, phones: phones?.filter((one) => one !== null) ?? [] };
}
