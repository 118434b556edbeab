import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactDraft } from '#core/contract/api/directory.ts';
import { ContactLookUp } from './contact-look-up.service.ts';
import { flatContactOf } from './flat-contact.ts';
import { openDirectoryBench, type DirectoryBench } from './testing/directory-bench.ts';

let bench: DirectoryBench;
let lookUp: ContactLookUp;
beforeAll(async () => {
  bench = await openDirectoryBench();
  lookUp = new ContactLookUp(bench.index, bench.contactsStore, bench.search, bench.contacts, bench.settings);
  await bench.contacts.create(
    contactDraft.parse({
      firstName: 'Ann',
      lastName: 'Abbott',
      accountName: 'Acme',
      emails: ['Ann@acme.test', 'ann+desk@acme.test'],
      phones: [{ number: '(415) 555-0101' }, { number: '415 555 0102' }, { number: '415 555 0103', label: 'mobile' }],
    }),
  );
  await bench.contacts.create(
    contactDraft.parse({ lastName: 'Gone', status: 'inactive', phones: [{ number: '415 555 0101' }] }),
  );
  await bench.contacts.create(contactDraft.parse({ lastName: 'Near', phones: [{ number: '415 555 01011' }] }));
});
afterAll(() => bench.close());

const namesFor = async (query: Parameters<ContactLookUp['find']>[0], tenantId = 'default') =>
  (await lookUp.find(query, tenantId)).map(({ displayName }) => displayName);

it.each(['+14155550101', '0014155550101', ' 14155550101', '415-555-0101'])(
  'finds %s, whatever its spelling',
  async (number) => {
    expect(await namesFor({ number })).toEqual(['Ann Abbott']);
  },
);

it('finds an e-mail address whole, a text in part, and nothing for nothing', async () => {
  expect(await namesFor({ email: 'ann@ACME.test' })).toEqual(['Ann Abbott']);
  expect(await namesFor({ email: 'nn@acme.test' })).toEqual([]);
  expect(await namesFor({ email: 'ann desk@acme.test' })).toEqual(['Ann Abbott']);
  expect(await namesFor({ search: 'acm' })).toEqual(['Ann Abbott']);
  expect(await namesFor({})).toEqual([]);
  expect(await namesFor({ number: 'anonymous' })).toEqual([]);
  expect(await namesFor({ number: '+14155550101' }, 'other')).toEqual([]);
});

it('answers flat, without nulls', async () => {
  const [found] = await lookUp.find({ search: 'Abbott' }, 'default');
  expect(found && flatContactOf(found)).toEqual({
    id: found?.id,
    displayName: 'Ann Abbott',
    firstName: 'Ann',
    lastName: 'Abbott',
    company: 'Acme',
    jobTitle: '',
    email: found?.emails[0],
    phoneWork: '+14155550101',
    phoneWork2: '+14155550102',
    phoneMobile: '+14155550103',
    phoneHome: '',
    phoneOther: '',
    fax: '',
    recordUrl: '',
  });
});

it('makes one contact of a wish that comes twice', async () => {
  const wish = { firstName: 'Bo', lastName: '', company: '', email: '', number: '+1 415 555 0199' };
  const [first, second] = await Promise.all([lookUp.create(wish, 'default'), lookUp.create(wish, 'default')]);
  expect(second.id).toBe(first.id);
  expect(await namesFor({ number: '+14155550199' })).toEqual(['Bo']);
});
