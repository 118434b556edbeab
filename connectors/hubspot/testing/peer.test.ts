/** The peer driven by the vendor's own client, and its strictness beyond what the connector sends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import { AssociationSpecAssociationCategoryEnum as Category } from '@hubspot/api-client/lib/codegen/crm/objects/calls/models/AssociationSpec.js';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { startFakeHubSpot, type FakeHubSpot, type FakeHubSpotOptions } from './peer.ts';

let nowMs = Date.parse('2026-11-22T01:00:00Z');
const running: FakeHubSpot[] = [];
const folder = mkdtempSync(join(tmpdir(), 'fake-hubspot-'));

async function start(options: FakeHubSpotOptions = {}): Promise<{ peer: FakeHubSpot; sdk: Client }> {
  const peer = await startFakeHubSpot({ limits: null, now: () => nowMs, ...options });
  running.push(peer);
  return { peer, sdk: new Client({ accessToken: peer.token, basePath: peer.url }) };
}
beforeEach(() => {
  nowMs = Date.parse('2026-11-22T01:00:00Z');
});
afterEach(async () => {
  for (const peer of running.splice(0)) await peer.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = async (work: Promise<unknown>) =>
  work
    .then(() => null)
    .catch((error: { code: number; body: Record<string, unknown> }) => ({ ...error.body, httpStatus: error.code }));
const timed = { hs_timestamp: '2026-11-22T01:00:00Z' };

test('the official client finds every operation it needs', async () => {
  const { peer, sdk } = await start();
  const { contacts, objects, properties, owners, associations } = sdk.crm;
  const ann = await contacts.basicApi.create({
    properties: { firstname: 'Ann', email: 'ann@acme.test' },
    associations: [],
  });
  expect(await contacts.basicApi.getById(ann.id, ['firstname'])).toMatchObject({ properties: { firstname: 'Ann' } });
  await contacts.basicApi.update(ann.id, { properties: { phone: '+14155550123' } });
  expect((await contacts.basicApi.getPage(10, undefined, ['phone'])).results).toHaveLength(1);
  const spec = { associationCategory: Category.HubspotDefined, associationTypeId: 194 };
  const call = await objects.calls.basicApi.create({
    properties: timed,
    associations: [{ to: { id: ann.id }, types: [spec] }],
  });
  expect(peer.associated('calls', call.id, 'contacts')).toEqual([ann.id]);
  const again = await associations.v4.basicApi.createDefault('calls', call.id, 'contacts', ann.id);
  expect(again).toMatchObject({ results: [{ associationSpec: { associationTypeId: 194 } }] });
  expect((await associations.v4.basicApi.getPage('calls', call.id, 'contacts')).results).toHaveLength(1);
  await properties.coreApi.getAll('calls');
  expect((await owners.ownersApi.getPage()).results).toHaveLength(3);
  const made = await contacts.batchApi.upsert({
    inputs: [{ id: 'ann@acme.test', idProperty: 'email', properties: { lastname: 'Abbott' } }],
  });
  expect(made.results[0]).toMatchObject({ id: ann.id, _new: false });
  const read = await contacts.batchApi.read({
    inputs: [{ id: ann.id }, { id: '1' }],
    properties: ['lastname'],
    propertiesWithHistory: [],
  });
  expect(read).toMatchObject({ numErrors: 1, results: [{ properties: { lastname: 'Abbott' } }] });
  await contacts.basicApi.archive(ann.id);
  expect(await refusal(contacts.basicApi.getById(ann.id))).toMatchObject({ httpStatus: 404 });
});

test('data is refused as HubSpot refuses it', async () => {
  const { sdk } = await start();
  const create = (properties: Record<string, string>) =>
    refusal(sdk.crm.objects.calls.basicApi.create({ properties, associations: [] }));
  expect(await create({})).toMatchObject({ httpStatus: 400, message: expect.stringContaining('required') as string });
  for (const [name, value, error] of [
    ['nope', '1', 'PROPERTY_DOESNT_EXIST'],
    ['hs_call_direction', 'UP', 'INVALID_OPTION'],
    ['hs_call_direction', ' INBOUND', 'INVALID_WHITESPACE'],
    ['hs_call_duration', '4 s', 'INVALID_INTEGER'],
    ['hs_timestamp', 'yesterday', 'INVALID_DATE'],
    ['hubspot_owner_id', '1', 'INVALID_OPTION'],
    ['hs_object_id', '1', 'READ_ONLY_VALUE'],
    ['hs_call_body', 'x'.repeat(65_537), 'INVALID_STRING_LENGTH'],
  ] as const)
    expect(await create({ ...timed, [name]: value }), name).toMatchObject({
      httpStatus: 400,
      category: 'VALIDATION_ERROR',
      message: expect.stringContaining(`"error":"${error}","name":"${name}"`) as string,
    });
});

test('unique values collide, whatever their case', async () => {
  const { sdk } = await start();
  const create = (email: string) => sdk.crm.contacts.basicApi.create({ properties: { email }, associations: [] });
  const { id } = await create('ann@acme.test');
  expect(await refusal(create('ANN@acme.test'))).toMatchObject({
    httpStatus: 409,
    category: 'CONFLICT',
    message: `Contact already exists. Existing ID: ${id}`,
  });
});

test('batches: at most 100, no record twice, no upsert by a property that is not unique', async () => {
  const { sdk } = await start();
  const upsert = (ids: readonly string[], idProperty = 'email') =>
    refusal(sdk.crm.contacts.batchApi.upsert({ inputs: ids.map((id) => ({ id, idProperty, properties: {} })) }));
  expect(await upsert(Array.from({ length: 101 }, (_, index) => `p${index}@acme.test`))).toMatchObject({
    httpStatus: 400,
  });
  expect(await upsert(['a@acme.test', 'a@acme.test'])).toMatchObject({ httpStatus: 400 });
  expect(await upsert(['1'], 'hs_object_id')).toMatchObject({ httpStatus: 400 });
  expect(await upsert(['1'], 'phone')).toMatchObject({ message: expect.stringContaining('non-unique') as string });
  // Without a trace id on each input there is no partial success.
  expect(await upsert(['good@acme.test', 'bad'])).toMatchObject({ httpStatus: 400 });
});

test('search lags behind, ends at 10,000 and has its own limit', async () => {
  const { peer, sdk } = await start({
    searchLagMs: 30_000,
    limits: { searchPerSecond: 4, perTenSeconds: 100, perDay: 1000 },
  });
  const search = (after = '0') =>
    sdk.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'firstname', operator: FilterOperatorEnum.Eq, value: 'Ann' }] }],
      sorts: [],
      properties: ['firstname'],
      limit: 100,
      after,
    });
  await sdk.crm.contacts.basicApi.create({ properties: { firstname: 'Ann' }, associations: [] });
  expect((await search()).total).toBe(0);
  nowMs += 30_000;
  expect((await search()).total).toBe(1);
  expect(await refusal(search('9950'))).toMatchObject({ httpStatus: 400 });
  nowMs += 2000;
  for (let count = 0; count < 4; count += 1) await search();
  expect(await refusal(search())).toMatchObject({ httpStatus: 429, message: 'You have reached your secondly limit.' });
  nowMs += 1001;
  expect((await search()).total).toBe(1);
  expect(peer.requests.length).toBeGreaterThan(7);
});

test('a killed account starts again with all it confirmed, and cuts off a torn line', async () => {
  const dataFile = join(folder, 'account.jsonl');
  const first = await start({ dataFile, token: 't', seedContacts: [{ firstname: 'Ann' }] });
  const call = await first.sdk.crm.objects.calls.basicApi.create({ properties: timed, associations: [] });
  await first.sdk.crm.associations.v4.basicApi.createDefault(
    'calls',
    call.id,
    'contacts',
    first.peer.contacts()[0]?.id ?? '',
  );
  await first.peer.close();
  appendFileSync(dataFile, '{"record":{"type":"calls","id":"77');
  const second = await start({ dataFile, token: 't', seedContacts: [{ firstname: 'Ann' }] });
  expect(second.peer.contacts()).toHaveLength(1);
  expect(second.peer.calls().map(({ id }) => id)).toEqual([call.id]);
  expect(second.peer.associated('calls', call.id, 'contacts')).toHaveLength(1);
  const next = await second.sdk.crm.objects.calls.basicApi.create({ properties: timed, associations: [] });
  expect(Number(next.id)).toBeGreaterThan(Number(call.id));
  await second.peer.close();
  const third = await start({ dataFile, token: 't' });
  expect(third.peer.calls()).toHaveLength(2);
});

test('scopes, content types and paths are checked', async () => {
  const { peer, sdk } = await start();
  peer.revokeScope('crm.objects.contacts.write');
  expect(await refusal(sdk.crm.contacts.basicApi.create({ properties: {}, associations: [] }))).toMatchObject({
    httpStatus: 403,
    category: 'MISSING_SCOPES',
  });
  const headers = (type = 'application/json') => ({ authorization: `Bearer ${peer.token}`, 'content-type': type });
  const ask = async (path: string, init: RequestInit = {}) =>
    (await fetch(peer.url + path, { headers: headers(), ...init })).status;
  expect(
    await ask('/crm/v3/objects/contacts/search', {
      method: 'POST',
      body: '{}',
      headers: headers('text/plain'),
    }),
  ).toBe(415);
  expect(await ask('/crm/v3/objects/contacts', { method: 'PUT' })).toBe(405);
  expect(await ask('/crm/v3/objects/spaceships')).toBe(404);
  expect(await ask('/nowhere')).toBe(404);
});

test('as a process of its own it survives kill -9', async () => {
  const dataFile = join(folder, 'process.jsonl');
  const main = fileURLToPath(new URL('peer-main.ts', import.meta.url));
  const spawned = async () => {
    const args = ['--conditions=hub-source', main, '--port', '0', '--data', dataFile, '--token', 'tok'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
    return { child, sdk: new Client({ accessToken: token, basePath: url }) };
  };
  const first = await spawned();
  const call = await first.sdk.crm.objects.calls.basicApi.create({ properties: timed, associations: [] });
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await spawned();
  expect(await second.sdk.crm.objects.calls.basicApi.getById(call.id)).toMatchObject({ id: call.id });
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
