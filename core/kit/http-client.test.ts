import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpClient, mayHaveArrived, retryAfterMs } from './http-client.ts';
import { HubError } from '#core/contract/errors.ts';

let respond: (request: http.IncomingMessage, response: http.ServerResponse) => void = () => undefined;
const server = http.createServer((request, response) => respond(request, response));
let baseUrl = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  baseUrl = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const client = (extra = {}) =>
  createHttpClient({
    baseUrl,
    headers: { authorization: 'Bearer canary' },
    credentialField: 'accessToken',
    now: () => 0,
    ...extra,
  });
const get = (extra = {}) => client(extra).send({ method: 'GET', url: '/things', query: { q: 'canary' } });

test('a good answer, parsed on demand', async () => {
  respond = (request, response) => response.end(JSON.stringify({ url: request.url }));
  expect((await get()).json()).toEqual({ url: '/things?q=canary' });
});

test.each([
  [401, 'auth.rejected', 'never', 'accessToken'],
  [403, 'permission.denied', 'never', undefined],
  [404, 'resource.missing', 'never', undefined],
  [302, 'remote.rejected', 'never', undefined],
  [422, 'remote.rejected', 'never', undefined],
  [429, 'remote.rateLimited', 'after', undefined],
  [500, 'remote.unavailable', 'after', undefined],
  [504, 'remote.timeout', 'after', undefined],
])('%i becomes %s, retry %s', async (status, code, retry, field) => {
  respond = (_, response) => response.writeHead(status, { 'retry-after': '7', location: '/elsewhere' }).end('canary');
  const error = await get().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, retry, field, retryAfterMs: retry === 'after' ? 7000 : undefined });
  expect(JSON.stringify(error) + String(error)).not.toContain('canary');
});

test('reset, garbage, too much, silence, abort and nobody there', async () => {
  const fails = async (extra: object, code: string) => {
    const error = await get(extra)
      .then((answer) => answer.json())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HubError);
    expect(error).toMatchObject({ code });
    expect(error).not.toHaveProperty('cause');
    return mayHaveArrived(error instanceof HubError ? error : new HubError('bug', ''));
  };
  respond = (request) => request.socket.destroy();
  expect(await fails({}, 'link.lost')).toBe(true);
  respond = (request) => request.socket.end('canary\u0000 no http');
  expect(await fails({}, 'remote.garbled')).toBe(true);
  respond = (_, response) => response.end('<html>canary');
  expect(await fails({}, 'remote.garbled')).toBe(true);
  respond = (_, response) => response.end('x'.repeat(5000));
  expect(await fails({ maxResponseBytes: 100 }, 'remote.garbled')).toBe(true);
  respond = () => undefined;
  expect(await fails({ timeoutMs: 30 }, 'remote.timeout')).toBe(true);
  expect(await fails({ baseUrl: 'http://127.0.0.1:1' }, 'remote.unavailable')).toBe(false);
  const abort = AbortSignal.abort();
  await expect(client().send({ method: 'GET', url: '/', signal: abort })).rejects.toMatchObject({ code: 'link.lost' });
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['1.5', 1500],
  ['Thu, 01 Jan 1970 00:00:09 GMT', 9000],
  ['Thu, 01 Jan 1960 00:00:09 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
  ['99999999999', 86_400_000],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, 0)).toBe(expected);
});
