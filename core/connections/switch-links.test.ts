import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { HubError } from '#core/contract/errors.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { actor, openDatabase, startProcess } from './testing/connections-bench.ts';
import type { HubProcess } from './testing/connections-bench.ts';
import { fakeCrm, fakeSwitch } from './testing/fake-connectors.ts';

let database: TestDatabase;
const running: HubProcess[] = [];
const draft = { connectorId: 'fake-switch', name: 'Old PBX', config: { host: 'pbx', password: 'right' } };
const event: SwitchEvent = { kind: 'agent', eventId: 'e1', atMs: 1, agent: '1001', state: 'ready' };

beforeAll(async () => {
  database = await openDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((hub) => hub.stop()));
  await database.dataSource.query('delete from connection');
});
afterAll(() => database.close());

function start(connectors: Parameters<typeof startProcess>[1], roles?: string): HubProcess {
  const hub = startProcess(database, connectors, roles);
  running.push(hub);
  return hub;
}

const healthOf = async (hub: HubProcess, id: string) => {
  await hub.health.settled();
  return (await hub.connections.get('default', id)).health;
};

test('events flow to the sink, and each open tells it what is up now', async () => {
  const { far, connector } = fakeSwitch();
  far.calls = [{ callId: 'c1', legs: [], startedAtMs: 1 }];
  const hub = start([connector]);
  const { id } = await hub.connections.create(draft, actor);
  await far.current().push([event]);
  expect(hub.stored).toEqual([{ connectionId: id, events: [event] }]);
  await expect.poll(() => hub.reconciled).toEqual([{ connectionId: id, calls: far.calls }]);
  expect(await healthOf(hub, id)).toMatchObject({ state: 'up', lastEventAt: expect.any(String) });
});

test('a link that flaps comes back each time, with one session at a time', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector]);
  const { id } = await hub.connections.create(draft, actor);
  const probes = far.live.length;
  await expect.poll(() => hub.reconciled.length).toBe(1);
  for (let flap = 1; flap <= 3; flap++) {
    far.current().lose(new Error('connection reset'));
    await expect.poll(() => far.live.length).toBe(probes + flap);
    await expect.poll(() => hub.reconciled.length).toBe(flap + 1);
    expect(far.openCount()).toBe(1);
  }
  expect(await healthOf(hub, id)).toMatchObject({ state: 'up', reconnects: 3 });
  const announced = hub.heard.filter((line) => line.includes('"link.changed"')).join('\n');
  expect(announced).toContain('The link to \\"Old PBX\\" broke: connection reset');
});

test('refused credentials stop the link at the field until the connection is saved again', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector]);
  const { id } = await hub.connections.create(draft, actor);
  far.password = 'changed';
  far.current().lose(new Error('kicked'));
  await expect
    .poll(() => healthOf(hub, id))
    .toMatchObject({
      state: 'failed',
      code: 'auth.rejected',
      field: 'password',
    });
  await hub.links.sweep();
  expect(far.openCount()).toBe(0);
  await hub.connections.update(id, { config: { host: 'pbx', password: 'changed' } }, actor);
  await expect.poll(() => healthOf(hub, id)).toMatchObject({ state: 'up', code: null });
});

test('a push that was not stored closes the link, so that the switch delivers again', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector]);
  await hub.connections.create(draft, actor);
  const first = far.current();
  const { push } = hub.sink;
  hub.sink.push = () => Promise.reject(new HubError('storage.unavailable', 'disk full', { retry: 'soon' }));
  await expect(first.push([event])).rejects.toMatchObject({ code: 'storage.unavailable' });
  hub.sink.push = push;
  await expect.poll(() => far.live.at(-1) !== first).toBe(true);
  expect(first.closed).toBe(true);
  await far.current().push([event]);
  expect(hub.stored).toHaveLength(1);
});

test('one of two processes owns the link; the other takes over when it goes', async () => {
  const { far, connector } = fakeSwitch();
  const one = start([connector]);
  const { id } = await one.connections.create(draft, actor);
  const two = start([connector], 'telephony');
  await two.links.sweep();
  expect([one.links.owns(id), two.links.owns(id)]).toEqual([true, false]);
  expect(far.openCount()).toBe(1);
  expect(await two.consumer.isMine(id)).toBe(false);
  await one.stop();
  expect(far.openCount()).toBe(0);
  expect(await healthOf(two, id)).toMatchObject({ state: 'standby' });
  await two.links.sweep();
  await expect.poll(() => healthOf(two, id)).toMatchObject({ state: 'up' });
  expect(two.links.owns(id)).toBe(true);
  await far.current().push([event]);
  expect(two.stored).toHaveLength(1);
});

test('an owner whose database connection is cut lets go before another takes over, and stores nothing more', async () => {
  const { far, connector } = fakeSwitch();
  const one = start([connector]);
  const { id } = await one.connections.create(draft, actor);
  const orphan = far.current();
  const two = start([connector]);
  await database.dataSource.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'tieline-leases' and datname = current_database()`,
  );
  await expect.poll(() => one.links.owns(id)).toBe(false);
  await expect.poll(() => orphan.closed).toBe(true);
  await expect(orphan.push([event])).rejects.toMatchObject({ code: 'link.lost' });
  expect(one.stored).toEqual([]);
  await expect
    .poll(async () => {
      await two.links.sweep().catch(() => undefined);
      return two.links.owns(id);
    })
    .toBe(true);
  await expect.poll(() => far.openCount()).toBe(1);
  await expect.poll(() => healthOf(two, id)).toMatchObject({ state: 'up' });
  await one.health.settled();
  expect(one.heard.filter((line) => line.includes('"link.changed"') && line.includes('stopped'))).toEqual([]);
  expect(await healthOf(two, id)).toMatchObject({ state: 'up' });
});

test('an owner begins with what is stored, also when it was the owner before, and keeps its memory over a reconnect', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector]);
  const { id } = await hub.connections.create(draft, actor);
  expect(hub.forgotten).toEqual([id]);
  far.current().lose(new Error('gone'));
  await expect.poll(() => far.live.length).toBe(2);
  expect(hub.forgotten).toEqual([id]);
  await database.dataSource.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'tieline-leases' and datname = current_database()`,
  );
  await expect.poll(() => hub.links.owns(id)).toBe(false);
  await expect
    .poll(async () => {
      await hub.links.sweep().catch(() => undefined);
      return hub.forgotten;
    })
    .toEqual([id, id]);
});

test('switched off it stops, switched on it opens; a new name alone reconnects too', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector]);
  const { id } = await hub.connections.create(draft, actor);
  await hub.connections.update(id, { enabled: false }, actor);
  expect(far.openCount()).toBe(0);
  expect(await healthOf(hub, id)).toMatchObject({ state: 'stopped' });
  await hub.connections.update(id, { enabled: true }, actor);
  await expect.poll(() => far.openCount()).toBe(1);
});

test('a process without the telephony role touches no switch', async () => {
  const { far, connector } = fakeSwitch();
  const hub = start([connector], 'api,worker');
  const { id } = await hub.connections.create(draft, actor);
  expect(far.openCount()).toBe(0);
  expect(await hub.consumer.isMine(id)).toBe(false);
});

test('commands reach the live switch and refusals say why', async () => {
  const { far, connector } = fakeSwitch();
  const crm = fakeCrm();
  const hub = start([connector, crm.connector]);
  const { id } = await hub.connections.create(draft, actor);
  const call = { agent: '1001', number: '5551234', requestId: 'request-1' };
  const order = (verb: string, args: Record<string, string>, connectionId = id) =>
    hub.consumer.command({ connectionId, verb, args });
  await expect.poll(() => healthOf(hub, id)).toMatchObject({ state: 'up' });
  expect(await order('makeCall', call)).toEqual({ result: { requestId: 'request-1', dialled: '05551234' } });
  expect(await order('clear', { leg: 'l1' })).toEqual({ result: null });
  await order('setAgentState', { agent: '1001', state: 'ready' });
  expect(far.current().commands).toEqual([
    ['makeCall', call],
    ['clear', 'l1'],
    ['set', '1001', 'ready', {}],
  ]);
  await expect(order('hold', { leg: 'l1' })).rejects.toMatchObject({
    code: 'facet.unsupported',
    message: '"Old PBX" does not support "hold"; it supports makeCall, clear.',
  });
  await expect(order('setAgentState', { agent: '1', state: 'notReady' })).rejects.toMatchObject({
    code: 'facet.unsupported',
  });
  await expect(order('clear', { leg: 'l1' }, 'nowhere')).rejects.toMatchObject({ code: 'resource.missing' });
  const other = await hub.connections.create({ connectorId: 'fake-crm', name: 'CRM', config: { apiKey: 'k' } }, actor);
  await expect(order('clear', { leg: 'l1' }, other.id)).rejects.toMatchObject({ code: 'facet.unsupported' });
  far.openError = new HubError('remote.unavailable', 'No route to host', { retry: 'soon' });
  far.current().lose(new Error('gone'));
  await expect.poll(() => order('clear', { leg: 'l1' }).catch((error: Error) => error.message)).toContain('is down');
  await hub.connections.update(id, { enabled: false }, actor);
  await expect(order('clear', { leg: 'l1' })).rejects.toThrow(/switched off/);
});
