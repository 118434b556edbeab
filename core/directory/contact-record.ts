/** Between what people and systems say about a contact, the stored row, and what the API shows. Pure. */
import type { z } from 'zod';
import type { Contact, contactDraft } from '#core/contract/api/directory.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { parseNumbers } from '#core/kit/number-engine.ts';
import { reversedDigits } from '#core/kit/number-format.ts';
import { sortKey, termsOf } from './search-terms.ts';

export type ContactDraft = z.output<typeof contactDraft>;
type Label = Contact['phones'][number]['label'];

/** One number of a record as the index keeps it. */
export interface IndexedNumber {
  readonly label: Label;
  readonly raw: string;
  readonly e164: string | null;
  readonly extension: string | null;
  readonly presentation: PhoneNumber['presentation'];
  readonly reversed: string | null;
}

/** Everything of a contact that is stored, but for what the store itself knows. */
export interface ContactRow {
  readonly id: string;
  readonly tenantId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string;
  readonly sortKey: string;
  readonly jobTitle: string | null;
  readonly accountId: string | null;
  readonly emails: readonly string[];
  readonly emailKeys: readonly string[];
  readonly status: Contact['status'];
  readonly recordUrl: string | null;
  readonly terms: readonly string[];
  readonly numbers: readonly IndexedNumber[];
}

export interface RowContext {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string | null;
  readonly habits: Partial<NumberHabits>;
}

export function contactRow(draft: ContactDraft, { id, tenantId, accountId, habits }: RowContext): ContactRow {
  const displayName = displayNameOf(draft);
  const emails = [...new Set(draft.emails.map((address) => address.trim()).filter((address) => address !== ''))];
  return {
    id,
    tenantId,
    firstName: draft.firstName,
    lastName: draft.lastName,
    displayName,
    sortKey: sortKey(displayName),
    jobTitle: draft.jobTitle,
    accountId,
    emails,
    emailKeys: emails.map((address) => address.toLowerCase()),
    status: draft.status,
    recordUrl: safeUrl(draft.recordUrl),
    terms: termsOf([displayName, draft.firstName, draft.lastName, draft.accountName, ...emails]),
    numbers: indexedNumbers(draft.phones, habits),
  };
}

/** A field that holds two numbers becomes two numbers with the same label. */
export function indexedNumbers(phones: ContactDraft['phones'], habits: Partial<NumberHabits>): IndexedNumber[] {
  return phones.flatMap(({ number, label }) => {
    const parsed = parseNumbers(number, habits);
    const isSingle = parsed.length === 1;
    return parsed.map((one) => ({
      label,
      raw: (isSingle ? number : one.raw).slice(0, 200),
      e164: one.e164,
      extension: one.extension,
      presentation: one.presentation,
      reversed: reversedDigits(one),
    }));
  });
}

/** What the record calls itself, else a person's name, else the first thing that tells it apart. */
export function displayNameOf(draft: ContactDraft): string {
  const names = [
    draft.displayName,
    fullName(draft.firstName ?? '', draft.lastName ?? ''),
    draft.accountName,
    draft.emails[0],
    draft.phones[0]?.number,
  ];
  return names.map((name) => name?.trim() ?? '').find((name) => name !== '') ?? '?';
}

/** Family name first, without a blank, where the name is Chinese or Korean. */
function fullName(first: string, last: string): string {
  const short = /^[\p{Script=Han}\p{Script=Hangul}]{1,4}$/u;
  return short.test(first.trim()) && short.test(last.trim()) ? last.trim() + first.trim() : `${first} ${last}`;
}

/** Links are shown as such, so only the web's own schemes may stand in them. */
export function safeUrl(url: string | null): string | null {
  const text = url?.trim() ?? '';
  return /^https?:\/\/[^\s<>"]+$/i.test(text) ? text.slice(0, 2000) : null;
}

/** The part of an e-mail address after the @, lower-case. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  return at > 0 && at < address.length - 1 ? address.slice(at + 1).toLowerCase() : null;
}
