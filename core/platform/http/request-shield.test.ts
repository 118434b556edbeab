import { describe, expect, test } from 'vitest';
import { assertHonest, isLoopbackName } from './request-shield.ts';

const loopback = { listenHost: '127.0.0.1', publicUrl: undefined };
const host = '127.0.0.1:7420';

function isRefused(method: string, headers: Record<string, string>, options = loopback): boolean {
  try {
    assertHonest(method, headers, options);
    return false;
  } catch {
    return true;
  }
}

describe('host', () => {
  test.each(['localhost', 'localhost:7420', '127.0.0.1:1', '[::1]:7420', 'hub.localhost', '127.1.2.3'])(
    '%s is local',
    (name) => {
      expect(isRefused('GET', { host: name })).toBe(false);
    },
  );
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '',
    '192.168.1.4',
    'localhost@evil.example',
  ])('%j is refused on loopback', (name) => {
    expect(isRefused('GET', { host: name })).toBe(true);
  });
  test('the public name is let in, and a hub on the network answers to any', () => {
    expect(
      isRefused('GET', { host: 'hub.example' }, { listenHost: '127.0.0.1', publicUrl: 'https://hub.example' } as never),
    ).toBe(false);
    expect(isRefused('GET', { host: 'any.example' }, { ...loopback, listenHost: '0.0.0.0' })).toBe(false);
  });
});

describe('origin', () => {
  test('reading is free, writing from elsewhere is not', () => {
    expect(isRefused('GET', { host, 'sec-fetch-site': 'cross-site' })).toBe(false);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(isRefused(method, { host, 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' })).toBe(true);
      expect(isRefused(method, { host, origin: 'not a url' })).toBe(true);
      expect(isRefused(method, { host, origin: `http://${host}` })).toBe(false);
      expect(isRefused(method, { host })).toBe(false);
    }
  });
  test('a request with its own credentials is not one a page can make', () => {
    expect(isRefused('POST', { host, origin: 'http://evil.example', authorization: 'Bearer x' })).toBe(false);
  });
});

test('loopback names', () => {
  expect(['127.0.0.1', '::1', 'localhost', '10.0.0.1', '127.0.0.1.x'].map(isLoopbackName)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
