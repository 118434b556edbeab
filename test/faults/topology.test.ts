/** The processes of docker/compose.yml without containers: API, telephony and worker on one PostgreSQL and one Redis. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection, getConnection } from '#core/contract/api/connections.ts';
import { createContact } from '#core/contract/api/directory.ts';
import { systemInfo } from '#core/contract/api/system.ts';
import { writeSummary } from '#core/contract/api/writes.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { createTestDatabase } from '#core/platform/testing/database.ts';
import { startTestRedis, type TestRedis } from '#core/platform/testing/redis.ts';
import { startFakeHubSpot, type FakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import { describeWithRedis } from '../services.ts';
import { DeskUser } from './desk-user.ts';
import { HubProcess } from './hub-process.ts';
import { allInteractions } from './interactions.ts';
import { waitFor } from './wait.ts';

const calls = 20;
const extension = '1001';
const recordings = ['inbound-answered', 'hold', 'queue-answered', 'inbound-abandoned', 'blind-transfer'];

describeWithRedis('the hub spread over processes', (program) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tieline-topology-'));
  const processes: HubProcess[] = [];
  let redis: TestRedis;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let crm: FakeHubSpot;
  let user: DeskUser | undefined;

  async function start(roles: string): Promise<HubProcess> {
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, TIELINE_ROLES: roles };
    const hub = await HubProcess.start({ dataDir, env });
    processes.push(hub);
    return hub;
  }

  async function forgetEverything(): Promise<void> {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  }

  beforeAll(async () => {
    [redis, database, crm] = await Promise.all([
      startTestRedis(program),
      createTestDatabase(),
      startFakeHubSpot({ limits: null }),
    ]);
  }, 120_000);
  afterAll(async () => {
    user?.leave();
    await Promise.all(processes.map((hub) => hub.stop()));
    await crm?.close();
    await redis?.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('calls pop, are written once, and outlive an emptied Redis and a killed telephony process', async () => {
    // All at once on an empty database and without a vault key, as compose starts them.
    const [api, telephony, worker] = await Promise.all([start('api'), start('telephony'), start('worker')]);
    for (const { url } of processes) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const { url } of [telephony, worker]) {
      expect((await fetch(`${url}/api/set-up`)).status).toBe(404);
      expect((await fetch(`${url}/`)).status).toBe(404);
    }
    user = await DeskUser.setUp(api.url);
    const client = api.client();
    expect(await client.call(systemInfo)).toMatchObject({ roles: ['api'], database: 'external', queue: 'redis' });
    await user.call(createContact, {
      body: { lastName: 'Smith', firstName: 'John', phones: [{ number: '+14155550123', label: 'work' }] } as never,
    });
    await client.call(createConnection, {
      body: {
        connectorId: 'hubspot',
        name: 'CRM',
        config: { accessToken: crm.token, baseUrl: crm.url },
        skipProbe: false,
      },
    });
    const play = { recordings, calls, speed: 5, gapSecs: 0, loop: true };
    const link = await client.call(createConnection, {
      body: { connectorId: 'replay', name: 'Switch', config: play, skipProbe: false },
    });
    await user.sitDown(extension, link.id);
    await waitFor(
      'The link up',
      () => client.call(getConnection, { params: { connectionId: link.id } }),
      ({ health }) => health.state === 'up',
    );
    await start('telephony');

    const atLeast = (count: number): Promise<Interaction[]> =>
      waitFor(
        `${count} calls`,
        () => allInteractions(client),
        (found) => found.length >= count,
      );
    await atLeast(4);
    await forgetEverything();
    const known = await atLeast(8);
    const goneMs = Date.now();
    await telephony.kill();
    await atLeast(known.length + 1);
    const backMs = Date.now();
    await atLeast(14);
    await forgetEverything();

    const all = await waitFor(
      'All calls ended',
      () => allInteractions(client),
      (found) => found.length >= calls && found.every(({ open }) => !open),
      240_000,
    );
    await waitFor(
      'Everything written',
      () => client.call(writeSummary),
      ({ counts, oldestWaitingMs }) => (counts['done'] ?? 0) >= calls && oldestWaitingMs === null,
    );
    const keys = crm.calls().map(({ properties }) => properties['tieline_key']);
    expect(all).toHaveLength(calls);
    expect(all.filter(({ inferred }) => inferred)).toEqual([]);
    expect(keys).toHaveLength(calls);
    expect(new Set(keys)).toEqual(new Set(all.map(({ id }) => `tl-${id}`)));

    // A call that came and went while nobody held the link has no ringing phone left to pop for.
    const fellInGap = (one: Interaction): boolean => one.startMs < backMs && (one.endMs ?? 0) > goneMs;
    const rangHere = all.filter((one) => !fellInGap(one) && one.legs.some(({ agent }) => agent === extension));
    expect(rangHere.length).toBeGreaterThan(calls / 3);
    const popped = (): Set<string> => new Set(user?.firstPops.map(({ interactionId }) => interactionId));
    await waitFor(
      'A pop for each call that rang here',
      async () => rangHere.filter(({ id }) => !popped().has(id)),
      (missing) => missing.length === 0,
    );
    process.stdout.write(`figure topology_calls ${keys.length} activities target =${calls} ok\n`);
    process.stdout.write(`figure topology_pops ${popped().size} pops\n`);
  }, 600_000);
});
