import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { author, dataFolder, openDatabase, startProcess, type TestProcess } from './testing/process.ts';

const dictionary = `connector: acme
object: people
entity: contact
version: 1
direction: read
rules:
  firstName: { from: first, steps: [trim] }
  'phones[label=work].number': { from: phone, steps: [phone], onError: 'null' }
  status: { from: level, steps: [{ values: level }], default: { read: active } }
`;
const files = {
  'acme/person.yaml': dictionary,
  'shared/level.yaml': 'values: level\nrows: [{ record: gold, entity: active }]\n',
};

let database: TestDatabase;
let hub: TestProcess;
let dictionaries: Dictionaries;
beforeAll(async () => {
  database = await openDatabase();
  hub = await startProcess(database, { dataDir: dataFolder(files) });
  await database.dataSource.query(
    `insert into connection (id, connector_id, name, enabled, demo, config, secrets, revision, created_at)
     values ('crm-1', 'acme', 'Our CRM', true, false, '{}', '{}', 1, now()),
            ('crm-2', 'acme', 'Second', true, false, '{}', '{}', 1, now())`,
  );
  dictionaries = new Dictionaries({ find: async () => ({ connector_id: 'acme' }) as never }, hub.live, hub.notebook);
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});
beforeEach(() => database.dataSource.query('truncate mapping_loss, dictionary_sample'));

const read = (key: string, record: JsonObject, connectionId = 'crm-1') => {
  const place = { connectionId, object: 'people', region: 'DE', record: { key, origin: `interaction:${key}` } };
  return dictionaries.read(place, record);
};
const losses = async (filter: object = {}, limit = 200) =>
  (await hub.lossRows.page('default', filter, { cursor: undefined, limit })).items;

test('losses of readings reach the table once per record, with how often', async () => {
  for (let time = 0; time < 3; time += 1) await read('1', { first: 'Ann', phone: 'odd', level: 'tin' });
  expect(await losses()).toEqual([]);
  await hub.notebook.flush();
  await read('1', { phone: 'odd' });
  await hub.notebook.flush();
  const rows = await losses({ kind: 'nulled' });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    times: 4,
    dictionary: 'acme/person',
    version: 1,
    connectionName: 'Our CRM',
    direction: 'read',
    recordKey: '1',
    origin: 'interaction:1',
    rule: 'phones[label=work].number',
  });
  const [summary] = (await hub.catalogue.list('default')).filter(({ name }) => name === 'acme/person');
  expect(summary?.losses).toBe((await losses()).length);
});

test('a slow dictionary maps the same, on a thread of its own, with the rules of what it wrote', async () => {
  const slow = dictionary
    .replace('object: people', 'object: slow')
    .replace('direction: read\n', '')
    .replace('steps: [trim]', "steps: [{ jsonata: '$uppercase($)' }], back: [{ jsonata: '$lowercase($)' }]")
    .replaceAll("onError: 'null'", "onError: 'null', direction: read")
    .replace('default:', 'direction: read, default:');
  const draft = await hub.drafts.save('acme/slow', { text: slow, tests: null, revision: null }, author);
  await hub.publishing.publish('acme/slow', { revision: draft.revision, note: '' }, author);
  expect(hub.live.for('acme', 'slow').isSlow).toBe(true);
  const place = { connectionId: 'crm-1', object: 'slow', region: 'DE', record: { key: '1', origin: '' } };
  const mapped = await dictionaries.read(place, { first: 'Ann', phone: '030 901820', level: 'gold' });
  expect(mapped.values).toMatchObject({ firstName: 'ANN', phones: [{ label: 'work', number: '+4930901820' }] });
  const written = await dictionaries.write(place, { firstName: 'ANN' });
  expect(written).toMatchObject({ values: { first: 'ann' }, rules: { first: 'firstName' }, label: 'acme/slow v1' });
});

test('losses are found by dictionary, connection, kind and rule, page by page', async () => {
  for (let at = 0; at < 7; at += 1) await read(`r${at}`, { phone: 'odd' });
  await read('other', { phone: 'odd' }, 'crm-2');
  await hub.notebook.flush();
  expect(await losses({ connectionId: 'crm-2', kind: 'nulled' })).toMatchObject([{ connectionName: 'Second' }]);
  expect(await losses({ dictionary: 'acme/nobody' })).toEqual([]);
  expect(await losses({ rule: 'phones[label=work].number', kind: 'nulled' })).toHaveLength(8);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await hub.catalogue.listLosses('default', { cursor, limit: 3 });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen).size).toBe(16);
  expect(seen).toHaveLength(16);
  const forged = hub.catalogue.listLosses('default', { cursor: `1.x' or true`, limit: 3 });
  await expect(forged).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a stop loses nothing, a broken database only delays, a flood is bounded and told', async () => {
  const other = await startProcess(database, { dataDir: dataFolder(files) });
  const flood = new Dictionaries({ find: async () => ({ connector_id: 'acme' }) as never }, other.live, other.notebook);
  const place = { connectionId: 'crm-1', object: 'people', region: 'DE' };
  for (let at = 0; at < 6000; at += 1) {
    await flood.read({ ...place, record: { key: `f${at}`, origin: '' } }, { phone: 'odd' });
  }
  await database.dataSource.query('alter table mapping_loss rename to mapping_loss_away');
  await other.notebook.flush();
  await database.dataSource.query('alter table mapping_loss_away rename to mapping_loss');
  await other.stop();
  const [{ count } = { count: 0 }] = await database.dataSource.query<{ count: number }[]>(
    'select count(*)::int as count from mapping_loss',
  );
  expect(count).toBe(5000);
  expect(other.logged.some((line) => line.includes('"dropped":'))).toBe(true);
});

test('samples are a short ring per connection, the newest of each record, and no giants', async () => {
  for (let at = 0; at < 40; at += 1) await read(`s${at}`, { first: `name ${at}` });
  await read('s39', { first: 'newer' });
  await hub.notebook.flush();
  await read('s39', { first: 'newest' });
  await read('giant', { first: 'x'.repeat(100_000) });
  await read('odd', { first: 'a\u0000b\ud800' });
  await hub.notebook.flush();
  const items = await hub.samples.recorded('default', 'acme/person');
  expect(items).toHaveLength(25);
  expect(items.map(({ label }) => label).slice(0, 3)).toEqual(['odd · Our CRM', 's39 · Our CRM', 's38 · Our CRM']);
  expect(items[1]?.input).toEqual({ first: 'newest' });
  expect(items[0]?.input).toEqual({ first: 'ab\ufffd' });
  // Of a document that does not exist yet, what its connector's object gave is shown all the same.
  expect(await hub.samples.recorded('default', 'acme/people')).toHaveLength(25);
});

test('samples list the inputs of the tests too, those of the draft first', async () => {
  const tests =
    'tests:\n  - { name: both ways, direction: both, record: { first: Ann }, entity: { firstName: Ann }, events: [] }\n';
  const text = dictionary.replace('direction: read\n', '').replace('steps: [trim]', 'direction: both');
  await hub.drafts.save('acme/person', { text, tests, revision: null }, author);
  const items = await hub.samples.list('default', 'acme/person');
  expect(items.map(({ source, direction, label }) => [source, direction, label])).toEqual([
    ['test', 'read', 'both ways'],
    ['test', 'write', 'both ways'],
  ]);
  await hub.drafts.discard('acme/person', author);
  await expect(hub.samples.list('default', 'acme/nobody')).rejects.toMatchObject({ code: 'resource.missing' });
});

test('a change is shown by its rules and by what comes out otherwise; records only to those who may see them', async () => {
  await read('1', { first: 'Ann', level: 'gold' });
  await hub.notebook.flush();
  const text = dictionary.replace('steps: [trim]', 'steps: [{ case: upper }]');
  await hub.drafts.save('acme/person', { text, tests: null, revision: null }, author);
  const sides = { from: 'live', to: 'draft' };
  const diff = await hub.comparing.diff('acme/person', sides, author);
  expect(diff.rules.map(({ id, change }) => [id, change])).toEqual([['firstName', 'changed']]);
  expect(diff.outputs).toMatchObject({ samples: 1, changed: 1 });
  expect(diff.outputs.shown[0]).toMatchObject({
    sample: '1 · Our CRM',
    fields: [{ field: 'firstName', rule: 'firstName', before: 'Ann', after: 'ANN' }],
  });
  const operator = { ...author, permissions: ['dictionaries.read'] as const };
  expect((await hub.comparing.diff('acme/person', sides, operator)).outputs.samples).toBe(0);
  await hub.drafts.discard('acme/person', author);
  await expect(hub.comparing.diff('acme/person', sides, author)).rejects.toThrow('There is no draft of acme/person.');
  await expect(hub.comparing.diff('acme/person', { from: '1', to: '9' }, author)).rejects.toThrow('no version 9');
});

test('a first draft is compared with nothing, a value table by its rows, a broken draft not at all', async () => {
  const sides = { from: 'live', to: 'draft' };
  await hub.drafts.save('acme/new', { text: dictionary.replace('people', 'new'), tests: null, revision: null }, author);
  const first = await hub.comparing.diff('acme/new', sides, author);
  expect(first.rules.map(({ change }) => change)).toEqual(['added', 'added', 'added']);
  const table = 'values: level\nrows: [{ record: gold, entity: active }, { record: tin, entity: inactive }]\n';
  await hub.drafts.save('shared/level', { text: table, tests: null, revision: null }, author);
  expect((await hub.comparing.diff('shared/level', sides, author)).rows).toHaveLength(1);
  await hub.drafts.save('acme/person', { text: 'rules: [', tests: null, revision: null }, author);
  await expect(hub.comparing.diff('acme/person', sides, author)).rejects.toMatchObject({ code: 'dictionary.invalid' });
  for (const name of ['acme/new', 'shared/level', 'acme/person']) await hub.drafts.discard(name, author);
});

test('old losses and the samples of deleted connections are swept', async () => {
  await read('1', { phone: 'odd' });
  await read('1', { phone: 'odd' }, 'crm-2');
  await hub.notebook.flush();
  await read('2', { phone: 'odd' }, 'crm-2');
  await database.dataSource.query("delete from connection where id = 'crm-2'");
  await hub.notebook.flush();
  await hub.notebook.sweep();
  expect(await losses()).toHaveLength(4);
  expect(await losses({ connectionId: 'crm-2' })).toMatchObject([{ connectionName: 'crm-2', recordKey: '1' }, {}]);
  const kept: { connection_id: string }[] = await database.dataSource.query(
    'select connection_id from dictionary_sample',
  );
  expect(kept).toEqual([{ connection_id: 'crm-1' }]);
  hub.clock.nowMs += 91 * 24 * 60 * 60_000;
  await hub.notebook.sweep();
  expect(await losses()).toEqual([]);
});
