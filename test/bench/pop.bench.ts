/**
 * From the bytes that make a phone ring to the pop on the desk's socket, stored before it is shown, against a relay that
 * stores nothing: same calls, same rates, same run. `-- --contacts 1000000` for a bigger directory.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startAmiPeer, type AmiPeer } from '#connectors/asterisk-ami/testing/peer.ts';
import { createConnection, getConnection } from '#core/contract/api/connections.ts';
import { clusterUrl, readAccess } from '#core/platform/database/embedded/cluster-files.ts';
import { HubProcess } from '../faults/hub-process.ts';
import { followEvents } from './event-source.ts';
import { figure, finish, percentile } from './figure.ts';
import { firstAdministrator, seatedAgent, type Visitor } from './hub-site.ts';
import { seedContacts, seededNumber } from './seed-contacts.ts';

const { values } = parseArgs({
  options: { contacts: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '15' } },
});
const contacts = Number(values.contacts);
const rates = [20, 100, 200];
const agents = Array.from({ length: 40 }, (_, index) => String(2000 + index));
const ringMs = 300;
const talkMs = 300;

let nextNumber = 0;
const rangAt = new Map<string, number>();

/** Rings phones at a steady rate and answers how long each took to reach `seen`. */
async function ring(
  pbx: AmiPeer,
  rate: number,
  seen: Map<string, number>,
): Promise<{ latencies: number[]; lost: number }> {
  rangAt.clear();
  seen.clear();
  const total = rate * Number(values.seconds);
  const began = performance.now();
  for (let n = 0; n < total; n += 1) {
    const dueMs = began + (n * 1000) / rate;
    if (dueMs > performance.now()) await sleep(dueMs - performance.now());
    nextNumber = (nextNumber % (contacts * 2 - 1)) + 1;
    const number = seededNumber(nextNumber);
    rangAt.set(number, performance.now());
    const call = pbx.pbx.startCall({ from: number, name: '', agent: agents[n % agents.length] ?? '' });
    void sleep(ringMs).then(() => pbx.pbx.answer(call));
    void sleep(ringMs + talkMs).then(() => pbx.pbx.hangup(call));
  }
  for (let waited = 0; waited < 30_000 && seen.size < rangAt.size; waited += 100) await sleep(100);
  await sleep(ringMs + talkMs);
  const latencies = [...rangAt].flatMap(([number, atMs]) => (seen.has(number) ? [(seen.get(number) ?? 0) - atMs] : []));
  return { latencies, lost: rangAt.size - latencies.length };
}

async function measureRelay(pbx: AmiPeer): Promise<Map<number, number>> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'relay.ts'), String(pbx.port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const seen = new Map<string, number>();
  const stops: (() => void)[] = [];
  const note = (data: unknown, atMs: number): void => {
    const { number } = data as { number: string };
    if (!seen.has(number)) seen.set(number, atMs);
  };
  for (const _ of agents) stops.push(await followEvents(`http://127.0.0.1:${line.toString().trim()}/`, {}, note));
  const p99 = new Map<number, number>();
  for (const rate of rates) {
    const { latencies } = await ring(pbx, rate, seen);
    figure(`relay.p50@${rate}`, percentile(latencies, 0.5), 'ms');
    figure(`relay.p99@${rate}`, percentile(latencies, 0.99), 'ms');
    p99.set(rate, percentile(latencies, 0.99));
  }
  for (const stop of stops) stop();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return p99;
}

async function measureHub(
  pbx: AmiPeer,
  desks: readonly Visitor[],
  url: string,
  relay: ReadonlyMap<number, number>,
): Promise<void> {
  const seen = new Map<string, number>();
  const note = (data: unknown, atMs: number): void => {
    const event = data as { type: string; pop?: { number: { raw: string } } };
    const raw = event.pop?.number.raw;
    if (event.type === 'pop' && raw !== undefined && !seen.has(raw)) seen.set(raw, atMs);
  };
  const stops: (() => void)[] = [];
  for (const desk of desks) stops.push(await followEvents(`${url}/api/desk/events`, desk.headers, note));
  // Warm: compiled code and filled caches, as after the first minutes of a working day.
  await ring(pbx, 100, seen);
  for (const rate of rates) {
    const { latencies, lost } = await ring(pbx, rate, seen);
    const p99 = percentile(latencies, 0.99);
    figure(`pop.p50@${rate}`, percentile(latencies, 0.5), 'ms');
    if (rate === 100) figure(`pop.p99@${rate}`, p99, 'ms', '<=50');
    else figure(`pop.p99@${rate}`, p99, 'ms');
    figure(`pop.ratio@${rate}`, p99 / (relay.get(rate) ?? Number.NaN), 'x-relay');
    figure(`pop.lost@${rate}`, lost, 'pops', '=0');
  }
  for (const stop of stops) stop();
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tieline-bench-'));
  const names = Object.fromEntries(agents.map((extension) => [extension, `Agent ${extension}`]));
  const pbx = await startAmiPeer({ agents: names });
  const hub = await HubProcess.start({ dataDir });
  try {
    const access = readAccess(dataDir);
    if (access === null) throw new Error('The hub made no database.');
    // The hub's own embedded server, which flushes to disk: a pop here is a pop of a call that survives a power cut.
    const client = new pg.Client(clusterUrl(access, 'tieline'));
    await client.connect();
    await seedContacts(
      { query: async (text, parameters) => (await client.query(text, parameters)).rows },
      contacts * 2,
    );
    await client.end();
    const admin = await firstAdministrator(hub.url);
    const config = {
      host: '127.0.0.1',
      port: pbx.port,
      username: pbx.account.username,
      secret: pbx.account.secret,
      trunks: ['PJSIP/trunk'],
    };
    const { id } = await admin.call(createConnection, { connectorId: 'asterisk-ami', name: 'PBX', config });
    const connectionId = String(id);
    const desks: Visitor[] = [];
    for (const extension of agents) desks.push(await seatedAgent(admin, hub.url, { extension, connectionId }));
    await untilUp(admin, connectionId);
    const relay = await measureRelay(pbx);
    await measureHub(pbx, desks, hub.url, relay);
    figure('pop.contacts', contacts, 'contacts');
  } finally {
    await hub.stop();
    await pbx.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  finish();
}

async function untilUp(admin: Visitor, connectionId: string): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const { health } = await admin.call(getConnection, {}, `/api/connections/${connectionId}`);
    if ((health as { state: string }).state === 'up') return;
    await sleep(500);
  }
  throw new Error('The link to the fake switch did not come up.');
}

await main();
process.exit();
