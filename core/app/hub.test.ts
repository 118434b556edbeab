import os from 'node:os';
import path from 'node:path';
import { Controller, Inject, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import { rolePermissions } from '#core/contract/permissions.ts';
import { defineRoute, type Route, type RouteInput, type RouteOutput } from '#core/contract/route.ts';
import { readEnvironment } from '#core/platform/environment.ts';
import { AUTHENTICATOR, systemActor, type Credentials } from '#core/platform/http/authenticator.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { Feed } from '#core/platform/http/feed.ts';
import { Handles, type StreamEvent } from '#core/platform/http/handles.ts';
import { LEASES, type Leases } from '#core/platform/lease/leases.ts';
import { leaseMigrations } from '#core/platform/lease/lease.migration.ts';
import { createLog } from '#core/platform/log/log.ts';
import { createTestDatabase } from '#core/platform/testing/database.ts';
import { startHub, type Hub } from './hub.ts';

const echo = defineRoute({
  id: 'test.echo',
  method: 'POST',
  path: '/api/test/:name',
  permission: 'directory.write',
  summary: 'Answers what came in',
  params: z.object({ name: z.string() }),
  query: z.object({ times: z.coerce.number().int().max(3).default(1) }),
  body: z.object({ text: z.string().min(2), tag: z.string().default('none') }),
  response: z.object({ said: z.string() }),
  status: 201,
});
const open = defineRoute({
  id: 'test.open',
  method: 'GET',
  path: '/api/test',
  permission: 'public',
  summary: 'Who is asking',
  response: z.object({ kind: z.string() }),
});
const failing = defineRoute({
  id: 'test.fail',
  method: 'DELETE',
  path: '/api/test/:name',
  permission: 'self',
  summary: 'Fails as it is told',
  params: z.object({ name: z.string() }),
  response: z.null(),
  status: 204,
});
const events = defineRoute({
  id: 'test.events',
  method: 'GET',
  path: '/api/test/events',
  permission: 'public',
  summary: 'Counts from a cursor',
  query: z.object({ cursor: z.coerce.number().default(0) }),
  response: z.object({ n: z.number() }),
  streams: 'events',
});

const agent: Actor = { ...systemActor, kind: 'user', id: 'u1', role: 'agent', permissions: rolePermissions.agent };
const feeds = new Set<Feed<StreamEvent<{ n: number }>>>();

class TestAuthenticator {
  async authenticate({ headers, cookies }: Credentials): Promise<Actor | null> {
    if (headers['authorization'] === 'Bearer admin') return systemActor;
    return cookies['who'] === 'agent' ? agent : null;
  }
}

@Controller()
class TestController {
  constructor(@Inject(LEASES) readonly leases: Leases) {}

  @Handles(echo)
  async echo({ params, query, body }: RouteInput<typeof echo>, actor: Actor): Promise<RouteOutput<typeof echo>> {
    const said = `${params.name}: ${body.text.repeat(query.times)} (${body.tag}, ${actor.id})`;
    return { said, passwordHash: 'never leaves' } as RouteOutput<typeof echo>;
  }

  @Handles(open)
  open(_input: RouteInput<typeof open>, actor: Actor, exchange: Exchange): RouteOutput<typeof open> {
    exchange.setCookie('seen', '1', { maxAgeSecs: 60 });
    return { kind: actor.kind };
  }

  @Handles(failing)
  async fail({ params }: RouteInput<typeof failing>): Promise<null> {
    if (params.name === 'fine') return null;
    if (params.name === 'busy')
      throw new HubError('remote.rateLimited', 'Too fast.', { retry: 'after', retryAfterMs: 1500 });
    if (params.name === 'remote')
      throw new HubError('auth.rejected', 'Wrong key.', { scope: 'connection', field: 'apiKey' });
    throw new Error('secret detail 42');
  }

  @Handles(events)
  async *events(
    { query }: RouteInput<typeof events>,
    _actor: Actor,
    { signal }: Exchange,
  ): AsyncIterable<StreamEvent<{ n: number }>> {
    const feed = new Feed<StreamEvent<{ n: number }>>(10, signal);
    feeds.add(feed);
    yield { id: String(query.cursor + 1), data: { n: query.cursor + 1 } };
    yield* feed;
    feeds.delete(feed);
  }
}

@Module({
  controllers: [TestController],
  providers: [{ provide: AUTHENTICATOR, useClass: TestAuthenticator }],
})
class TestModule {}

const routes: Route[] = [echo, open, failing, events];
const features = { modules: [TestModule], migrations: leaseMigrations, routes };
let hub: Hub;
let drop: () => Promise<void>;

async function startTestHub(url: string, more: Partial<typeof features> = {}): Promise<Hub> {
  const environment = readEnvironment(
    {
      DATABASE_URL: url,
      TIELINE_PORT: '0',
      TIELINE_DATA_DIR: path.join(os.tmpdir(), `tieline-hub-test-${process.pid}`),
    },
    process.cwd(),
  );
  // Without the worker: it would look for the jobs of the real features.
  const part = { ...environment, roles: ['api', 'telephony'] as const };
  return startHub({ environment: part, log: createLog('silent'), features: { ...features, ...more } });
}

async function call(method: string, url: string, options: { headers?: Record<string, string>; body?: unknown } = {}) {
  const response = await fetch(`${hub.url}${url}`, {
    method,
    headers: { ...(options.body !== undefined && { 'content-type': 'application/json' }), ...options.headers },
    ...(options.body !== undefined && {
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const json: unknown = type.includes('json') ? JSON.parse(text) : null;
  return { status: response.status, type, json, text, headers: response.headers };
}
const admin = { authorization: 'Bearer admin' };

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  hub = await startTestHub(database.url);
});
afterAll(async () => {
  await hub.stop();
  await drop();
});

describe('routes', () => {
  test('checked input in, contract answer out, and nothing the contract does not name', async () => {
    const { status, json, headers } = await call('POST', '/api/test/ann?times=2', {
      headers: admin,
      body: { text: 'hi' },
    });
    expect([status, json]).toEqual([201, { said: 'ann: hihi (none, system)' }]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('every fault of a request is named, body fields bare', async () => {
    const { status, type, json } = await call('POST', '/api/test/ann?times=9', {
      headers: admin,
      body: { text: 'h', tag: 1 },
    });
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(json).toMatchObject({
      code: 'input.invalid',
      errors: [{ field: 'query.times' }, { field: 'text' }, { field: 'tag' }],
    });
  });

  test('without proof 401, without the permission 403, and the body is not read before that', async () => {
    const broken = { body: '{"broken' };
    expect((await call('POST', '/api/test/ann', broken)).json).toMatchObject({ status: 401, code: 'auth.required' });
    const asAgent = await call('POST', '/api/test/ann', { ...broken, headers: { cookie: 'who=agent' } });
    expect(asAgent.json).toMatchObject({ status: 403, code: 'permission.denied' });
    expect((await call('POST', '/api/test/ann', { ...broken, headers: admin })).status).toBe(400);
  });

  test('a public route knows who asks, if anyone does, and may set a guarded cookie', async () => {
    const { json, headers } = await call('GET', '/api/test');
    expect(json).toEqual({ kind: 'anonymous' });
    expect(headers.get('set-cookie')).toBe('seen=1; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
    expect((await call('GET', '/api/test', { headers: { cookie: 'who=agent' } })).json).toEqual({ kind: 'user' });
  });

  test('errors become problems; a bug shows nothing of itself', async () => {
    const failed = (name: string) => call('DELETE', `/api/test/${name}`, { headers: admin });
    expect((await failed('fine')).status).toBe(204);
    const busy = await failed('busy');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '2']);
    expect((await failed('remote')).json).toMatchObject({ status: 422, errors: [{ field: 'apiKey' }] });
    const bug = await failed('bug');
    expect(bug.status).toBe(500);
    expect(bug.text).not.toContain('42');
  });

  test('unknown addresses of the API are problems, other addresses are pages', async () => {
    expect((await call('GET', '/api/nothing', { headers: admin })).json).toMatchObject({ status: 404 });
    expect((await call('POST', '/elsewhere', { body: {} })).json).toMatchObject({ status: 404 });
    expect((await call('GET', '/interactions/abc')).type).toContain('text/html');
  });

  test('a body over the limit is refused', async () => {
    const { json } = await call('POST', '/api/test/a', { headers: admin, body: { text: 'x'.repeat(1_100_000) } });
    expect(json).toMatchObject({ status: 413, code: 'input.tooLarge' });
  });

  test('keys that reach a prototype are refused', async () => {
    const body = '{"text":"hi","__proto__":{"admin":true}}';
    expect((await call('POST', '/api/test/a', { headers: admin, body })).status).toBe(400);
  });
});

describe('hostile pages', () => {
  test('a write from another site is refused, the own page and programs are not', async () => {
    const cookie = 'who=agent';
    const write = (headers: Record<string, string>) =>
      call('DELETE', '/api/test/fine', { headers: { cookie, ...headers } });
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' })).status).toBe(403);
    expect((await write({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await write({ origin: 'null' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(204);
    expect((await write({ origin: hub.url })).status).toBe(204);
    expect((await write({})).status).toBe(204);
  });
});

describe('event streams', () => {
  async function* read(response: Response): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) if (part.includes('data:')) yield part;
    }
  }

  test('events have ids, resume by Last-Event-ID, and end with the client', async () => {
    const abort = new AbortController();
    const headers = { 'last-event-id': '41' };
    const response = await fetch(`${hub.url}/api/test/events?cursor=7`, { headers, signal: abort.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const stream = read(response);
    expect((await stream.next()).value).toBe('id: 42\ndata: {"n":42}');
    await expect.poll(() => feeds.size).toBe(1);
    for (const feed of feeds) feed.push({ id: '43\nforged: x', data: { n: 43 } });
    expect((await stream.next()).value).toBe('id: 43forged: x\ndata: {"n":43}');
    abort.abort();
    await expect.poll(() => feeds.size).toBe(0);
  });
});

test('stopping ends event streams and lets no one wait', async () => {
  const database = await createTestDatabase();
  const other = await startTestHub(database.url);
  const response = await fetch(`${other.url}/api/test/events`);
  const reader = response.text();
  await expect.poll(() => feeds.size).toBe(1);
  await other.stop();
  expect(await reader).toContain('data: {"n":1}');
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
  await database.drop();
});

describe('operations', () => {
  test('alive, ready, metrics and the API description', async () => {
    expect((await call('GET', '/healthz')).json).toEqual({ status: 'alive' });
    expect((await call('GET', '/readyz')).json).toEqual({
      status: 'ready',
      checks: { database: 'ok', bus: 'ok', jobs: 'ok' },
    });
    expect((await call('GET', '/metrics')).text).toContain('tieline_http_request_seconds_bucket');
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    expect((await call('GET', '/metrics', { headers: forwarded })).status).toBe(401);
    expect((await call('GET', '/metrics', { headers: { ...forwarded, ...admin } })).status).toBe(200);
    expect((await call('GET', '/api/openapi.json')).json).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/test/{name}': { post: { operationId: 'test.echo' } } },
    });
    expect((await call('GET', '/api/docs')).text).toContain('Answers what came in');
  });

  test('a route without a handler, or a handler without a route, stops the start', async () => {
    const { url, drop: dropOther } = await createTestDatabase();
    const orphan = defineRoute({ ...open, id: 'test.orphan', path: '/api/orphan' });
    await expect(startTestHub(url, { routes: [echo, open, failing, events, orphan] })).rejects.toThrow(/test\.orphan/);
    await expect(startTestHub(url, { routes: [echo, open, failing] })).rejects.toThrow(/test\.events/);
    await dropOther();
  });
});
