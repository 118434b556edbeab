import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { actor, openDatabase, startProcess } from './testing/connections-bench.ts';
import type { HubProcess } from './testing/connections-bench.ts';
import { fakeCrm, fakeSwitch } from './testing/fake-connectors.ts';

const canary = 'c4n4ry-p4ssw0rd';
const pbx = fakeSwitch(canary);
const crm = fakeCrm();
let database: TestDatabase;
let hub: HubProcess;

const draft = { connectorId: 'fake-switch', name: 'Old PBX', config: { host: 'pbx', password: canary } };

beforeAll(async () => {
  database = await openDatabase();
  hub = startProcess(database, [pbx.connector, crm.connector]);
});
beforeEach(async () => {
  pbx.far.openError = null;
  crm.far.probe = { ok: true, checks: [] };
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});

test('lists what can be connected, with a form and without defaults that are secrets', () => {
  const connectors = hub.connections.listConnectors();
  expect(connectors.map(({ id }) => id)).toEqual(['fake-switch', 'fake-crm']);
  expect(connectors[0]).toMatchObject({
    kind: 'switch',
    docsUrl: null,
    facets: { callControl: { verbs: ['makeCall', 'clear'] } },
    configSchema: { required: ['host', 'password'], properties: { password: { writeOnly: true } } },
  });
});

test('saves what the probe liked, and gives back all but the secrets', async () => {
  const saved = await hub.connections.create(draft, actor);
  expect(saved).toMatchObject({ enabled: true, demo: false, config: { host: 'pbx' }, secretsSet: ['password'] });
  await expect
    .poll(() => hub.connections.get('default', saved.id))
    .toMatchObject({ health: { state: 'up', reconnects: 0 } });
});

test('refuses what the probe did not like, at the field, and stores nothing', async () => {
  const before = await hub.connections.list('default');
  const wrong = { ...draft, config: { host: 'pbx', password: 'wrong-one' } };
  await expect(hub.connections.create(wrong, actor)).rejects.toMatchObject({
    code: 'auth.rejected',
    scope: 'connection',
    field: 'config.password',
    message: 'The switch refused the password [redacted].',
  });
  crm.far.probe = {
    ok: false,
    checks: [
      { name: 'reachable', ok: true, detail: 'Answers' },
      { name: 'privileges', ok: false, detail: 'The key may not read contacts.', field: 'apiKey' },
    ],
  };
  const crmDraft = { connectorId: 'fake-crm', name: 'CRM', config: { apiKey: canary } };
  await expect(hub.connections.create(crmDraft, actor)).rejects.toMatchObject({
    code: 'permission.denied',
    field: 'config.apiKey',
  });
  expect(await hub.connections.list('default')).toHaveLength(before.length);
});

test('names every field a strict schema does not like, before anything is opened', async () => {
  const opened = pbx.far.live.length;
  const config = { host: 'http://pbx/', pasword: canary, pin: 7 };
  const refusal = hub.connections.create({ ...draft, config }, actor);
  await expect(refusal).rejects.toMatchObject({
    code: 'input.invalid',
    faults: [
      { field: 'config.host' },
      { field: 'config.password', message: 'This field is required.' },
      { field: 'config.pasword', message: 'This connector has no such field.' },
      { field: 'config.pin', message: 'must be text.' },
    ],
  });
  expect(pbx.far.live).toHaveLength(opened);
});

test('a connector nobody knows is refused with the known ones', async () => {
  await expect(hub.connections.create({ ...draft, connectorId: '__proto__' }, actor)).rejects.toMatchObject({
    code: 'resource.missing',
    message: expect.stringContaining('fake-switch, fake-crm'),
  });
});

test('a blank secret keeps the stored one, null takes it away, a new one replaces it', async () => {
  const { id } = await hub.connections.create({ ...draft, config: { ...draft.config, pin: '4711' } }, actor);
  const saved = await hub.connections.update(id, { config: { host: 'pbx', password: '', pin: '' } }, actor);
  expect(saved).toMatchObject({ config: { host: 'pbx' }, secretsSet: ['password', 'pin'] });
  expect(pbx.far.current().context.config).toEqual({ host: 'pbx', password: canary, pin: '4711' });
  const unpinned = await hub.connections.update(id, { config: { host: 'pbx', pin: null } }, actor);
  expect(unpinned.secretsSet).toEqual(['password']);
  const probed = await hub.connections.probe(
    { ...draft, connectionId: id, config: { host: 'pbx', password: '' } },
    actor,
  );
  expect(probed.ok).toBe(true);
  await expect(
    hub.connections.update(id, { config: { host: 'pbx', password: 'changed' } }, actor),
  ).rejects.toMatchObject({ field: 'config.password' });
  // To a new address it goes only when typed again.
  await expect(hub.connections.update(id, { config: { host: 'pbx2' } }, actor)).rejects.toMatchObject({
    code: 'input.invalid',
    message: 'config.password: must be entered again, because the address has changed.',
  });
});

test('stored secrets are not tried on another kind of system', async () => {
  const { id } = await hub.connections.create(draft, actor);
  const other = { connectorId: 'fake-crm', name: 'x', config: { apiKey: '' }, connectionId: id };
  await expect(hub.connections.probe(other, actor)).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a secret copied to another connection does not open there', async () => {
  const [one, two] = [await hub.connections.create(draft, actor), await hub.connections.create(draft, actor)];
  await database.dataSource.query(
    'update connection set secrets = (select secrets from connection where id = $1), revision = revision + 1 where id = $2',
    [one.id, two.id],
  );
  await hub.links.sweep();
  await hub.health.settled();
  await expect
    .poll(() => hub.connections.get('default', two.id))
    .toMatchObject({ health: { state: 'failed', code: 'config.invalid' } });
});

test('two changes of one state: the second is told to reload', async () => {
  const { id } = await hub.connections.create({ ...draft, skipProbe: true }, actor);
  const both = await Promise.allSettled([
    hub.connections.update(id, { name: 'One' }, actor),
    hub.connections.update(id, { name: 'Two' }, actor),
  ]);
  for (const outcome of both) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'resource.conflict' });
  }
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
});

test('a deleted connection is gone with its link, health, notices and secrets', async () => {
  const { id } = await hub.connections.create(draft, actor);
  const live = pbx.far.current();
  live.context.report({ code: 'frame.dropped', message: 'half a line' });
  await hub.connections.delete(id, actor);
  expect(live.closed).toBe(true);
  await expect(hub.connections.get('default', id)).rejects.toMatchObject({ code: 'resource.missing' });
  await expect(hub.connections.delete(id, actor)).rejects.toMatchObject({ code: 'resource.missing' });
});

test('another tenant sees and touches nothing', async () => {
  const { id } = await hub.connections.create(draft, actor);
  const stranger = { ...actor, tenantId: 'other' };
  expect(await hub.connections.list('other')).toEqual([]);
  for (const attempt of [
    () => hub.connections.get('other', id),
    () => hub.connections.update(id, { enabled: false }, stranger),
    () => hub.connections.delete(id, stranger),
    () => hub.connections.probe({ ...draft, connectionId: id }, stranger),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'resource.missing' });
  }
});

test('the secret is in no answer, log line, event, error or table', async () => {
  const said: unknown[] = [hub.heard];
  const keep = async (work: Promise<unknown>) => said.push(await work.catch((error: unknown) => error));
  await keep(hub.connections.create(draft, actor));
  const live = pbx.far.current();
  live.context.report({
    code: 'config.suspicious',
    message: `login ${canary}\r\nAction: x ${encodeURIComponent(canary)}`,
  });
  live.lose(new Error(`socket of ${canary} closed`));
  pbx.far.password = 'changed on the switch';
  await keep(hub.connections.create(draft, actor));
  pbx.far.openError = new Error(`ECONNREFUSED Authorization: ${canary}`);
  await keep(hub.connections.create(draft, actor));
  await keep(hub.connections.probe({ ...draft, config: { ...draft.config, host: canary.repeat(30) } }, actor));
  pbx.far.openError = new HubError('remote.unavailable', 'down', { cause: new Error(canary) });
  await keep(hub.connections.create({ ...draft, skipProbe: true }, actor));
  await keep(hub.connections.list('default'));
  pbx.far.openError = null;
  await hub.health.settled();
  const tables = ['connection', 'connection_health', 'connection_notice', 'connection_cursor'];
  said.push(await Promise.all(tables.map((table) => database.dataSource.query(`select * from ${table}`))));
  said.push(await hub.metrics.registry.metrics());
  expect(dump(said)).not.toContain(canary);
  pbx.far.password = canary;
});

test('notices are kept to the last fifty', async () => {
  const { id } = await hub.connections.create(draft, actor);
  const live = pbx.far.current();
  for (let i = 0; i < 60; i++) live.context.report({ code: 'event.unknown', message: `event ${i}` });
  await expect.poll(async () => (await hub.notices.list(id)).map(({ message }) => message)).toContain('event 59');
  await expect.poll(async () => (await hub.notices.list(id)).length).toBe(50);
  expect(await hub.metrics.registry.metrics()).toContain(
    `tieline_connector_notices_total{connection="${id}",code="event.unknown"} 60`,
  );
});

test('a cursor is kept per connection and survives the session', async () => {
  const { id } = await hub.connections.create(draft, actor);
  const live = pbx.far.current();
  expect(await live.context.cursor.get()).toBeNull();
  await live.context.cursor.set({ offset: 12 });
  await hub.connections.update(id, { config: { ...draft.config, host: 'other' } }, actor);
  expect(await pbx.far.current().context.cursor.get()).toEqual({ offset: 12 });
});

function dump(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Object.getOwnPropertyNames(value)
    .map((name) => `${name}=${dump(Reflect.get(value, name), seen)}`)
    .join('\n');
}
