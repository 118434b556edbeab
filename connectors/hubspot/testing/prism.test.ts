/**
 * The peer against a second opinion: 35 requests that a mock of HubSpot's published OpenAPI documents accepted or
 * refused. The recordings carry no licence, so they are not part of this project; where they lie beside it they are
 * sent byte for byte, and each must be judged alike.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeHubSpot, type FakeHubSpot } from './peer.ts';

const folder = fileURLToPath(new URL('../../../../shared/captures/crm/hubspot-prism/', import.meta.url));
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.http')) : [];
if (names.length === 0) console.log(`prism.test.ts: not compared, the recordings are not at ${folder}`);

/** Where the mock's verdict is its own and not HubSpot's. */
const explained: Readonly<Record<string, { status: number; why: string }>> = {
  '34-force-429.http': { status: 201, why: 'the mock obeys `Prefer: code=429`; HubSpot knows no such header' },
  '35-force-error-shape.http': {
    status: 201,
    why: 'as 34, with another code',
  },
};

let peer: FakeHubSpot;
beforeAll(async () => {
  peer = await startFakeHubSpot({ token: 'pat-na1-00000000-0000-0000-0000-000000000000', limits: null });
  // The mock holds nothing and finds everything; here the records the requests name must exist.
  peer.seed('contacts', { lastname: 'Abbott' }, '12345');
  peer.seed('companies', { name: 'Acme West' }, '101');
  peer.seed('companies', { name: 'Acme East' }, '77');
  peer.seed('calls', { hs_timestamp: '2026-11-22T01:00:00Z' }, '999');
});
afterAll(() => peer.close());

test('bytes on a bare socket are judged as through a client', async () => {
  const request = (more: string): string =>
    `GET /crm/v3/owners/ HTTP/1.1\r\nHost: x\r\n${more}Connection: close\r\n\r\n`;
  expect(statusOf(await exchange(request('')))).toBe(401);
  expect(statusOf(await exchange(request(`Authorization: Bearer ${peer.token}\r\n`)))).toBe(200);
});

test.each(names)('%s is judged as recorded', async (name) => {
  const [request = '', response = ''] = readFileSync(folder + name, 'latin1').split('\r\n<<< RESPONSE\r\n');
  const recorded = statusOf(response);
  const given = statusOf(await exchange(request.replace('>>> REQUEST\r\n', '')));
  const wanted = explained[name]?.status ?? recorded;
  expect(`${Math.floor(given / 100)}xx`).toBe(`${Math.floor(wanted / 100)}xx`);
});

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

function exchange(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(peer.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(Buffer.from(request, 'latin1'));
  });
}
