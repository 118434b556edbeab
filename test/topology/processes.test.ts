import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnection } from '#core/contract/api/connections.ts';
import { listInteractions } from '#core/contract/api/interactions.ts';
import { writeSummary } from '#core/contract/api/writes.ts';
import { startFakeHubSpot, type FakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import { createTestDatabase } from '#core/platform/testing/database.ts';
import { startTestRedis, type TestRedis } from '#core/platform/testing/redis.ts';
import { HubProcess } from '../faults/hub-process.ts';
import { waitFor } from '../faults/wait.ts';
import { describeWithRedis } from '../services.ts';

const calls = 6;
const recordings = ['inbound-answered', 'queue-answered', 'inbound-abandoned'];

/** What docker/compose.yml starts, as plain processes: one for each role, PostgreSQL, Redis, one folder for the keys. */
describeWithRedis('the hub spread over processes', (program) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tieline-topology-'));
  const hubs = new Map<string, HubProcess>();
  let redis: TestRedis;
  let crm: FakeHubSpot;
  let database: { url: string; drop: () => Promise<void> };

  async function start(role: string): Promise<void> {
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, TIELINE_ROLES: role };
    hubs.set(role, await HubProcess.start({ dataDir, env }));
  }
  const hub = (role: string): HubProcess => {
    const found = hubs.get(role);
    if (found === undefined) throw new Error(`no ${role} process`);
    return found;
  };

  beforeAll(async () => {
    [redis, database, crm] = await Promise.all([
      startTestRedis(program),
      createTestDatabase(),
      startFakeHubSpot({ limits: null }),
    ]);
    // At once, on an empty database and an empty folder, as compose does.
    await Promise.all(['api', 'telephony', 'worker'].map(start));
  }, 120_000);
  afterAll(async () => {
    await Promise.all([...hubs.values()].map((each) => each.stop()));
    await Promise.all([redis.close(), database.drop(), crm.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('every process is ready', async () => {
    for (const each of hubs.values()) {
      const response = await fetch(`${each.url}/readyz`);
      expect(await response.json()).toEqual({ status: 'ready', checks: { database: 'ok', bus: 'ok', jobs: 'ok' } });
    }
  });

  test('only the API process has the API', async () => {
    expect((await fetch(`${hub('api').url}/api/set-up`)).status).toBe(200);
    expect((await fetch(`${hub('worker').url}/api/set-up`)).status).toBe(404);
    expect((await fetch(`${hub('telephony').url}/`)).status).toBe(404);
  });

  test('a call taken in by one is shown by another and written by the third, once', async () => {
    const client = hub('api').client();
    const access = { accessToken: crm.token, baseUrl: crm.url };
    await client.call(createConnection, {
      body: { connectorId: 'hubspot', name: 'CRM', config: access, skipProbe: false },
    });
    const play = { recordings, calls, callsPerSec: 2, speed: 10, gapSecs: 0, loop: true };
    await client.call(createConnection, {
      body: { connectorId: 'replay', name: 'Switch', config: play, skipProbe: false },
    });
    const { items } = await waitFor(
      'All calls',
      () => client.call(listInteractions, { query: { limit: 50 } }),
      (page) => page.items.length === calls && page.items.every(({ open }) => !open),
    );
    await waitFor(
      'Every activity',
      () => client.call(writeSummary),
      ({ counts, oldestWaitingMs }) => (counts['done'] ?? 0) >= calls && oldestWaitingMs === null,
    );
    const keys = crm.calls().map((call) => call.properties['tieline_key']);
    expect(keys).toHaveLength(calls);
    expect(new Set(keys)).toEqual(new Set(items.map(({ id }) => `tl-${id}`)));
  }, 240_000);

  test('a standby takes the switch link over when its owner is killed', async () => {
    const standby = await HubProcess.start({
      dataDir,
      env: { DATABASE_URL: database.url, REDIS_URL: redis.url, TIELINE_ROLES: 'telephony' },
    });
    await hub('telephony').kill();
    hubs.set('telephony', standby);
    const client = hub('api').client();
    const play = { recordings, calls: 2, callsPerSec: 2, speed: 10, gapSecs: 0, loop: true };
    await client.call(createConnection, {
      body: { connectorId: 'replay', name: 'Second', config: play, skipProbe: false },
    });
    await waitFor(
      'Calls on the standby',
      () => client.call(listInteractions, { query: { limit: 50 } }),
      (page) => page.items.length >= calls + 2,
    );
  }, 240_000);
});
