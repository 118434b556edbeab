import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change, ConnectorContext, Deadline } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import type { HubSpotConfig } from './config.ts';
import { config as schema } from './config.ts';
import definition from './index.ts';
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

function contextFor(changes: Partial<HubSpotConfig> = {}): ConnectorContext<HubSpotConfig> {
  return {
    connectionId: 'c1',
    tenantId: 'default',
    config: schema.parse({
      accessToken: peer.token,
      baseUrl: peer.url,
      appUrl: peer.url,
      requestTimeoutSecs: 2,
      ...changes,
    }),
    signal: new AbortController().signal,
    now: Date.now,
    cursor: { get: async () => null, set: async () => undefined },
    report: () => undefined,
  };
}

async function open(changes: Partial<HubSpotConfig> = {}) {
  const session = await definition.open(contextFor(changes));
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

test('a call is written once, hangs on its contact, and is updated by id', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann', phone: '+1 415-555-0123' });
  const { records } = await open();
  const change = call('k1', { associations: [{ object: 'contacts', recordId: ann.id }] });
  const [first] = await records.push('calls', [change]);
  const [again] = await records.push('calls', [change]);
  expect(first).toMatchObject({ status: 'done' });
  expect(again).toEqual(first);
  const [stored] = peer.calls();
  expect(peer.calls()).toHaveLength(1);
  expect(stored?.properties).toMatchObject({
    tieline_key: 'k1',
    hs_call_duration: '42000',
    hs_timestamp: '2026-11-22T01:00:00Z',
  });
  expect(peer.associated('calls', stored?.id ?? '', 'contacts')).toEqual([ann.id]);

  const recordId = stored?.id ?? '';
  const values = { hs_call_recording_url: 'https://pbx.example.test/rec/1' };
  expect(await records.push('calls', [{ key: 'k1', recordId, values }])).toEqual([{ status: 'done', recordId }]);
  expect(peer.calls()[0]?.properties['hs_call_recording_url']).toBe('https://pbx.example.test/rec/1');
  const [read] = await records.read('calls', [recordId, '999']);
  expect(read).toMatchObject({ id: recordId, values: { hs_call_status: 'COMPLETED' } });
});

test('look-up finds a number however the contact is spelled, and only that number', async () => {
  const ann = peer.seed('contacts', { firstname: 'Ann', phone: '(415) 555-0123' });
  const bob = peer.seed('contacts', { firstname: 'Bob', mobilephone: '+14155550123' });
  peer.seed('contacts', { firstname: 'Other country', phone: '+49 4155550123' });
  const session = await open();
  const found = await session.callerLookup.byNumber(parseNumber('+14155550123'), soon());
  expect(found.map((match) => match.recordId).toSorted()).toEqual([ann.id, bob.id].toSorted());
  expect(found.find((match) => match.recordId === ann.id)).toMatchObject({
    object: 'contacts',
    entity: 'contact',
    values: { firstname: 'Ann' },
    recordUrl: `${peer.url}/contacts/${peer.portalId}/record/0-1/${ann.id}`,
  });
});

test('a lost answer is in doubt, found by its key, and never written twice', async () => {
  const { records } = await open();
  await records.push('calls', [call('warm-up')]);
  peer.faults.plan('resetAfter', 1, { path: '/batch/upsert' });
  expect(await records.push('calls', [call('k1')])).toMatchObject([{ status: 'inDoubt' }]);
  const found = await records.findByKey('calls', 'k1');
  expect(found).toMatchObject({ values: { tieline_key: 'k1' } });
  expect(peer.calls()).toHaveLength(2);

  peer.faults.plan('resetBefore', 1, { path: '/batch/upsert' });
  expect(await records.push('calls', [call('k2')])).toMatchObject([{ status: 'inDoubt' }]);
  expect(await records.findByKey('calls', 'k2')).toBeNull();
});

test('an error keeps the token to itself', async () => {
  const thrown = await definition
    .open(contextFor({ accessToken: 'canary-token-7c1' }))
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HubError);
  expect(thrown).toMatchObject({ code: 'auth.rejected', field: 'accessToken' });
  expect(JSON.stringify(thrown) + String((thrown as Error).stack)).not.toContain('canary');
});
