import { describe, expect, it } from 'vitest';
import { sampleContacts } from '../testing/sample-records.ts';
import { draftFromDefaults, draftOf, tidyDraft } from './contact-draft.ts';

describe('a new record', () => {
  it('starts with what the call told', () => {
    const draft = draftFromDefaults({ firstName: 'Jan', lastName: 'de Vries', phone: '+31201234567' }, '+31201234567');
    expect(draft).toMatchObject({
      firstName: 'Jan',
      lastName: 'de Vries',
      phones: [{ number: '+31201234567', label: 'work' }],
    });
  });

  it('leaves out defaults that do not fit', () => {
    const draft = draftFromDefaults({ firstName: 7, emails: 'x', status: 'odd', unknown: true }, null);
    expect(draft).toMatchObject({ firstName: null, emails: [], status: 'active', phones: [] });
  });

  it('is tidied before it is sent', () => {
    const [contact] = sampleContacts;
    const draft = contact === undefined ? draftFromDefaults({}, null) : draftOf(contact);
    const tidy = tidyDraft({ ...draft, firstName: ' ', phones: [...draft.phones, { number: ' ', label: 'work' }] });
    expect(tidy.firstName).toBeNull();
    expect(tidy.phones).toHaveLength(2);
  });
});
