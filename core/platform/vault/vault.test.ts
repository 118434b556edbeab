import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { addKey, loadKeys } from './key-file.ts';
import { createVault } from './vault.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'tieline-vault-'));
const file = path.join(folder, 'vault.key');
afterAll(() => rmSync(folder, { recursive: true }));

describe('vault', () => {
  const vault = createVault(loadKeys(file, true));

  test('any text comes back, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        const sealed = vault.seal(plain, context);
        expect(vault.open(sealed, context)).toBe(plain);
        expect(vault.seal(plain, context)).not.toBe(sealed);
      }),
    );
  });

  test('a changed text, or one moved to another place, does not open', () => {
    const sealed = vault.seal('secret', 'connection a');
    expect(() => vault.open(sealed, 'connection b')).toThrow(/belongs elsewhere/);
    const bytes = sealed.split('.');
    for (const part of [2, 3, 4]) {
      const changed = Buffer.from(bytes[part] ?? '', 'base64url');
      changed.writeUInt8(changed.readUInt8(0) ^ 1, 0);
      const forged = bytes.with(part, changed.toString('base64url')).join('.');
      expect(() => vault.open(forged, 'connection a')).toThrow(/was changed/);
    }
    for (const text of ['', 'v1', 'v1.k1.a.b.c', '....', 'v2.k1.a.b.c']) expect(() => vault.open(text, 'x')).toThrow();
  });

  test('a new key seals from now on, and the old one still opens', () => {
    const old = vault.seal('secret', 'x');
    const renewed = createVault(addKey(file));
    expect(renewed.open(old, 'x')).toBe('secret');
    expect([renewed.isOld(old), renewed.isOld(renewed.seal('secret', 'x'))]).toEqual([true, false]);
    expect(() => vault.open(renewed.seal('secret', 'x'), 'x')).toThrow(/"k2", which the vault key file does not hold/);
  });
});

describe('key file', () => {
  test('is private, made once, and refused when damaged', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadKeys(file, true).map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(() => loadKeys(path.join(folder, 'other.key'), false)).toThrow(/TIELINE_VAULT_KEY_FILE/);
    const damaged = path.join(folder, 'damaged.key');
    for (const text of ['', 'k1:short\n', 'nonsense', `${readFileSync(file, 'utf8')}k1:${'A'.repeat(43)}=\n`]) {
      writeFileSync(damaged, text, { mode: 0o600 });
      expect(() => loadKeys(damaged, true)).toThrow(/damaged\.key/);
    }
  });
});
