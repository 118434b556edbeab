import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PlannedWrite } from '#core/contract/writes.ts';
import { Dictionaries } from '#core/connections/dictionaries.service.ts';
import {
  author,
  dataFolder,
  openDatabase,
  startProcess,
  type TestProcess,
} from '#core/dictionaries/testing/process.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { BatchService } from './batch.service.ts';
import { Explaining } from './explaining.service.ts';
import { OutboxStore } from './outbox.store.ts';
import { syncMigrations } from './sync.migration.ts';
import { FakeRecords } from './testing/fake-records.ts';
import { WritesStore } from './writes.store.ts';

const dictionary = `connector: acme
object: calls
entity: activity
version: 1
direction: write
rules:
  - to: subject
    from: title
    back: [{ truncate: 8 }]
  - to: outcome
    from: state
    back: [{ replace: { find: missed, with: lost } }]
  - to: fromNumber
    from: phone
    back: [phone]
    onError: 'null'
  - to: toNumber
    from: owner
    back: [{ value: null }]
    onNull: default
    default: { write: nobody }
  - to: notes
    from: secret
    back: [{ number: { decimal: '.' } }, { mask: 2 }]
  - to: interactionId
    from: external
    onNull: fail
`;

let database: TestDatabase;
let hub: TestProcess;
beforeAll(async () => {
  database = await openDatabase(syncMigrations);
  hub = await startProcess(database, { dataDir: dataFolder({ 'acme/call.yaml': dictionary }) });
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});
beforeEach(() => database.dataSource.query('truncate outbox_write, record_link, outbox_pump, mapping_loss'));

const pump = { connectionId: 'crm-1', object: 'calls' };
const write = (key: string, values: PlannedWrite['values'], revision = 1): PlannedWrite => ({
  ...pump,
  key,
  revision,
  values: { interactionId: key, ...values },
  tenantId: 'default',
  entity: 'activity',
  mode: 'upsert',
  associations: [],
  origin: 'interaction:i-1',
  readBy: 'default/call v1',
});

/** A real outbox with real dictionaries; only the CRM is made up. */
function outbox(records = new FakeRecords()) {
  const store = new OutboxStore(database.dataSource);
  const connections = { find: async () => ({ connector_id: 'acme' }) as never };
  const dictionaries = new Dictionaries(connections, hub.live, hub.notebook);
  const bus: Bus = { publish: async () => undefined, request: () => Promise.reject(new Error('none')) };
  const clock = { nowMs: Date.now(), now: () => clock.nowMs };
  const batches = new BatchService(store, dictionaries, { defaultRegion: async () => 'DE' }, bus, clock);
  const send = async (): Promise<void> => {
    const due = await store.dueHeads(pump, clock.nowMs + 3_600_000, 100);
    await batches.send({ pump, records, due, signal: new AbortController().signal });
  };
  return { records, send, plan: (...writes: PlannedWrite[]) => store.plan(writes, clock.nowMs) };
}
const explaining = () => new Explaining(new WritesStore(database.dataSource), hub.tracing);
async function why(key: string, revision = 1) {
  const [row]: { id: string }[] = await database.dataSource.query(
    'select id from outbox_write where key = $1 and revision = $2',
    [key, revision],
  );
  return explaining().explain('default', row?.id ?? '');
}
const losses = async () => (await hub.lossRows.page('default', {}, { cursor: undefined, limit: 200 })).items;

test('every written field has its rule, its steps and the version of the dictionary', async () => {
  const { plan, send, records } = outbox();
  await plan(write('a', { subject: 'Call from Ann', fromNumber: '030 901820', outcome: 'missed' }));
  await send();
  expect(records.byKey.get('a')?.values).toMatchObject({ title: 'Call fr…', state: 'lost', phone: '+4930901820' });
  const explained = await why('a');
  expect(explained).toMatchObject({ dictionary: { name: 'acme/call', version: 1 }, readBy: 'default/call v1' });
  expect(explained.fields).toContainEqual({ field: 'title', rule: 'subject', value: 'Call fr…', kept: false });
  expect(explained.fields).toContainEqual({ field: 'phone', rule: 'fromNumber', value: '+4930901820', kept: false });
  expect(explained.fields.map(({ rule }) => rule)).not.toContain(null);
  const row = explained.trace?.rows.find(({ rule }) => rule === 'fromNumber');
  expect(row).toMatchObject({
    from: '030 901820',
    to: '+4930901820',
    steps: [{ name: 'phone', value: '+4930901820' }],
  });
});

test('the reason stays what it was when another version is live', async () => {
  const { plan, send } = outbox();
  await plan(write('a', { subject: 'Call from Ann' }));
  await send();
  const before = await why('a');
  const text = dictionary.replace('truncate: 8', 'truncate: 3');
  const draft = await hub.drafts.save('acme/call', { text, tests: null, revision: null }, author);
  await hub.publishing.publish('acme/call', { revision: draft.revision, note: '' }, author);
  expect(await why('a')).toEqual(before);
  await plan(write('a', { subject: 'Call from Ann' }, 2));
  await send();
  expect((await why('a', 2)).dictionary).toEqual({ name: 'acme/call', version: 2 });
  await hub.publishing.rollBack('acme/call', { version: 1, note: '' }, author);
});

test('what could not be carried whole is a row, once per record however often it is sent', async () => {
  const records = new FakeRecords();
  records.faults.push('lostBefore');
  const { plan, send } = outbox(records);
  await plan(write('a', { subject: 'Call from Ann', fromNumber: 'not a number', toNumber: '17' }));
  await send();
  const rows = await losses();
  expect(rows.map(({ kind, rule }) => `${kind} ${rule}`).toSorted()).toEqual([
    'defaulted toNumber',
    'nulled fromNumber',
    'truncated subject',
  ]);
  expect(rows[0]).toMatchObject({
    dictionary: 'acme/call',
    connectionId: 'crm-1',
    connectionName: 'crm-1',
    object: 'calls',
    direction: 'write',
    recordKey: 'a',
    origin: 'interaction:i-1',
    times: 1,
  });
  await send();
  await send();
  expect((await losses()).map(({ times }) => times)).toEqual([1, 1, 1]);
  await plan(write('a', { subject: 'Call from Bob' }, 2));
  await send();
  const again = (await losses()).find(({ kind }) => kind === 'truncated');
  expect(again?.times).toBe(2);
});

test('a value a rule refuses is a dead letter, and the loss says why', async () => {
  const { plan, send, records } = outbox();
  await plan(write('a', { interactionId: null }), write('b', {}));
  await send();
  expect([...records.byKey.keys()]).toEqual(['b']);
  expect(await losses()).toContainEqual(
    expect.objectContaining({ kind: 'failed', rule: 'interactionId', recordKey: 'a' }),
  );
  const explained = await why('a');
  expect(explained.dictionary).toMatchObject({ name: 'acme/call' });
  expect(explained.trace?.events.map(({ kind }) => kind)).toContain('failed');
});

test('a field edited on the other side is told as kept, with what the hub would have written', async () => {
  const { plan, send, records } = outbox();
  await plan(write('a', { subject: 'one', outcome: 'missed' }));
  await send();
  Object.assign(records.byKey.get('a')?.values ?? {}, { title: 'by hand' });
  await plan(write('a', { subject: 'two', outcome: 'missed' }, 2));
  await send();
  const { fields } = await why('a', 2);
  expect(fields).toContainEqual({ field: 'title', rule: 'subject', value: 'two', kept: true });
  expect(fields).toContainEqual({ field: 'state', rule: 'outcome', value: 'lost', kept: false });
});

test('of a value that a mask hides, not a letter stands in the reason', async () => {
  const { plan, send } = outbox();
  await plan(write('a', { notes: 'c4n4ry-s3cret' }));
  await send();
  const row = (await losses()).find(({ rule }) => rule === 'notes');
  expect(row?.reason).toBeDefined();
  expect(JSON.stringify(await losses())).not.toContain('c4n4ry');
});

test('text that no database takes stops no lane', async () => {
  const { plan, send, records } = outbox();
  await plan(write('a', { subject: 'a\u0000b\ud800' }), write('b', { subject: 'fine' }));
  await send();
  expect([...records.byKey.keys()].toSorted()).toEqual(['a', 'b']);
  expect((await why('a')).fields).toContainEqual(expect.objectContaining({ field: 'title', value: 'ab\ufffd' }));
});

test('writes of before, and those that are not there, are answered plainly', async () => {
  const { plan, send } = outbox();
  await plan(write('a', { subject: 'one' }));
  await send();
  await database.dataSource.query(`update outbox_write set dictionary = 'acme/calls v9', rules = null, read_by = null`);
  const explained = await why('a');
  expect(explained).toMatchObject({ dictionary: { name: 'acme/calls', version: 9 }, trace: null, readBy: null });
  expect(explained.fields).toContainEqual({ field: 'title', rule: null, value: 'one', kept: false });
  for (const id of ['nobody', '0198c0de-0000-7000-8000-000000000000', `' or true --`]) {
    await expect(explaining().explain('default', id)).rejects.toMatchObject({ code: 'resource.missing' });
  }
});
