import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apiKeySecret, readApiKey, sessionToken, sessionTokenHash } from './tokens.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((b) => Buffer.from(b));

test('a session token has 256 bits and only its hash is comparable', () => {
  fc.assert(
    fc.property(bytes(32), (random) => {
      const token = sessionToken(random);
      const hash = sessionTokenHash(token);
      expect(hash).toHaveLength(32);
      expect(hash?.toString('base64url')).not.toBe(token);
    }),
  );
});

test('a tampered session token is another token or none', () => {
  const token = sessionToken(Buffer.alloc(32, 7));
  const hash = sessionTokenHash(token);
  for (const tampered of [`${token}A`, token.slice(1), `${token.slice(0, -1)}\n`, `"${token}"`, '', 'null', '%00']) {
    expect(sessionTokenHash(tampered)).toBeNull();
  }
  expect(sessionTokenHash(`X${token.slice(1)}`)?.equals(hash ?? Buffer.alloc(0))).toBe(false);
  expect(sessionTokenHash(undefined)).toBeNull();
});

test('an API key reads back to its prefix and hash', () => {
  fc.assert(
    fc.property(bytes(5), bytes(32), (prefixRandom, secretRandom) => {
      const key = apiKeySecret(prefixRandom, secretRandom);
      expect(key.text).toMatch(/^tl_[0-9a-f]{10}_[\w-]{43}$/);
      expect(readApiKey(`Bearer ${key.text}`)).toEqual({ prefix: key.prefix, hash: key.hash });
      expect(readApiKey(`bearer  ${key.text}`)).toEqual({ prefix: key.prefix, hash: key.hash });
    }),
  );
});

test('anything else in the header is no key, and never throws', () => {
  const { text } = apiKeySecret(Buffer.alloc(5, 1), Buffer.alloc(32, 2));
  const wrong = [
    undefined,
    '',
    'Bearer',
    text,
    `Basic ${text}`,
    `Bearer ${text} x`,
    `Bearer ${text}x`,
    `Bearer ${text}\n`,
  ];
  for (const header of [...wrong, [`Bearer ${text}`, `Bearer ${text}`], `Bearer ${'a'.repeat(10_000)}`]) {
    const read = readApiKey(header);
    // A line break at the end is trimmed away with the blanks around the header.
    expect(read === null || header === `Bearer ${text}\n`).toBe(true);
  }
  fc.assert(fc.property(fc.string(), (header) => void readApiKey(header)));
});
