import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection } from '#core/contract/api/connections.ts';
import { writeSummary } from '#core/contract/api/writes.ts';
import { startFakeHubSpot, type FakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import { HubProcess } from './hub-process.ts';
import { allInteractions } from './interactions.ts';
import { waitFor } from './wait.ts';

const calls = 200;
const kills = 50;
const recordings = [
  'inbound-answered',
  'queue-answered',
  'inbound-abandoned',
  'attended-transfer',
  'hold',
  'queue-abandoned',
  'blind-transfer',
  'park-and-pickup',
];

const dataDir = mkdtempSync(join(tmpdir(), 'tieline-kill-'));
let crm: FakeHubSpot;
let hub: HubProcess;
beforeAll(async () => {
  crm = await startFakeHubSpot({ limits: null });
});
afterAll(async () => {
  await hub?.stop();
  await crm?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it(`killed ${kills} times during ${calls} calls, the hub writes every call exactly once`, async () => {
  hub = await HubProcess.start({ dataDir });
  const client = hub.client();
  await client.call(createConnection, {
    body: {
      connectorId: 'hubspot',
      name: 'CRM',
      config: { accessToken: crm.token, baseUrl: crm.url },
      skipProbe: false,
    },
  });
  const play = { recordings, calls, callsPerSec: 1.3, speed: 6, gapSecs: 0, loop: true };
  await client.call(createConnection, {
    body: { connectorId: 'replay', name: 'Switch', config: play, skipProbe: false },
  });

  const moments = Array.from({ length: kills }, () => Math.round(200 + Math.random() * 1_800));
  for (const [index, afterMs] of moments.entries()) {
    await sleep(afterMs);
    await hub.kill();
    hub = await HubProcess.start({ dataDir });
    if (index % 10 === 9)
      process.stdout.write(`  killed ${index + 1} times, ${crm.calls().length} activities so far\n`);
  }

  const survivor = hub.client();
  const interactions = await waitFor(
    'All calls ended',
    () => allInteractions(survivor),
    (all) => all.length >= calls && all.every(({ open }) => !open),
    240_000,
  );
  await waitFor(
    'Everything written',
    () => survivor.call(writeSummary),
    ({ counts, oldestWaitingMs }) => (counts['done'] ?? 0) >= calls && oldestWaitingMs === null,
  );

  const keys = crm.calls().map((call) => call.properties['tieline_key']);
  expect(interactions).toHaveLength(calls);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(keys)).toEqual(new Set(interactions.map(({ id }) => `tl-${id}`)));
  expect(interactions.filter(({ inferred }) => inferred)).toEqual([]);
  process.stdout.write(`figure kill_calls ${keys.length} activities target =${calls} ok\n`);
}, 900_000);
