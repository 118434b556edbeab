import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change, Deadline } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import type { HubSpotConfig } from './config.ts';
import { openAgainst } from './testing/open-session.ts';
import { startFakeHubSpot, type FakeHubSpot } from './testing/peer.ts';

let peer: FakeHubSpot;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  peer = await startFakeHubSpot({ limits: null });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await peer.close();
});

async function open(changes: Partial<HubSpotConfig> = {}) {
  const session = await openAgainst(peer, changes);
  closers.push(() => session.close());
  return session;
}

const call = (key: string, more: Partial<Change> = {}): Change => ({
  key,
  recordId: null,
  values: {
    hs_timestamp: '2026-11-22T01:00:00.000Z',
    hs_call_title: 'Inbound call',
    hs_call_direction: 'INBOUND',
    hs_call_status: 'COMPLETED',
    hs_call_duration: 42_000,
    hs_call_from_number: '+14155550123',
    hs_call_to_number: '+12125550100',
  },
  ...more,
});
const soon = (ms = 2000): Deadline => ({ atMs: Date.now() + ms, signal: new AbortController().signal });
const thrownBy = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);

test('a call is written once, hangs on its contact, and is updated by id', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann', phone: '+1 415-555-0123' });
  const { records } = await open();
  const change = call('k1', { associations: [{ object: 'contacts', recordId: ann.id }] });
  const [first] = await records.push('calls', [change]);
  const [again] = await records.push('calls', [change]);
  expect(first).toMatchObject({ status: 'done' });
  expect(again).toEqual(first);
  expect(peer.calls()).toHaveLength(1);
  const [stored] = peer.calls();
  expect(stored?.properties).toMatchObject({ tieline_key: 'k1', hs_call_duration: '42000' });
  expect(peer.associated('calls', stored?.id ?? '', 'contacts')).toEqual([ann.id]);

  const recordId = stored?.id ?? '';
  const values = { hs_call_recording_url: 'https://pbx.example.test/rec/1' };
  expect(await records.push('calls', [{ key: 'k1', recordId, values }])).toEqual([{ status: 'done', recordId }]);
  expect(peer.calls()[0]?.properties['hs_call_recording_url']).toBe('https://pbx.example.test/rec/1');
  const read = await records.read('calls', [recordId, '999']);
  expect(read).toMatchObject([{ id: recordId, values: { hs_call_status: 'COMPLETED' } }]);
});

test('the key property is made once per session, and only when it is missing', async () => {
  const { records } = await open();
  await records.push('calls', [call('k1')]);
  await records.push('calls', [call('k2')]);
  const second = await open();
  await second.records.push('calls', [call('k3')]);
  expect(peer.requests.filter((line) => line === 'POST /crm/v3/properties/calls')).toHaveLength(1);
});

test('150 changes go in batches of at most 100, the same key twice makes one record', async () => {
  const { records } = await open();
  const batch = Array.from({ length: 150 }, (_, index) => call(`k${index % 149}`));
  const outcomes = await records.push('calls', batch);
  expect(outcomes.every(({ status }) => status === 'done')).toBe(true);
  expect(peer.calls()).toHaveLength(149);
});

test('each record of a batch has its own outcome', async () => {
  const { records } = await open();
  const gone = await records.push('calls', [call('gone')]);
  const goneId = gone[0]?.status === 'done' ? gone[0].recordId : '';
  peer.archive('calls', goneId);
  const outcomes = await records.push('calls', [
    call('good'),
    call('no time', { values: { hs_call_title: 'x' } }),
    call('bad direction', { values: { hs_timestamp: '2026-11-22T01:00:00Z', hs_call_direction: 'SIDEWAYS' } }),
    call('unknown', { values: { hs_timestamp: '2026-11-22T01:00:00Z', no_such_field: '1' } }),
    call('nested', { values: { hs_timestamp: '2026-11-22T01:00:00Z', hs_call_body: { a: 1 } } }),
    { key: 'gone', recordId: goneId, values: { hs_call_title: 'late' } },
  ]);
  expect(outcomes).toMatchObject([
    { status: 'done' },
    { status: 'invalid', field: 'hs_timestamp' },
    { status: 'invalid', field: 'hs_call_direction' },
    { status: 'invalid', field: 'no_such_field' },
    { status: 'invalid', field: 'hs_call_body' },
    { status: 'gone' },
  ]);
});

test('a contact that exists already is adopted from the refusal', async () => {
  const ann = peer.seed('contacts', { email: 'ann@acme.test', firstname: 'Ann' });
  const { records } = await open();
  const change = { key: 'person-1', recordId: null, values: { email: 'Ann@acme.test', firstname: 'Anna' } };
  expect(await records.push('contacts', [change])).toEqual([{ status: 'duplicate', recordId: ann.id }]);
  expect(peer.contacts()).toHaveLength(1);
});

test('a contact deleted meanwhile does not keep the call from being logged', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann' });
  peer.archive('contacts', ann.id);
  const { records } = await open();
  const change = call('k1', { associations: [{ object: 'contacts', recordId: ann.id }] });
  expect(await records.push('calls', [change])).toMatchObject([{ status: 'done' }]);
});

test('a change of associations alone updates nothing else', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann' });
  const { records } = await open();
  await records.push('calls', [call('k1')]);
  const recordId = peer.calls()[0]?.id ?? '';
  const link = { key: 'k1', recordId, values: {}, associations: [{ object: 'contacts', recordId: ann.id }] };
  expect(await records.push('calls', [link])).toEqual([{ status: 'done', recordId }]);
  expect(peer.associated('calls', recordId, 'contacts')).toEqual([ann.id]);
  expect(peer.requests.some((line) => line.endsWith('/batch/update'))).toBe(false);
});

test('a lost answer is in doubt, and found by its key when it was carried out', async () => {
  const { records } = await open();
  expect(await records.findByKey('calls', 'k1')).toBeNull();
  await records.push('calls', [call('warm-up')]);
  for (const fault of ['resetAfter', 'garbageAfter', 'truncatedAfter'] as const) {
    peer.faults.plan(fault, 1, { path: '/batch/upsert' });
    expect(await records.push('calls', [call(fault)])).toMatchObject([{ status: 'inDoubt' }]);
    expect(await records.findByKey('calls', fault)).toMatchObject({ values: { tieline_key: fault } });
  }
  peer.faults.plan('resetBefore', 1, { path: '/batch/upsert' });
  expect(await records.push('calls', [call('never')])).toMatchObject([{ status: 'inDoubt' }]);
  expect(await records.findByKey('calls', 'never')).toBeNull();
});

test('a fault before anything was sent leaves no doubt', async () => {
  const { records } = await open();
  peer.faults.plan('resetBefore', 1, { path: '/properties/' });
  expect(await thrownBy(records.push('calls', [call('k1')]))).toMatchObject({ code: 'link.lost' });
  expect(await records.push('calls', [call('k1')])).toMatchObject([{ status: 'done' }]);
});

test('an answer that never comes is in doubt after the time-out', async () => {
  const { records } = await open({ requestTimeoutSecs: 0.1 });
  await records.push('calls', [call('warm-up')]);
  peer.faults.plan('hangAfter', 1, { path: '/batch/upsert' });
  expect(await records.push('calls', [call('k1')])).toMatchObject([{ status: 'inDoubt' }]);
});

test('what concerns the whole account is thrown, with what to do', async () => {
  const { records } = await open();
  await records.push('calls', [call('warm-up')]);
  const cases = [
    ['unauthorized', { code: 'auth.rejected', field: 'accessToken', scope: 'connection' }],
    [
      'forbidden',
      { code: 'permission.denied', message: expect.stringContaining('crm.objects.contacts.write') as string },
    ],
    ['rateLimitTenSecondly', { code: 'remote.rateLimited', retry: 'after', retryAfterMs: 7000 }],
    ['rateLimitSecondly', { code: 'remote.rateLimited', retryAfterMs: 1000 }],
    ['rateLimitDaily', { code: 'remote.rateLimited', retryAfterMs: 900_000 }],
    ['locked', { code: 'remote.unavailable', retryAfterMs: 2000 }],
    ['migrating', { code: 'remote.unavailable', retryAfterMs: 3_600_000 }],
    ['serverError', { code: 'remote.unavailable', retry: 'soon' }],
    ['html', { code: 'remote.unavailable', retry: 'soon' }],
  ] as const;
  for (const [fault, wanted] of cases) {
    peer.faults.plan(fault, 1, { path: '/batch/upsert' });
    expect(await thrownBy(records.push('calls', [call('k1')])), fault).toMatchObject(wanted);
  }
  peer.expireToken();
  expect(await thrownBy(records.push('calls', [call('k1')]))).toMatchObject({ code: 'auth.expired' });
});

test('a HubSpot that is down is thrown as that, once the kept sockets are known to be dead', async () => {
  const { records } = await open();
  await records.push('calls', [call('k1')]);
  await peer.close();
  const push = () => records.push('calls', [call('k2')]);
  await expect
    .poll(() => thrownBy(push()))
    .toMatchObject({ code: 'remote.unavailable', scope: 'connection', field: 'baseUrl' });
});

test('look-up finds a number however the contact is spelled, and only that number', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann', phone: '(415) 555-0123' });
  const bob = peer.seed('contacts', { firstname: 'Bob', mobilephone: '+14155550123' });
  const eve = peer.seed('contacts', { firstname: 'Eve', phone: '+1 415 555 0123 ext. 12' });
  peer.seed('contacts', { firstname: 'Other country', phone: '+49 4155550123' });
  const { callerLookup } = await open();
  const found = await callerLookup.byNumber(parseNumber('+14155550123'), soon());
  expect(new Set(found.map((match) => match.recordId))).toEqual(new Set([ann.id, bob.id, eve.id]));
  expect(found.find((match) => match.recordId === ann.id)).toMatchObject({
    object: 'contacts',
    entity: 'contact',
    values: { firstname: 'Ann' },
    recordUrl: `${peer.url}/contacts/${peer.portalId}/record/0-1/${ann.id}`,
  });
});

test('look-up asks nothing for a hidden number and gives up at its deadline', async () => {
  const { callerLookup } = await open();
  const asked = peer.requests.length;
  const hidden = { ...parseNumber('+14155550123'), presentation: 'restricted' as const };
  expect(await callerLookup.byNumber(hidden, soon())).toEqual([]);
  expect(await callerLookup.byNumber(parseNumber('1001'), soon())).toEqual([]);
  expect(await thrownBy(callerLookup.byNumber(parseNumber('+14155550123'), soon(-1)))).toMatchObject({
    code: 'remote.timeout',
  });
  expect(peer.requests.length).toBe(asked);

  peer.faults.plan('hangBefore', 2, { path: '/search' });
  const late = callerLookup.byNumber(parseNumber('+14155550123'), soon(30));
  expect(await thrownBy(late)).toMatchObject({ code: 'remote.timeout' });
  const abort = new AbortController();
  const dropped = callerLookup.byNumber(parseNumber('+14155550123'), { atMs: Date.now() + 5000, signal: abort.signal });
  abort.abort();
  expect(await thrownBy(dropped)).toMatchObject({ code: 'link.lost' });
});

test('an error keeps the token to itself, even when the other side repeats it', async () => {
  const canary = 'canary-token-7c1';
  const thrown = await thrownBy(open({ accessToken: canary }));
  expect(thrown).toBeInstanceOf(HubError);
  expect(thrown).toMatchObject({ code: 'auth.rejected', field: 'accessToken' });
  const { records } = await open();
  const echo = await records.push('calls', [call('k', { values: { hs_timestamp: peer.token } })]);
  expect(JSON.stringify([thrown, (thrown as Error).stack, echo])).not.toMatch(new RegExp(`canary|${peer.token}`));
});

test('a silent HubSpot does not keep sockets open', async () => {
  const { records } = await open({ requestTimeoutSecs: 0.1 });
  peer.faults.plan('hangBefore', 3);
  expect(await thrownBy(records.describe('calls'))).toMatchObject({ retry: 'soon' });
  await expect.poll(() => peer.openSockets).toBe(0);
});

test('closing twice is fine, ends what is under way and leaves no socket', async () => {
  const session = await open();
  await session.records.push('calls', [call('k1')]);
  peer.faults.plan('hangBefore', 1, { path: '/batch/upsert' });
  const pending = thrownBy(session.records.push('calls', [call('k2')]).then((outcomes) => outcomes[0]?.status));
  await session.close();
  await session.close();
  await pending;
  await expect.poll(() => peer.openSockets).toBe(0);
});

test('an aborted open rejects and leaves no socket', async () => {
  peer.faults.plan('hangBefore', 1);
  const abort = new AbortController();
  const opening = thrownBy(openAgainst(peer, {}, abort.signal));
  await expect.poll(() => peer.requests.length).toBe(1);
  abort.abort();
  expect(await opening).toMatchObject({ code: 'link.lost' });
  await expect.poll(() => peer.openSockets).toBe(0);
});

test('describe tells dictionaries what the account has', async () => {
  const { records } = await open();
  const { fields } = await records.describe('calls');
  const named = new Map(fields.map((field) => [field.name, field]));
  expect(named.get('hs_timestamp')).toMatchObject({ type: 'datetime', required: true });
  expect(named.get('hs_call_direction')).toMatchObject({ type: 'picklist', values: ['INBOUND', 'OUTBOUND'] });
  expect(named.get('hubspot_owner_id')).toMatchObject({ type: 'reference' });
  expect(named.get('hs_object_id')).toMatchObject({ readOnly: true, unique: true });
  const contacts = await records.describe('contacts');
  expect(contacts.fields.find(({ name }) => name === 'phone')).toMatchObject({ type: 'phone' });
  expect(await thrownBy(records.describe('deals'))).toMatchObject({ code: 'facet.unsupported' });
});
