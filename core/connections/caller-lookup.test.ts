import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Match } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { actor, openDatabase, startProcess } from './testing/connections-bench.ts';
import type { HubProcess } from './testing/connections-bench.ts';
import { fakeCrm, fakeSwitch } from './testing/fake-connectors.ts';

const number: PhoneNumber = { raw: '030901820', e164: '+4930901820', extension: null, presentation: 'allowed' };
const match = (recordId: string): Match => ({
  object: 'contacts',
  entity: 'contact',
  recordId,
  values: {},
  recordUrl: null,
});

const [quick, slow, broken] = ['quick', 'slow', 'broken'].map((id) => fakeCrm(id));
const ids: Record<string, string> = {};
let database: TestDatabase;
let hub: HubProcess;

beforeAll(async () => {
  database = await openDatabase();
  const crms = [quick, slow, broken].flatMap((crm) => crm ?? []);
  hub = startProcess(database, [...crms.map(({ connector }) => connector), fakeSwitch().connector]);
  for (const { connector } of crms) {
    const connectorId = connector.manifest.id;
    const { id } = await hub.connections.create({ connectorId, name: connectorId, config: { apiKey: 'key' } }, actor);
    ids[connectorId] = id;
  }
  await hub.connections.create(
    { connectorId: 'fake-switch', name: 'PBX', config: { host: 'pbx', password: 'right' } },
    actor,
  );
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});

test('answers with what is there at the deadline; the rest is delivered late and never thrown', async () => {
  const answer = Promise.withResolvers<readonly Match[]>();
  if (quick !== undefined) quick.far.lookUp = () => Promise.resolve([match('1')]);
  if (slow !== undefined) slow.far.lookUp = () => answer.promise;
  if (broken !== undefined) broken.far.lookUp = () => Promise.reject(new HubError('remote.unavailable', 'down'));
  const onLate = vi.fn();
  const { asked, found, timings } = await hub.lookup.byNumber(number, { atMs: Date.now() + 100 }, onLate);
  expect(asked).toBe(3);
  expect(found).toEqual([{ connectionId: ids['quick'], connectorId: 'quick', tenantId: 'default', match: match('1') }]);
  expect(Object.fromEntries(timings.map(({ connectionId, outcome }) => [connectionId, outcome]))).toEqual({
    [ids['quick'] ?? '']: 'found',
    [ids['slow'] ?? '']: 'late',
    [ids['broken'] ?? '']: 'remote.unavailable',
  });
  expect(onLate).not.toHaveBeenCalled();
  answer.resolve([match('2')]);
  await expect.poll(() => onLate.mock.calls).toEqual([[[expect.objectContaining({ match: match('2') })]]]);
});

test('a failing keeper of late answers harms nobody', async () => {
  const answer = Promise.withResolvers<readonly Match[]>();
  if (slow !== undefined) slow.far.lookUp = () => answer.promise;
  const onLate = vi.fn(() => Promise.reject(new Error('index is down')));
  const connectionIds = [ids['slow'] ?? ''];
  await hub.lookup.byNumber(number, { atMs: Date.now(), connectionIds }, onLate);
  answer.resolve([match('2')]);
  await expect.poll(() => onLate.mock.calls.length).toBe(1);
});

test('asks only whom it may: named connections, this tenant', async () => {
  const soon = () => ({ atMs: Date.now() + 1000 });
  expect((await hub.lookup.byNumber(number, { ...soon(), connectionIds: [ids['quick'] ?? ''] })).asked).toBe(1);
  expect((await hub.lookup.byNumber(number, { ...soon(), tenantId: 'other' })).asked).toBe(0);
});

test('a connector that breaks its promises is an outcome, not an exception', async () => {
  const lookUp = () => {
    throw new TypeError('x is not a function');
  };
  if (quick !== undefined) quick.far.lookUp = lookUp;
  const options = { atMs: Date.now() + 1000, connectionIds: [ids['quick'] ?? ''] };
  expect(await hub.lookup.byNumber(number, options)).toMatchObject({ found: [], timings: [{ outcome: 'bug' }] });
});

test('record sessions are opened once, shared, and opened anew after a change', async () => {
  if (slow === undefined) return;
  const before = { ...slow.far };
  await Promise.all(Array.from({ length: 5 }, () => hub.pool.get(ids['slow'] ?? '')));
  expect(slow.far.opened).toBe(before.opened);
  await hub.connections.update(ids['slow'] ?? '', { name: 'Slower' }, actor);
  expect(slow.far.closed).toBe(before.closed + 1);
  const records = await hub.pool.records(ids['slow'] ?? '');
  const change = { key: 'k1', recordId: null, values: {} };
  expect(await records.push('calls', [change])).toEqual([{ status: 'done', recordId: 'k1' }]);
  expect(slow.far.opened).toBe(before.opened + 1);
});

test('a CRM that is down says until when, and a switched-off one that it is off', async () => {
  if (broken === undefined) return;
  broken.far.openError = new HubError('remote.unavailable', 'Connection refused', {
    retry: 'soon',
    scope: 'connection',
  });
  await hub.pool.drop(ids['broken'] ?? '');
  await expect(hub.pool.records(ids['broken'] ?? '')).rejects.toMatchObject({
    code: 'remote.unavailable',
    retryAfterMs: expect.any(Number),
  });
  await hub.health.settled();
  expect((await hub.connections.get('default', ids['broken'] ?? '')).health).toMatchObject({
    state: 'waiting',
    detail: 'Connection refused',
  });
  await hub.connections.update(ids['broken'] ?? '', { enabled: false }, actor);
  await expect(hub.pool.records(ids['broken'] ?? '')).rejects.toThrow(/switched off/);
  await hub.health.settled();
  expect((await hub.connections.get('default', ids['broken'] ?? '')).health.state).toBe('stopped');
  await expect(hub.pool.records('nowhere')).rejects.toMatchObject({ code: 'resource.missing' });
});
