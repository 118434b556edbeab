import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAmiPeer } from '#connectors/asterisk-ami/testing/peer.ts';
import type { AmiPeer } from '#connectors/asterisk-ami/testing/peer.ts';
import { startTestHub, Visitor } from './testing-hub.ts';
import type { TestHub } from './testing-hub.ts';

const canary = 'c4n4ry-s3cret';
const boss = { email: 'boss@example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'DE' };
let hub: TestHub;
let pbx: AmiPeer;
let visitor: Visitor;

const draft = (config: Record<string, unknown> = {}) => ({
  connectorId: 'asterisk-ami',
  name: 'Old PBX',
  config: { host: '127.0.0.1', port: pbx.port, username: 'hub', secret: canary, ...config },
});
const stateOf = async (id: string) => {
  const { json } = await visitor.call('GET', `/api/connections/${id}`);
  return json['health'] as { state: string; detail: string | null; field: string | null };
};

beforeAll(async () => {
  pbx = await startAmiPeer({ secret: canary });
  hub = await startTestHub();
  visitor = new Visitor(hub.url);
  await visitor.call('POST', '/api/set-up', boss);
});
afterAll(async () => {
  await hub.stop();
  await pbx.close();
});

test('every connector of this hub offers a form', async () => {
  const { json } = await visitor.call('GET', '/api/connectors');
  const items = json['items'] as { id: string; configSchema: { properties: Record<string, unknown> } }[];
  expect(items.map(({ id }) => id)).toContain('asterisk-ami');
  for (const { configSchema } of items) expect(Object.keys(configSchema.properties).length).toBeGreaterThan(0);
});

test('a probe answers what it found, and a wrong form names its fields', async () => {
  const good = await visitor.call('POST', '/api/connections/probe', draft());
  expect(good.json).toMatchObject({ ok: true });
  const wrong = await visitor.call('POST', '/api/connections', draft({ port: 'x', secret: undefined, hots: 'y' }));
  expect(wrong.status).toBe(400);
  const errors = wrong.json['errors'] as { field: string }[];
  expect(errors.map(({ field }) => field).toSorted()).toEqual(['config.hots', 'config.port', 'config.secret']);
});

test('what the switch refuses is refused at the field, as a problem and not as a lost session', async () => {
  const { status, json } = await visitor.call('POST', '/api/connections', draft({ secret: 'wrong-secret' }));
  expect([status, json['code']]).toEqual([422, 'auth.rejected']);
  expect(JSON.stringify(json['errors'])).toMatch(/"field":"config\.(secret|username)"/);
  const away = await visitor.call('POST', '/api/connections', draft({ port: 1 }));
  expect(away.status).toBeGreaterThanOrEqual(422);
  expect(JSON.stringify(away.json['errors'])).toMatch(/"field":"config\.(host|port)"/);
  expect((await visitor.call('GET', '/api/connections')).json).toEqual({ items: [] });
});

test('saved, the link comes up; cut, it comes back; deleted, it goes', async () => {
  const saved = await visitor.call('POST', '/api/connections', draft());
  expect(saved.status).toBe(201);
  expect(saved.json).toMatchObject({ secretsSet: ['secret'], config: { host: '127.0.0.1' } });
  const id = String(saved.json['id']);
  await expect.poll(() => stateOf(id)).toMatchObject({ state: 'up' });
  pbx.cut();
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toMatchObject({ state: 'up', reconnects: 1 });
  const off = await visitor.call('PATCH', `/api/connections/${id}`, { enabled: false });
  expect(off.json).toMatchObject({ enabled: false });
  await expect.poll(() => pbx.loggedIn()).toBe(0);
  await expect.poll(() => stateOf(id)).toMatchObject({ state: 'stopped' });
  expect((await visitor.call('DELETE', `/api/connections/${id}`)).status).toBe(204);
  expect((await visitor.call('GET', `/api/connections/${id}`)).status).toBe(404);
});

test('click-to-dial goes through the live link; without one it says so', async () => {
  const { json } = await visitor.call('POST', '/api/connections', draft({ trunks: ['PJSIP/trunk'] }));
  const id = String(json['id']);
  await expect.poll(() => stateOf(id)).toMatchObject({ state: 'up' });
  const order = { number: '030901820', requestId: 'request-1', agent: '1001', connectionId: id };
  const dialled = await visitor.call('POST', '/api/calls', order);
  expect(dialled.status).toBe(202);
  expect(pbx.received.some(({ name }) => name.toLowerCase() === 'originate')).toBe(true);
  await visitor.call('PATCH', `/api/connections/${id}`, { enabled: false });
  const refused = await visitor.call('POST', '/api/calls', { ...order, requestId: 'request-2' });
  expect([refused.status, refused.json['code']]).toEqual([503, 'link.lost']);
  expect(refused.json['detail']).toContain('switched off');
});

test('the secret is in no answer and no log line', async () => {
  const answers = await Promise.all(
    ['/api/connections', '/api/connectors', '/metrics'].map((route) => visitor.call('GET', route)),
  );
  const said = [...answers.map(({ text }) => text), ...hub.logged].join('\n');
  expect(said).toContain('Old PBX');
  expect(said).not.toContain(canary);
  const rows: unknown = await hub.database.query('select * from connection');
  expect(JSON.stringify(rows)).not.toContain(canary);
});
