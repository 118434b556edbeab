/** A dictionary published at one process of a hub is what another one writes with, and every value can be explained. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeHubSpot, startFakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import { createTestDatabase } from '#core/platform/testing/database.ts';
import { startTestRedis, type TestRedis } from '#core/platform/testing/redis.ts';
import { describeWithRedis } from '../services.ts';
import { startTestHub, type TestHub, Visitor } from './testing-hub.ts';

const boss = { email: 'boss@example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'US' };
const whole = '  - subject: hs_call_title\n';
const shortened = '  - { to: subject, from: hs_call_title, back: [{ truncate: 7 }], direction: write }\n';

describeWithRedis('a dictionary in two processes', (program) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tieline-in-force-'));
  const hubs: TestHub[] = [];
  let redis: TestRedis;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let crm: FakeHubSpot;
  let visitor: Visitor;

  async function start(roles: string): Promise<TestHub> {
    const shared = { DATABASE_URL: database.url, REDIS_URL: redis.url, TIELINE_DATA_DIR: dataDir };
    const hub = await startTestHub({ ...shared, TIELINE_ROLES: roles });
    hubs.push(hub);
    return hub;
  }
  async function call<T>(method: string, route: string, body?: unknown): Promise<T> {
    const { status, json, text } = await visitor.call(method, `/api${route}`, body);
    if (status >= 300) throw new Error(`${method} ${route}: ${status} ${text}`);
    return json as T;
  }
  async function publish(from: string, to: string): Promise<number> {
    const { live } = await call<{ live: { text: string } }>('GET', '/dictionaries/hubspot/call');
    expect(live.text).toContain(from);
    const draft = { text: live.text.replace(from, to), tests: null, revision: null };
    const { revision } = await call<{ revision: number }>('PUT', '/dictionaries/hubspot/call/draft', draft);
    const order = { revision, note: 'in two processes' };
    return (await call<{ version: number }>('POST', '/dictionaries/hubspot/call/publish', order)).version;
  }
  async function playCall(name: string): Promise<void> {
    const config = { recordings: ['inbound-answered'], calls: 1, speed: 20, gapSecs: 0, loop: false };
    await call('POST', '/connections', { connectorId: 'replay', name, config, skipProbe: false });
  }
  interface Write {
    readonly id: string;
    readonly key: string;
  }
  async function writes(count: number): Promise<Write[]> {
    const done = (): Promise<{ items: Write[] }> => call('GET', '/writes?state=done');
    await expect.poll(async () => (await done()).items.length, { timeout: 60_000, interval: 200 }).toBe(count);
    return (await done()).items;
  }

  beforeAll(async () => {
    [redis, database, crm] = await Promise.all([
      startTestRedis(program),
      createTestDatabase(),
      startFakeHubSpot({ limits: null }),
    ]);
    const api = await start('api');
    await start('telephony,worker');
    visitor = new Visitor(api.url);
    await call('POST', '/set-up', boss);
    const config = { accessToken: crm.token, baseUrl: crm.url };
    await call('POST', '/connections', { connectorId: 'hubspot', name: 'CRM', config, skipProbe: false });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(hubs.map((hub) => hub.stop()));
    await crm?.close();
    await redis?.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('a published rule makes the next write, which says why, and what it lost is told', async () => {
    const version = await publish(whole, shortened);
    await playCall('First switch');
    const [write] = await writes(1);
    const title = crm.calls()[0]?.properties['hs_call_title'];
    expect(title).toHaveLength(7);
    const why = await call<{ fields: { field: string; rule: string | null }[] }>('GET', `/writes/${write?.id}/why`);
    expect(why).toMatchObject({ dictionary: { name: 'hubspot/call', version }, readBy: expect.stringContaining(' v') });
    expect(why.fields).toContainEqual({ field: 'hs_call_title', rule: 'subject', value: title, kept: false });
    expect(why.fields.filter(({ rule }) => rule === null)).toEqual([]);
    const { items } = await call<{ items: object[] }>('GET', '/dictionaries/losses?dictionary=hubspot/call');
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'truncated',
        rule: 'subject',
        version,
        connectionName: 'CRM',
        object: 'calls',
        direction: 'write',
        recordKey: write?.key,
        times: 1,
      }),
    ]);

    await call('POST', '/dictionaries/hubspot/call/roll-back', { version: version - 1 });
    await playCall('Second switch');
    const [newer, older] = await writes(2);
    expect(crm.calls().at(-1)?.properties['hs_call_title']?.length).toBeGreaterThan(7);
    const versions = await Promise.all(
      [newer, older].map(
        async (one) =>
          (await call<{ dictionary: { version: number } }>('GET', `/writes/${one?.id}/why`)).dictionary.version,
      ),
    );
    expect(new Set(versions)).toEqual(new Set([version, version + 1]));
    expect((await call<{ items: [] }>('GET', '/dictionaries/losses')).items).toHaveLength(1);
  }, 180_000);
});
