import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractRoutes } from '#core/app/routes.ts';
import { rolePermissions, roles } from '#core/contract/permissions.ts';
import { startTestHub, Visitor } from './testing-hub.ts';
import type { TestHub } from './testing-hub.ts';

const boss = { email: 'boss@example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'DE' };
const pathOf = (path: string) => path.replaceAll(/:(\w+)/g, 'nobody');

let hub: TestHub;
const keys = new Map<string, string>();

beforeAll(async () => {
  hub = await startTestHub();
  const administrator = new Visitor(hub.url);
  await administrator.call('POST', '/api/set-up', boss);
  for (const role of roles) {
    const { json } = await administrator.call('POST', '/api/api-keys', { name: role, role });
    keys.set(role, String(json['secret']));
  }
});
afterAll(() => hub.stop());

test('these routes, and no others, are open to everyone', () => {
  const open = contractRoutes.filter(({ permission }) => permission === 'public').map(({ id }) => id);
  expect(open.toSorted()).toEqual(['session.logIn', 'setUp.complete', 'setUp.state']);
});

test.each(
  contractRoutes.filter(({ permission }) => permission !== 'public').map((route) => [route.id, route] as const),
)('%s asks anonymous callers to sign in, before it reads what they sent', async (_id, { method, path }) => {
  const body = method === 'GET' || method === 'DELETE' ? undefined : '{"not json';
  const { status, json } = await new Visitor(hub.url).call(method, pathOf(path), body);
  expect([status, json['code']]).toEqual([401, 'auth.required']);
});

test.each(roles)('as %s, every route beyond the role is refused', async (role) => {
  const headers = { authorization: `Bearer ${keys.get(role)}` };
  const beyond = contractRoutes.filter(({ permission }) => !rolePermissions[role].includes(permission));
  for (const { id, method, path } of beyond) {
    const { status, json } = await new Visitor(hub.url).call(method, pathOf(path), undefined, headers);
    expect([id, status, json['code']]).toEqual([id, 403, 'permission.denied']);
  }
  expect(beyond.length > 0).toBe(role !== 'administrator');
});

test('an API key has no desk, no phone and no sign-in', async () => {
  const headers = { authorization: `Bearer ${keys.get('administrator')}` };
  const own = contractRoutes.filter(({ permission }) => permission === 'self' || permission === 'desk.use');
  for (const { id, method, path } of own) {
    const { status } = await new Visitor(hub.url).call(method, pathOf(path), undefined, headers);
    expect([id, status]).toEqual([id, 403]);
  }
});
