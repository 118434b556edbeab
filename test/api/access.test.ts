import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, Visitor } from './testing-hub.ts';
import type { TestHub } from './testing-hub.ts';

const boss = { email: 'Boss@Example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'DE' };
const login = { email: 'boss@example.org', password: boss.password };
let hub: TestHub;
let first: Visitor;

beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.stop());

test('the wizard makes one administrator, also when ten ask at once, and signs them in', async () => {
  expect((await new Visitor(hub.url).call('GET', '/api/set-up')).json).toMatchObject({ needed: true });
  const visitors = Array.from({ length: 10 }, () => new Visitor(hub.url));
  const answers = await Promise.all(visitors.map((visitor) => visitor.call('POST', '/api/set-up', boss)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array(9).fill(409)]);
  first = visitors[answers.findIndex(({ status }) => status === 201)] ?? new Visitor(hub.url);
  expect((await first.call('GET', '/api/session')).json).toMatchObject({ user: { email: 'Boss@Example.org' } });
  expect(visitors.filter(({ cookie }) => cookie !== '')).toEqual([first]);
  expect((await new Visitor(hub.url).call('GET', '/api/set-up')).json).toMatchObject({ needed: false });
});

test('the session cookie is out of reach of scripts and other sites, and a stolen one dies with the sign-out', async () => {
  const visitor = new Visitor(hub.url);
  const { status, headers } = await visitor.call('POST', '/api/session', login);
  expect(status).toBe(200);
  expect(headers.get('set-cookie')).toMatch(
    /^tieline_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const thief = new Visitor(hub.url);
  thief.cookie = visitor.cookie;
  expect((await thief.call('GET', '/api/session')).status).toBe(200);
  expect((await visitor.call('DELETE', '/api/session')).status).toBe(204);
  expect(visitor.cookie).toBe('');
  expect((await thief.call('GET', '/api/session')).status).toBe(401);
});

test('a tampered cookie is nobody', async () => {
  const visitor = new Visitor(hub.url);
  await visitor.call('POST', '/api/session', login);
  const [name, token = ''] = visitor.cookie.split('=');
  for (const value of [`${token}x`, token.slice(1), token.toUpperCase(), '', '%00', `"${token}"x`, `s:${token}`]) {
    const thief = new Visitor(hub.url);
    thief.cookie = `${name}=${value}`;
    expect((await thief.call('GET', '/api/session')).status).toBe(401);
  }
});

test.each([
  { email: { $gt: '' }, password: login.password },
  { email: [login.email], password: login.password },
  { email: login.email, password: { length: 12 } },
  { email: login.email, password: [login.password] },
  { email: login.email, password: true },
  { email: login.email, password: null },
  { email: `${login.email}\u0000`, password: login.password },
  { email: login.email },
  [login],
  'x',
  null,
])('a sign-in of the wrong shape is refused as such: %j', async (body) => {
  const { status, json } = await new Visitor(hub.url).call('POST', '/api/session', JSON.stringify(body));
  expect([status, json['code']]).toEqual([400, 'input.invalid']);
});

test('a body that is a form or plain text signs nobody in', async () => {
  const form = `email=${encodeURIComponent(login.email)}&password=${encodeURIComponent(login.password)}`;
  for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
    const body = type === 'text/plain' ? JSON.stringify(login) : form;
    const { status } = await new Visitor(hub.url).call('POST', '/api/session', body, { 'content-type': type });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
});

test('unknown e-mail and wrong password read the same; guessing has to wait, and is told how long', async () => {
  const refused = (email: string) => new Visitor(hub.url).call('POST', '/api/session', { email, password: 'wrong' });
  const [unknown, wrong] = [await refused('nobody@example.org'), await refused(login.email)];
  expect({ ...unknown.json, instance: '' }).toEqual({ ...wrong.json, instance: '' });
  expect([unknown.status, unknown.json['code']]).toEqual([401, 'auth.rejected']);
  const guesses = await Promise.all(Array.from({ length: 8 }, () => refused('victim@example.org')));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  const waiting = guesses.find(({ status }) => status === 429);
  const waitSecs = waiting?.headers.get('retry-after');
  // One second after the first guess too many, more for those that came after it.
  expect(Number(waitSecs)).toBeGreaterThanOrEqual(1);
  expect(waiting?.json['detail']).toContain(`${waitSecs} s`);
});

test('no answer and no log line holds a password, a hash, a token or a key', async () => {
  const made = await first.call('POST', '/api/users', {
    email: 'ana@example.org',
    displayName: 'Ana',
    role: 'agent',
    password: 'c4n4ry-p4ssw0rd',
  });
  expect(made.status).toBe(201);
  const key = await first.call('POST', '/api/api-keys', { name: 'reports', role: 'operator' });
  const secret = String(key.json['secret']);
  expect(
    (await new Visitor(hub.url).call('GET', '/api/connections', undefined, { authorization: `Bearer ${secret}` }))
      .status,
  ).toBe(200);
  const answers = await Promise.all(
    ['/api/users', '/api/api-keys', '/api/session'].map((route) => first.call('GET', route)),
  );
  const said = [made.text, ...answers.map(({ text }) => text), ...hub.logged].join('\n');
  for (const canary of ['c4n4ry-p4ssw0rd', boss.password, '$argon2', secret, first.cookie.split('=')[1] ?? 'x']) {
    expect(said).not.toContain(canary);
  }
  expect((await first.call('DELETE', `/api/api-keys/${String(key.json['id'])}`)).status).toBe(204);
  expect(
    (await new Visitor(hub.url).call('GET', '/api/connections', undefined, { authorization: `Bearer ${secret}` }))
      .status,
  ).toBe(401);
});

test('a change names what it changes and leaves the rest alone', async () => {
  const { json } = await first.call('POST', '/api/users', {
    email: 'ben@example.org',
    displayName: 'Ben',
    role: 'agent',
    extension: '1002',
    password: 'another long one',
  });
  const renamed = await first.call('PATCH', `/api/users/${String(json['id'])}`, { displayName: 'Benjamin' });
  expect(renamed.json).toMatchObject({ displayName: 'Benjamin', extension: '1002', role: 'agent', disabled: false });
  const odd = await first.call('PATCH', `/api/users/${String(json['id'])}`, {
    role: ['administrator'],
    disabled: 'no',
  });
  expect(odd.json).toMatchObject({ status: 400, errors: [{ field: 'role' }, { field: 'disabled' }] });
});

test('the last administrator cannot lock everybody out', async () => {
  const { json } = await first.call('GET', '/api/session');
  const { id } = json['user'] as { id: string };
  for (const change of [{ disabled: true }, { role: 'agent' }]) {
    expect((await first.call('PATCH', `/api/users/${id}`, change)).json).toMatchObject({ code: 'resource.conflict' });
  }
});

test('taking a phone moves it', async () => {
  const body = { extension: '1002', connectionId: null };
  expect((await first.call('PUT', '/api/session/extension', body)).json).toMatchObject({ user: { extension: '1002' } });
  const { json } = await first.call('GET', '/api/users');
  const holders = (json['items'] as { extension: string | null }[]).filter(({ extension }) => extension === '1002');
  expect(holders).toHaveLength(1);
});
