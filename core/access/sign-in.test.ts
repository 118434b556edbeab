import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { administrator, bossDraft, browser, openAccessBench } from './testing/access-bench.ts';
import type { AccessBench } from './testing/access-bench.ts';
import { absoluteMs, idleMs } from './session-rules.ts';

let bench: AccessBench;
const login = { email: bossDraft.email, password: bossDraft.password };

beforeAll(async () => {
  bench = await openAccessBench();
  await bench.setUp.complete(bossDraft);
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.dataSource.query('delete from login_throttle');
});

test('signs in whatever the capitals, and the cookie proves it', async () => {
  const visitor = browser();
  const user = await bench.signIn.logIn({ ...login, email: 'BOSS@Example.ORG' }, visitor.exchange);
  expect(await bench.authenticator.authenticate(visitor.credentials())).toMatchObject({
    kind: 'user',
    id: user.id,
    role: 'administrator',
  });
});

test('the database holds no token, no password and no key', async () => {
  const visitor = browser();
  await bench.signIn.logIn(login, visitor.exchange);
  const { secret } = await bench.apiKeys.create({ name: 'dump', role: 'agent' }, administrator);
  const tables = ['app_user', 'user_session', 'api_key', 'login_throttle'];
  const rows = await Promise.all(tables.map((table) => bench.dataSource.query(`select * from ${table}`)));
  const dump = JSON.stringify(rows, (_name, value: unknown) =>
    isBuffer(value) ? Buffer.from(value.data).toString() : value,
  );
  for (const canary of [visitor.token(), bossDraft.password, secret, secret.split('_')[2]]) {
    expect(dump).not.toContain(canary);
  }
  expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
});

test('an unknown e-mail costs the same argon2 run and gets the same sentence', async () => {
  const verify = vi.spyOn(bench.passwords, 'verify');
  const refusals = await Promise.all(
    ['nobody@example.org', bossDraft.email].map((email) =>
      bench.signIn.logIn({ email, password: 'wrong' }, browser().exchange).catch((error: Error) => error),
    ),
  );
  expect(verify).toHaveBeenCalledTimes(2);
  expect(verify.mock.calls.find(([stored]) => stored === null)).toBeDefined();
  expect(refusals[0]).toMatchObject({ code: 'auth.rejected', message: (refusals[1] as Error).message });
  verify.mockRestore();
});

test('nobody can sign in as the decoy', async () => {
  expect(await bench.passwords.verify(null, '')).toBe(false);
  expect(await bench.passwords.verify(null, 'anything')).toBe(false);
});

test('guessing is slowed down with a clear wait, also when all guesses come at once', async () => {
  const guess = () => bench.signIn.logIn({ ...login, password: 'wrong' }, browser('10.0.0.9').exchange);
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, guess));
  const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? codeOf(outcome.reason) : 'in'));
  expect(codes.filter((code) => code === 'auth.rejected')).toHaveLength(5);
  expect(codes.filter((code) => code === 'remote.rateLimited')).toHaveLength(7);
  await expect(bench.signIn.logIn(login, browser('10.0.0.9').exchange)).rejects.toMatchObject({
    code: 'remote.rateLimited',
    retryAfterMs: 1000,
    message: expect.stringContaining('1 s'),
  });
});

test('the same user is not locked out elsewhere, and comes in again after the wait', async () => {
  const guess = () => bench.signIn.logIn({ ...login, password: 'wrong' }, browser('10.0.0.9').exchange);
  await Promise.allSettled(Array.from({ length: 12 }, guess));
  await bench.signIn.logIn(login, browser('10.0.0.10').exchange);
  bench.clock.atMs += 1000;
  await bench.signIn.logIn(login, browser('10.0.0.9').exchange);
});

test('a session ends when it is idle, and at the latest after a week', async () => {
  const idle = browser();
  await bench.signIn.logIn(login, idle.exchange);
  bench.clock.atMs += idleMs - 1;
  expect(await bench.authenticator.authenticate(idle.credentials())).not.toBeNull();
  bench.clock.atMs += idleMs;
  expect(await bench.authenticator.authenticate(idle.credentials())).toBeNull();

  const busy = browser();
  await bench.signIn.logIn(login, busy.exchange);
  for (let usedMs = 0; usedMs < absoluteMs - idleMs; usedMs += idleMs / 2) {
    bench.clock.atMs += idleMs / 2;
    expect(await bench.authenticator.authenticate(busy.credentials())).not.toBeNull();
  }
  bench.clock.atMs += idleMs;
  expect(await bench.authenticator.authenticate(busy.credentials())).toBeNull();
});

test('signing out ends the session and not only the cookie', async () => {
  const visitor = browser();
  await bench.signIn.logIn(login, visitor.exchange);
  const stolen = { ...visitor.cookies };
  await bench.signIn.logOut(visitor.exchange);
  expect(await bench.authenticator.authenticate({ headers: {}, cookies: stolen, ip: '127.0.0.1' })).toBeNull();
});

test('a new sign-in never keeps the session the browser brought along', async () => {
  const visitor = browser();
  await bench.signIn.logIn(login, visitor.exchange);
  const planted = { ...visitor.cookies };
  await bench.signIn.logIn(login, visitor.exchange);
  expect(visitor.token()).not.toBe(planted['tieline_session']);
  expect(await bench.authenticator.authenticate({ headers: {}, cookies: planted, ip: '' })).toBeNull();
});

test('a tampered cookie is nobody, and never an error', async () => {
  const visitor = browser();
  await bench.signIn.logIn(login, visitor.exchange);
  const token = visitor.token() ?? '';
  const flipped = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
  for (const value of [flipped, `${token}.`, '', '\0', "' or 1=1 --", 'x'.repeat(5000), '[object Object]']) {
    const cookies = { tieline_session: value };
    expect(await bench.authenticator.authenticate({ headers: {}, cookies, ip: '' })).toBeNull();
  }
});

test('a wrong Authorization header is not rescued by a good cookie', async () => {
  const visitor = browser();
  await bench.signIn.logIn(login, visitor.exchange);
  const credentials = { ...visitor.credentials(), headers: { authorization: 'Bearer tl_0000000000_wrong' } };
  expect(await bench.authenticator.authenticate(credentials)).toBeNull();
});

function codeOf(reason: unknown): unknown {
  return reason instanceof Error && 'code' in reason ? reason.code : reason;
}

function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
