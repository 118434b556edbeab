/** The access services on a fresh database with a clock in the test's hand, wired without a container. */
import type { BusEventTopic, BusPayload } from '#core/contract/bus.ts';
import type { Actor } from '#core/contract/actor.ts';
import { systemActor } from '#core/platform/http/authenticator.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { openTestDatabase } from '#core/platform/testing/database.ts';
import { accessMigrations } from '../access.migration.ts';
import { ApiKeys } from '../api-keys.service.ts';
import { AccessAuthenticator } from '../authenticator.service.ts';
import { Passwords } from '../passwords.service.ts';
import { Phones } from '../phones.service.ts';
import { SessionsStore } from '../sessions.store.ts';
import { SetUp } from '../set-up.service.ts';
import { sessionCookie, SignIn } from '../sign-in.service.ts';
import { Tenants } from '../tenants.service.ts';
import { ThrottleStore } from '../throttle.store.ts';
import { Users } from '../users.service.ts';
import { UsersStore } from '../users.store.ts';

export const bossDraft = {
  email: 'boss@example.org',
  displayName: 'Boss',
  password: 'a long enough one',
  defaultRegion: 'de',
} as const;

export async function openAccessBench() {
  const database = await openTestDatabase(accessMigrations);
  const { dataSource } = database;
  const clock = { atMs: Date.UTC(2026, 0, 1), now: () => clock.atMs };
  const published: { topic: BusEventTopic; payload: unknown }[] = [];
  const bus = {
    publish: async <T extends BusEventTopic>(topic: T, payload: BusPayload<T>): Promise<void> => {
      published.push({ topic, payload });
    },
    request: () => Promise.reject(new Error('nobody answers here')),
  };
  const passwords = new Passwords();
  const usersStore = new UsersStore(dataSource);
  const sessions = new SessionsStore(dataSource);
  const throttle = new ThrottleStore(dataSource);
  const tenants = new Tenants(dataSource, { defaultRegion: undefined });
  const apiKeys = new ApiKeys(dataSource, clock);
  const signIn = new SignIn(usersStore, sessions, throttle, passwords, clock);
  return {
    dataSource,
    clock,
    published,
    passwords,
    tenants,
    apiKeys,
    signIn,
    throttle,
    setUp: new SetUp(usersStore, tenants, passwords, clock),
    users: new Users(usersStore, sessions, passwords, bus, clock),
    phones: new Phones(usersStore, clock),
    authenticator: new AccessAuthenticator(sessions, apiKeys, clock),
    close: () => database.close(),
  };
}

export type AccessBench = Awaited<ReturnType<typeof openAccessBench>>;

export const administrator: Actor = { ...systemActor, kind: 'user', id: 'someone' };

/** A browser: keeps the cookie it was given. */
export function browser(ip = '127.0.0.1') {
  const cookies: Record<string, string | undefined> = {};
  const exchange: Exchange = {
    requestId: 'request-1',
    ip,
    userAgent: 'test browser',
    signal: new AbortController().signal,
    cookies,
    setCookie: (name, value) => {
      cookies[name] = value;
    },
    clearCookie: (name) => {
      cookies[name] = undefined;
    },
  };
  return { exchange, cookies, credentials: () => ({ headers: {}, cookies, ip }), token: () => cookies[sessionCookie] };
}
