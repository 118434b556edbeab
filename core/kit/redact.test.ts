import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor, isSecretName, redacted } from './redact.ts';

test.each([
  'password',
  'Secret',
  'client_secret',
  'apiKey',
  'X-Api-Key',
  'access_token',
  'token',
  'Authorization',
  'Set-Cookie',
  'AuthDetail',
])('%s is a secret name', (name) => expect(isSecretName(name)).toBe(true));
test.each(['user', 'tokenCount', 'passwordless', 'secretary', 'host', 'nextPageToken2', 'pinned', 'monkey'])(
  '%s is not',
  (name) => expect(isSecretName(name)).toBe(false),
);

test('values are found inside strings, URLs, JSON, Base64, keys, errors and causes', () => {
  const secret = 'p@ss w"ord';
  const redact = createRedactor([secret]);
  const error = new Error(`login as hub/${secret} failed`, {
    cause: { url: `http://x/?s=${encodeURIComponent(secret)}` },
  });
  const dirty = {
    error,
    list: [JSON.stringify({ a: secret })],
    basic: Buffer.from(secret).toString('base64'),
    [secret]: 1,
  };
  const clean = JSON.stringify(redact(dirty));
  expect(clean).not.toContain('ss w');
  expect(clean).not.toContain('p%40ss');
  expect(clean.split(redacted).length).toBeGreaterThan(5);
});

test('any shape, secret anywhere: never in the output, never throws', () => {
  const secret = 'canary-7731';
  const redact = createRedactor([secret]);
  const withSecret = fc.string().map((s) => s + secret + s);
  fc.assert(
    fc.property(fc.object({ values: [withSecret, fc.integer(), fc.constant(null)], maxDepth: 6 }), (value) => {
      expect(JSON.stringify(redact(value)) ?? '').not.toContain(secret);
    }),
  );
});

test('cycles and binary stay printable', () => {
  const loop: Record<string, unknown> = { bytes: new Uint8Array(3) };
  loop['self'] = loop;
  expect(createRedactor([])(loop)).toEqual({ bytes: '[3 bytes]', self: '[circular]' });
});
