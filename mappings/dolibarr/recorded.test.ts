import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { openLibrary } from '../language/library.ts';

/** What a Dolibarr answered and what it took: see recorded/ORIGIN.md. */
const folder = join(import.meta.dirname, 'recorded');
const library = openLibrary();

function recorded(file: string): JsonObject[] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as JsonObject);
}

const accepted = JSON.parse(readFileSync(join(folder, 'accepted.json'), 'utf8')) as Record<string, JsonObject[]>;

const answers = [
  ['contact', 'contacts.jsonl'],
  ['account', 'thirdparties.jsonl'],
  ['call', 'agendaevents.jsonl'],
  ['case', 'tickets.jsonl'],
] as const;

describe.each(answers)('%s', (object, file) => {
  const { read, write } = library.compiled('dolibarr', object, { region: 'US' });

  test('what was read and not changed is not written', () => {
    for (const record of recorded(file)) expect(write(read(record).entity, record).record).toEqual({});
  });

  test('what a server took is read and written as the same fields of the same kind', () => {
    for (const body of accepted[object] ?? []) {
      const { record } = write(read(body).entity, {});
      for (const [name, value] of Object.entries(record)) {
        if (value === null || body[name] === undefined) continue;
        expect(typeof value, name).toBe(typeof body[name]);
      }
    }
  });
});

test.each([
  ['contact', 'contacts.jsonl'],
  ['account', 'thirdparties.jsonl'],
])('%s: another name of what the record holds is not written', (object, file) => {
  const { read, write } = library.compiled('dolibarr', object, { region: 'US' });
  for (const record of recorded(file)) {
    const { entity } = read(record);
    const address = { ...(entity['address'] as JsonObject | undefined), country: 'CN' };
    const current = { ...record, country_id: '9', statut: '1', status: '1' };
    expect(write({ ...entity, address, status: 'converted' }, current).record).toEqual({});
  }
});

const people: [id: string, region: string, name: string, numbers: string[], left: string[]][] = [
  ['1', 'US', 'Ann Abbott', ['work +14155550123', 'mobile +14155550199'], []],
  // The extension stays with Dolibarr: the number is that of the house.
  ['2', 'US', 'Bob Baker', ['work +14155550123', 'mobile +14155550188'], ['phones[label=work].number']],
  ['6', 'GB', 'Fay Ford', ['work +442079460001', 'mobile +447700900456'], ['phones[label=work].number']],
  ['7', 'CN', '王伟', ['work +861065529988', 'mobile +8613800138000'], ['phones[label=work].number']],
  ['21', 'IE', "Quinn O'Brien", ['work +35316790000', 'mobile +353851234567'], []],
  ['30', 'CN', 'Xia Xu', [], ['phones[label=work].number', 'phones[label=mobile].number']],
  // The emoji that was sent after the name, in a database of three bytes a character.
  ['56', 'CN', '雷 赵????', ['mobile +8613900139000'], []],
  // Cut by Dolibarr in the middle of the extension.
  ['57', 'US', 'LongPhone', ['work +14155550100'], ['phones[label=work].number']],
  ['59', 'CN', '王小明', ['mobile +8613700137000'], []],
];

test.each(people)('contact %s is read in the region %s', (id, region, name, ...[numbers, left]) => {
  const record = recorded('contacts.jsonl').find((one) => one['id'] === id) ?? {};
  const { entity, events } = library.compiled('dolibarr', 'contact', { region }).read(record);
  expect(entity['displayName']).toBe(name);
  const phones = entity['phones'] as { label: string; number: string }[];
  expect(phones.map((phone) => `${phone.label} ${phone.number}`)).toEqual(numbers);
  expect(events.map(({ rule }) => rule)).toEqual(left);
});

test('a third party, a call, an event that is none, and a ticket as they were answered', () => {
  const read = (object: string, file: string, index: number): unknown =>
    library.compiled('dolibarr', object, { region: 'CN' }).read(recorded(file)[index] ?? {});
  expect(read('account', 'thirdparties.jsonl', 0)).toMatchObject({
    entity: {
      name: '北京测试科技有限公司',
      phones: [{ number: '+861065529988', label: 'work' }],
      status: 'active',
      address: { street: null, city: null, postalCode: null, country: 'China' },
      custom: { type: 'customer', isVendor: false, customerCode: 'CU2611-00007', parentId: null },
    },
    events: [],
  });
  expect(read('call', 'agendaevents.jsonl', 0)).toMatchObject({
    entity: {
      kind: 'call',
      body: 'Call-ID 1732237200.1\nQueue: sales\nRecording: https://pbx.example.test/rec/1',
      startedAt: '2026-11-22T01:26:50.000Z',
      endedAt: '2026-11-22T01:27:32.000Z',
      accountId: 'thirdparties/1',
      ownerId: '1',
    },
    events: [],
  });
  expect(read('call', 'agendaevents.jsonl', 2)).toMatchObject({ entity: { endedAt: null, body: null }, events: [] });
  expect(read('call', 'agendaevents.jsonl', 3)).toMatchObject({ events: [{ kind: 'failed', rule: 'kind' }] });
  expect(read('case', 'tickets.jsonl', 1)).toMatchObject({
    entity: { status: 'closed', priority: 'normal', accountId: 'thirdparties/1', custom: { closedAt: null } },
    events: [],
  });
});
