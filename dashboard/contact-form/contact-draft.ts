import { contactDraft, type Contact } from '#core/contract/api/directory.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { z } from 'zod';

export type ContactDraft = z.output<typeof contactDraft>;

/** Reads what a pop suggests for a new record; anything unfit is left out rather than refused. */
export function draftFromDefaults(defaults: JsonObject, number: string | null): ContactDraft {
  const empty = contactDraft.parse({});
  const known = Object.fromEntries(
    Object.entries(contactDraft.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(defaults[name]);
      return parsed.success && defaults[name] !== undefined ? [[name, parsed.data]] : [];
    }),
  );
  const draft = contactDraft.parse({ ...empty, ...known });
  const phones = draft.phones.length > 0 || number === null ? draft.phones : [{ number, label: 'work' as const }];
  return { ...draft, phones };
}

export function draftOf(contact: Contact): ContactDraft {
  return contactDraft.parse({
    ...contact,
    phones: contact.phones.map(({ number, label }) => ({ number, label })),
  });
}

/** Blank fields become absent values, and rows left empty are dropped. */
export function tidyDraft(draft: ContactDraft): ContactDraft {
  const blank = (text: string | null | undefined) =>
    text === undefined || text?.trim() === '' ? null : (text?.trim() ?? null);
  return {
    firstName: blank(draft.firstName),
    lastName: blank(draft.lastName),
    jobTitle: blank(draft.jobTitle),
    accountName: blank(draft.accountName),
    recordUrl: blank(draft.recordUrl),
    emails: draft.emails.map((email) => email.trim()).filter((email) => email !== ''),
    phones: draft.phones.filter((phone) => (phone.number ?? '').trim() !== ''),
    status: draft.status,
  };
}
