import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactDraft, type Contact } from '#core/contract/api/directory.ts';
import { integrator, openDirectoryBench, ringing, type DirectoryBench } from './testing/directory-bench.ts';
import { ContactTouchConsumer } from './contact-touch.consumer.ts';

let bench: DirectoryBench;
beforeAll(async () => {
  bench = await openDirectoryBench();
});
afterAll(() => bench.close());

const make = (about: Record<string, unknown>) => bench.contacts.create(contactDraft.parse(about));
const work = (...numbers: string[]) => ({ phones: numbers.map((number) => ({ number })) });
const names = ({ items }: { items: Contact[] }) => items.map((item) => item.displayName);

describe('contacts', () => {
  it('keep what was typed and know what it means', async () => {
    const contact = await make({
      firstName: 'Ann',
      lastName: 'Abbott',
      accountName: 'Keeping Inc',
      emails: ['ann@keeping.test'],
      ...work('(415) 555-0101 x9', '415-555-0102 / 415-555-0103'),
      recordUrl: 'javascript:alert(1)',
    });
    expect(contact).toMatchObject({ displayName: 'Ann Abbott', accountName: 'Keeping Inc', recordUrl: null });
    expect(contact.phones.map(({ number, parsed }) => [number, parsed.e164, parsed.extension])).toEqual([
      ['(415) 555-0101 x9', '+14155550101', '9'],
      ['415-555-0102', '+14155550102', null],
      ['415-555-0103', '+14155550103', null],
    ]);
    expect(await bench.contacts.get(contact.id)).toEqual(contact);
    expect(await bench.contacts.get(contact.id, 'other')).toBeNull();
  });

  it('change only in what is named', async () => {
    const contact = await make({
      firstName: 'Zoe',
      lastName: 'Zimt',
      emails: ['zoe@zimt.test'],
      ...work('415 555 0104'),
    });
    bench.clock.atMs += 1000;
    const changed = await bench.contacts.update(contact.id, { lastName: 'Zander', phones: [] }, 'default');
    expect(changed).toMatchObject({ displayName: 'Zoe Zander', emails: ['zoe@zimt.test'], phones: [] });
    expect(changed.updatedAt > contact.updatedAt).toBe(true);
    await expect(bench.contacts.update(contact.id, {}, 'other')).rejects.toMatchObject({ code: 'resource.missing' });
    await expect(bench.contacts.remove(contact.id, 'other')).rejects.toMatchObject({ code: 'resource.missing' });
    await bench.contacts.remove(contact.id, 'default');
    await expect(bench.contacts.remove(contact.id, 'default')).rejects.toMatchObject({ code: 'resource.missing' });
  });

  it('are made once per intent, also by several agents at once', async () => {
    const draft = contactDraft.parse({ lastName: 'Intent', ...work('415 555 0105') });
    const made = await Promise.all(
      Array.from({ length: 5 }, () => bench.contacts.create(draft, 'number:+14155550105')),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(names(await bench.search.list({ search: 'intent', limit: 10 }, 'default'))).toEqual(['Intent']);
  });

  it('survive text no database takes', async () => {
    const contact = await make({
      lastName: 'A\u0000B\ud800C',
      accountName: '\u0000',
      ...work('\u0000415 555 0106\udfff'),
    });
    expect(contact).toMatchObject({ lastName: 'AB\ufffdC', phones: [{ parsed: { e164: '+14155550106' } }] });
  });

  it('share one company of a name', async () => {
    const many = Array.from({ length: 8 }, (_, at) =>
      make({ lastName: `C${at}`, accountName: at % 2 ? 'ÉCLAIR ' : 'Éclair' }),
    );
    expect(new Set((await Promise.all(many)).map(({ accountId }) => accountId)).size).toBe(1);
  });
});

describe('search', () => {
  beforeAll(async () => {
    await make({
      firstName: '伟',
      lastName: '王',
      accountName: '北京测试科技有限公司',
      ...work('010-6552 9988', '+86 138 0013 8000'),
    });
    await make({
      firstName: 'Jürgen',
      lastName: 'Groß-Müller',
      accountName: 'Nordwind GmbH',
      ...work('+49 30 901820'),
    });
    await make({ firstName: "Quinn'", lastName: "O'Brien", emails: ['quinn@obrien.test'], ...work('+353 1 679 0000') });
  });
  const find = async (search: string) => names(await bench.search.list({ search, limit: 10 }, 'default'));

  it.each([
    ['王伟', '王伟'],
    ['伟', '王伟'],
    ['测试科技', '王伟'],
    ['jurgen', 'Jürgen Groß-Müller'],
    ['MÜLL nord', 'Jürgen Groß-Müller'],
    ["o'bri", "Quinn' O'Brien"],
    ['quinn@obrien', "Quinn' O'Brien"],
    ['+49 30 90', 'Jürgen Groß-Müller'],
    ['01820', 'Jürgen Groß-Müller'],
    ['8613800', '王伟'],
    ['0138 0013 8000', '王伟'],
    ['679-0000', "Quinn' O'Brien"],
    ['ju', 'Jürgen Groß-Müller'],
  ])('%s finds %s', async (search, name) => {
    expect(await find(search)).toContain(name);
  });

  it.each(["'; drop table contact; --", '%', '\\', "a' | 'b", ':*', '(((', '&!', '\u0000x', '🙂', 'ž'.repeat(200)])(
    'survives %j',
    async (search) => {
      expect(Array.isArray(await find(search))).toBe(true);
    },
  );

  it('gives every contact once over its pages', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await bench.search.list({ limit: 3, cursor: cursor ?? undefined }, 'default');
      seen.push(...page.items.map(({ id }) => id));
      expect(page.total).toBeGreaterThan(10);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = await bench.search.list({ limit: 200 }, 'default');
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    await expect(bench.search.list({ limit: 3, cursor: 'x' }, 'default')).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

describe('identification', () => {
  const call = (id: string, number: string | null, about = {}) =>
    ringing(id, { caller: { number, name: null, presentation: 'allowed' }, ...about });

  it('finds a contact, stores the decision, and keeps it', async () => {
    const fay = await make({ lastName: 'Fay', ...work('+44 20 7946 0001') });
    const interaction = call('i1', '0044 20 7946 0001');
    const who = await bench.identifications.identify(interaction);
    expect(who).toMatchObject({ action: 'auto', contactId: fay.id, reasonCode: 'oneMatch' });
    await make({ lastName: 'Later', ...work('+44 20 7946 0001') });
    expect(await bench.identifications.identify(interaction)).toEqual(who);
    expect(await bench.identifications.find('i1', 'default')).toEqual(who);
    expect(await bench.identifications.find('i1', 'other')).toBeNull();
    expect(await bench.identifications.identify(call('i2', '+442079460001'))).toMatchObject({ action: 'ask' });
  });

  it('answers eight phones that ring at once the same', async () => {
    await make({ lastName: 'Eight', ...work('415 555 0180') });
    const all = await Promise.all(
      Array.from({ length: 8 }, () => bench.identifications.identify(call('i3', '4155550180'))),
    );
    expect(new Set(all.map(({ contactId }) => contactId)).size).toBe(1);
  });

  it('finds records whose number nobody could parse, by their end', async () => {
    const pat = await make({ lastName: 'Suffix', ...work('7 555 0181') });
    const who = await bench.identifications.identify(call('i4', '+1 415 755 50181'.replace('755 50181', '7550181')));
    expect(who.candidates.map(({ contactId }) => contactId)).not.toContain(pat.id);
    const local = await bench.identifications.identify(call('i5', '75550181'));
    expect(local).toMatchObject({ action: 'ask', reasonCode: 'uncertainMatch' });
    expect(local.candidates.map(({ contactId }) => contactId)).toEqual([pat.id]);
  });

  it('says nothing about hidden callers and colleagues', async () => {
    const hidden = call('i6', '匿名');
    expect(await bench.identifications.identify(hidden)).toMatchObject({ action: 'none', reasonCode: 'hiddenNumber' });
    const withheld = ringing('i7', { caller: { number: '+442079460001', name: null, presentation: 'restricted' } });
    expect((await bench.identifications.identify(withheld)).reasonCode).toBe('hiddenNumber');
    expect((await bench.identifications.numberOf(withheld)).display).toBe('Withheld');
    expect((await bench.identifications.identify(call('i8', '1002', { direction: 'internal' }))).reasonCode).toBe(
      'internalCall',
    );
  });

  it('uses the called number of an outbound call, and the record a click-to-dial named', async () => {
    const named = await make({ lastName: 'Named', ...work('415 555 0182') });
    const other = await make({ lastName: 'Other', ...work('415 555 0182') });
    const outbound = { direction: 'outbound' as const, callee: '4155550182' };
    expect(await bench.identifications.identify(ringing('i9', outbound))).toMatchObject({ action: 'ask' });
    const dialled = ringing('i10', { ...outbound, correlation: { contactId: other.id } });
    expect(await bench.identifications.identify(dialled)).toMatchObject({
      contactId: other.id,
      reasonCode: 'fromClickToDial',
    });
    expect(named.id).not.toBe(other.id);
  });

  it('links a contact that is made during the call', async () => {
    const interaction = call('i11', '415 555 0183');
    expect(await bench.identifications.identify(interaction)).toMatchObject({ action: 'none', reasonCode: 'noMatch' });
    const made = await make({ lastName: 'Made', ...work('415 555 0183') });
    expect(await bench.identifications.identify(interaction)).toMatchObject({ action: 'auto', contactId: made.id });
  });

  it('takes a user’s word, keeps it, and knows the number next time', async () => {
    const kim = await make({ lastName: 'Kim' });
    const interaction = call('i12', '+82 2 312 3456');
    await bench.identifications.identify(interaction);
    const chosen = await bench.identifications.choose('i12', kim.id, integrator);
    expect(chosen).toMatchObject({ contactId: kim.id, action: 'auto', chosenBy: 'ida', reasonCode: 'chosenByUser' });
    await bench.identifications.addCandidates(interaction, []);
    expect(await bench.identifications.identify(interaction)).toMatchObject({ contactId: kim.id });
    expect(await bench.identifications.identify(call('i13', '+8223123456'))).toMatchObject({ contactId: kim.id });
    await expect(bench.identifications.choose('i12', 'nobody', integrator)).rejects.toMatchObject({
      code: 'resource.missing',
    });
    await expect(bench.identifications.choose('none', kim.id, integrator)).rejects.toMatchObject({
      code: 'resource.missing',
    });
  });

  it('learns from the CRM, once per record, and decides again', async () => {
    const interaction = call('i14', '+1 415 555 0184');
    expect((await bench.identifications.identify(interaction)).action).toBe('none');
    const found = {
      connectionId: 'crm',
      object: 'contact',
      entity: 'contact' as const,
      recordId: '77',
      recordUrl: 'https://crm.test/77',
      values: {
        firstName: 'Cora',
        lastName: 'Crm',
        accountName: 'Crm Inc',
        phones: [{ number: '(415) 555-0199', label: 'work' }],
      },
    };
    const [who] = await Promise.all([
      bench.identifications.addCandidates(interaction, [found]),
      bench.identifications.learn([found]),
      bench.identifications.learn([found]),
    ]);
    expect(who).toMatchObject({ action: 'auto' });
    const contact = await bench.contacts.get(who.contactId ?? '');
    expect(contact).toMatchObject({
      displayName: 'Cora Crm',
      recordUrl: 'https://crm.test/77',
      links: [{ connectionId: 'crm', object: 'contact', recordId: '77' }],
    });
    expect(await bench.identifications.identify(call('i15', '4155550199'))).toMatchObject({ contactId: who.contactId });
    await bench.identifications.learn([{ ...found, values: { lastName: 'Changed', emails: ['c@crm.test'] } }]);
    expect(await bench.contacts.get(who.contactId ?? '')).toMatchObject({
      displayName: 'Cora Changed',
      emails: ['c@crm.test'],
    });
  });

  it('adopts a contact it knows instead of making a second one', async () => {
    const dana = await make({ firstName: 'Dana', lastName: 'Dell', emails: ['dana@dell.test'] });
    const record = (recordId: string, values: Record<string, string[] | string>) => ({
      connectionId: 'crm',
      object: 'contact',
      entity: 'contact' as const,
      recordId,
      recordUrl: null,
      values,
    });
    const link = await bench.external.upsert(record('d1', { lastName: 'Dell', emails: ['DANA@dell.test'] }), 'default');
    expect(link?.contactId).toBe(dana.id);
    // Another record of the same CRM with the same address is another person: dana is taken.
    const second = await bench.external.upsert(
      record('d2', { lastName: 'Dell', emails: ['dana@dell.test'] }),
      'default',
    );
    expect(second?.contactId).not.toBe(dana.id);
    const company = await bench.external.upsert(
      {
        ...record('a1', {}),
        object: 'company',
        entity: 'account',
        values: { name: 'Acme', phones: [{ number: '4155550170' }] },
      },
      'default',
    );
    expect(await bench.identifications.identify(call('i16', '4155550170'))).toMatchObject({
      action: 'auto',
      contactId: null,
      accountId: company?.accountId,
    });
  });

  it('keeps with each record which dictionary read it last', async () => {
    const record = {
      connectionId: 'crm',
      object: 'contact',
      entity: 'contact' as const,
      recordId: 'p1',
      recordUrl: null,
    };
    for (const readBy of ['acme/person v1', 'acme/person v2']) {
      await bench.external.upsert({ ...record, values: { lastName: 'Provena' }, readBy }, 'default');
    }
    const rows = await bench.dataSource.query(`select read_by from contact_link where record_id = 'p1'`);
    expect(rows).toEqual([{ read_by: 'acme/person v2' }]);
  });

  it('remembers who talked to whom last', async () => {
    const [a, b] = [
      await make({ lastName: 'Tie A', ...work('415 555 0185') }),
      await make({ lastName: 'Tie B', ...work('415 555 0185') }),
    ];
    await bench.identifications.identify(call('i17', '4155550185'));
    await bench.identifications.choose('i17', b.id, integrator);
    const consumer = new ContactTouchConsumer(bench.identificationStore, bench.index);
    const ended = call('i17', '4155550185', { open: false, answerMs: 5, endMs: 9, agents: ['1001'], agent: '1001' });
    await consumer.interactionChanged({ interaction: ended });
    const next = await bench.identifications.identify(call('i18', '4155550185'));
    expect(next.candidates.map(({ contactId }) => contactId)).toEqual([b.id, a.id]);
    expect(next.trace.map(({ rule }) => rule)).toContain('tieBreak.lastContactByAgent');
  });
});

describe('settings', () => {
  it('change how numbers are read and callers matched, but not over somebody else’s change', async () => {
    const before = await bench.settings.of('default');
    const numberRules = [{ defaultRegion: 'CN', connectionId: 'pbx-cn' }];
    const matchPolicy = {
      ...before.matchPolicy,
      ownCompany: { numbers: ['+8610655299*'], domains: [], accountIds: [] },
    };
    const saved = await bench.settings.save(integrator, { numberRules, matchPolicy, version: before.version });
    expect(saved.version).toBe(before.version + 1);
    await expect(bench.settings.save(integrator, { ...before })).rejects.toMatchObject({ code: 'resource.conflict' });
    const chinese = ringing('s1', {
      connectionId: 'pbx-cn',
      caller: { number: '010-65529988', name: null, presentation: 'allowed' },
    });
    expect(await bench.identifications.numberOf(chinese)).toMatchObject({ e164: '+861065529988' });
    expect((await bench.identifications.identify(chinese)).reasonCode).toBe('ownNumber');
    const wrong = { ...saved, numberRules: [{ defaultRegion: 'XX' }] };
    await expect(bench.settings.save(integrator, wrong)).rejects.toMatchObject({
      field: 'numberRules.0.defaultRegion',
    });
    await bench.settings.save(integrator, { ...before, version: saved.version });
  });
});
