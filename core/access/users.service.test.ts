import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrator, bossDraft, browser, openAccessBench } from './testing/access-bench.ts';
import type { AccessBench } from './testing/access-bench.ts';
import type { UserRow } from './users.ts';
import { userActor } from './users.ts';

let bench: AccessBench;
let boss: UserRow;
const password = 'a long enough one';
const draft = { displayName: 'Agent', role: 'agent', extension: null, connectionId: null, password } as const;

beforeAll(async () => {
  bench = await openAccessBench();
  boss = await bench.setUp.complete(bossDraft);
});
afterAll(() => bench.close());

test('an e-mail is taken whatever its capitals, and five at once make one user', async () => {
  const outcomes = await Promise.allSettled(
    ['ana@x.org', 'Ana@x.org', 'ANA@X.ORG', 'ana@X.org', 'aNa@x.org'].map((email) =>
      bench.users.create({ ...draft, email }, administrator),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(bench.users.update(boss.id, { email: 'ANA@x.org' }, administrator)).rejects.toMatchObject({
    code: 'resource.conflict',
    field: 'email',
  });
});

test('the last administrator stays', async () => {
  for (const change of [{ disabled: true }, { role: 'agent' as const }]) {
    await expect(bench.users.update(boss.id, change, administrator)).rejects.toMatchObject({
      code: 'resource.conflict',
    });
  }
  const second = await bench.users.create({ ...draft, email: 'second@x.org', role: 'administrator' }, administrator);
  const both = await Promise.allSettled([
    bench.users.update(boss.id, { role: 'agent' }, administrator),
    bench.users.update(second.id, { disabled: true }, administrator),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await bench.dataSource.query(`update app_user set role = 'administrator', disabled = false where id = $1`, [boss.id]);
});

test('a disabled user is out at once, with every session, and a new password ends the old ones', async () => {
  const user = await bench.users.create({ ...draft, email: 'leaver@x.org' }, administrator);
  const visitor = browser();
  await bench.signIn.logIn({ email: user.email, password }, visitor.exchange);
  await bench.users.update(user.id, { password: 'another long one' }, administrator);
  expect(await bench.authenticator.authenticate(visitor.credentials())).toBeNull();
  await bench.signIn.logIn({ email: user.email, password: 'another long one' }, visitor.exchange);
  await bench.users.update(user.id, { disabled: true }, administrator);
  expect(await bench.authenticator.authenticate(visitor.credentials())).toBeNull();
  await expect(
    bench.signIn.logIn({ email: user.email, password: 'another long one' }, browser().exchange),
  ).rejects.toMatchObject({ code: 'auth.rejected' });
});

test('a role change holds from the next request on', async () => {
  const user = await bench.users.create({ ...draft, email: 'riser@x.org' }, administrator);
  const visitor = browser();
  await bench.signIn.logIn({ email: user.email, password }, visitor.exchange);
  await bench.users.update(user.id, { role: 'operator' }, administrator);
  expect(await bench.authenticator.authenticate(visitor.credentials())).toMatchObject({ role: 'operator' });
});

test('taking a phone frees it from whoever sat there, and says so', async () => {
  const [one, two] = await Promise.all([
    bench.users.create({ ...draft, email: 'one@x.org' }, administrator),
    bench.users.create({ ...draft, email: 'two@x.org' }, administrator),
  ]);
  await bench.users.takePhone({ extension: ' 1001 ', connectionId: 'pbx' }, userActor(one));
  bench.phones.forget();
  expect(await bench.phones.byAgent('pbx', '1001')).toMatchObject({ id: one.id, extension: '1001' });
  bench.published.length = 0;
  await bench.users.takePhone({ extension: '1001', connectionId: 'pbx' }, userActor(two));
  expect(bench.published).toEqual([
    {
      topic: 'phone.changed',
      payload: { userId: one.id, extension: null, connectionId: null, takenBy: two.id },
    },
    {
      topic: 'phone.changed',
      payload: { userId: two.id, extension: '1001', connectionId: 'pbx', takenBy: null },
    },
  ]);
  bench.phones.forget();
  expect(await bench.phones.byAgent('pbx', '1001')).toMatchObject({ id: two.id });
  expect(await bench.users.get('default', one.id)).toMatchObject({ extension: null });
});

test('twenty grabs of one phone at once leave one holder', async () => {
  const users = await Promise.all(
    Array.from({ length: 4 }, (_, i) => bench.users.create({ ...draft, email: `grab${i}@x.org` }, administrator)),
  );
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      bench.users.takePhone({ extension: '1500', connectionId: null }, userActor(users[i % 4] ?? boss)),
    ),
  );
  const holders = await bench.dataSource.query(`select id from app_user where extension = '1500'`);
  expect(holders).toHaveLength(1);
});

test('the phone book is cached, forgets on a change and heals by itself', async () => {
  const user = await bench.users.create({ ...draft, email: 'cache@x.org', extension: '1700' }, administrator);
  bench.phones.forget();
  expect(await bench.phones.byAgent('any switch', '1700')).toMatchObject({ id: user.id });
  await bench.dataSource.query(`update app_user set extension = '1701' where id = $1`, [user.id]);
  expect(await bench.phones.byAgent('any switch', '1700')).toMatchObject({ id: user.id });
  bench.clock.atMs += 30_000;
  expect(await bench.phones.byAgent('any switch', '1700')).toBeNull();
  expect(await bench.phones.byAgent('any switch', '1701')).toMatchObject({ id: user.id });
  await bench.users.update(user.id, { disabled: true }, administrator);
  bench.phones.forget();
  expect(await bench.phones.byAgent('any switch', '1701')).toBeNull();
});

test('an API key proves itself, notes its use, and is dead once revoked', async () => {
  const { row, secret } = await bench.apiKeys.create({ name: 'reporting', role: 'operator' }, administrator);
  const headers = { authorization: `Bearer ${secret}` };
  const ask = (headersOfRequest: Record<string, string>) =>
    bench.authenticator.authenticate({ headers: headersOfRequest, cookies: {}, ip: '' });
  expect(await ask(headers)).toMatchObject({ kind: 'apiKey', id: row.id, role: 'operator' });
  expect((await bench.apiKeys.list(administrator))[0]).toMatchObject({
    name: 'reporting',
    last_used_at: expect.any(Date),
  });
  expect(JSON.stringify(await bench.apiKeys.list(administrator))).not.toContain(secret.split('_')[2]);
  const swapped = secret.endsWith('A') ? `${secret.slice(0, -1)}B` : `${secret.slice(0, -1)}A`;
  expect(await ask({ authorization: `Bearer ${swapped}` })).toBeNull();
  await bench.apiKeys.revoke(row.id, administrator);
  expect(await ask(headers)).toBeNull();
  await expect(bench.apiKeys.revoke(row.id, administrator)).rejects.toMatchObject({ code: 'resource.missing' });
});

test('users of another tenant are out of reach', async () => {
  const stranger = { ...administrator, tenantId: 'other' };
  expect(await bench.users.list(stranger)).toEqual([]);
  await expect(bench.users.update(boss.id, { disabled: true }, stranger)).rejects.toMatchObject({
    code: 'resource.missing',
  });
});
