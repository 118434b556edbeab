import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection } from '#core/contract/api/connections.ts';
import { createContact } from '#core/contract/api/directory.ts';
import { writeSummary } from '#core/contract/api/writes.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { startFakeHubSpot, type FakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import { DeskUser } from './desk-user.ts';
import { HubProcess } from './hub-process.ts';
import { allInteractions } from './interactions.ts';
import { waitFor } from './wait.ts';

/** Ten minutes of the recordings' own time, played twenty times as fast. */
const outageMs = 10 * 60_000;
const speed = 20;
const calls = 90;
const before = 8;
const extension = '1001';
const recordings = ['inbound-answered', 'queue-answered', 'hold', 'inbound-abandoned', 'attended-transfer'];

const dataDir = mkdtempSync(join(tmpdir(), 'tieline-outage-'));
let crm: FakeHubSpot;
let hub: HubProcess;
let user: DeskUser;
beforeAll(async () => {
  crm = await startFakeHubSpot({ limits: null });
  hub = await HubProcess.start({ dataDir });
  user = await DeskUser.setUp(hub.url);
}, 120_000);
afterAll(async () => {
  user?.leave();
  await hub?.stop();
  await crm?.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const written = (): (string | undefined)[] => crm.calls().map(({ properties }) => properties['tieline_key']);
const keyOf = ({ id }: Interaction): string => `tl-${id}`;

it('with the CRM down for ten minutes callers are still known, and every call is written once, in order', async () => {
  const client = hub.client();
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
  const play = { recordings, calls, speed, gapSecs: 0, loop: true };
  const replay = await client.call(createConnection, {
    body: { connectorId: 'replay', name: 'Switch', config: play, skipProbe: false },
  });
  await user.sitDown(extension, replay.id);

  await waitFor(
    'The first calls written',
    async () => written(),
    ({ length }) => length >= before,
  );
  crm.faults.outage = true;
  const downMs = Date.now();
  const writtenBefore = new Set(written());
  await sleep(outageMs / speed);
  const during = await allInteractions(client);
  crm.faults.outage = false;
  const upMs = Date.now();

  const all = await waitFor(
    'All calls ended',
    () => allInteractions(client),
    (found) => found.length >= calls && found.every(({ open }) => !open),
    240_000,
  );
  const { counts } = await waitFor(
    'Everything written',
    () => client.call(writeSummary),
    (summary) => summary.oldestWaitingMs === null && new Set(written()).size >= calls,
    240_000,
  );

  const keys = written();
  expect(keys).toHaveLength(calls);
  expect(new Set(keys)).toEqual(new Set(all.map(keyOf)));
  expect(counts['dead'] ?? 0).toBe(0);

  const endOf = new Map(all.map((one) => [keyOf(one), one.endMs ?? 0]));
  const late = keys.filter((key) => !writtenBefore.has(key)).map((key) => endOf.get(key ?? '') ?? 0);
  expect(late).toEqual(late.toSorted((left, right) => left - right));

  const within = (atMs: number): boolean => atMs > downMs && atMs < upMs;
  const rangHere = during.filter((one) => within(one.startMs) && one.legs.some(({ agent }) => agent === extension));
  const pops = new Map(user.firstPops.map((pop) => [pop.interactionId, pop]));
  expect(rangHere.length).toBeGreaterThan(20);
  const shown = rangHere.map(({ id }) => pops.get(id));
  expect(shown.filter((pop) => pop === undefined)).toEqual([]);
  const fromIndex = shown.filter((pop) => pop?.stage === 1 && pop.candidates[0]?.displayName === 'John Smith');
  expect(fromIndex.length).toBeGreaterThan(10);
  process.stdout.write(
    `figure outage_pops ${shown.length} pops\nfigure outage_calls ${keys.length} activities target =${calls} ok\n`,
  );
}, 600_000);
