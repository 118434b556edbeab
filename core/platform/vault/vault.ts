/**
 * Seals stored secrets with AES-256-GCM. A sealed text reads `v1.<key id>.<nonce>.<tag>.<cipher text>`, base64url; the
 * key id lets old keys stay readable after the newest one has changed. `context` (what the secret belongs to) is
 * authenticated, so a sealed secret copied to another row does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';
import type { VaultKey } from './key-file.ts';

/** Token of the `Vault`. */
export const VAULT = Symbol('VAULT');

export interface Vault {
  seal(plain: string, context: string): string;
  /** Throws `config.invalid` when the key is missing or the text was changed. */
  open(sealed: string, context: string): string;
  /** Whether the text was sealed with another than the newest key: `seal(open(…))` brings it up to date. */
  isOld(sealed: string): boolean;
}

const version = 'v1';
const nonceBytes = 12;

export function createVault(keys: readonly VaultKey[]): Vault {
  const [newest] = keys;
  if (newest === undefined) throw new HubError('config.invalid', 'The vault key file holds no key.');
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    seal: (plain, context) => seal(newest, plain, context),
    open: (sealed, context) => open(byId, sealed, context),
    isOld: (sealed) => sealed.split('.')[1] !== newest.id,
  };
}

function seal(key: VaultKey, plain: string, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [version, key.id, ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
}

function open(keys: ReadonlyMap<string, VaultKey>, sealed: string, context: string): string {
  const [mark, id = '', ...parts] = sealed.split('.');
  const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (mark !== version || nonce?.length !== nonceBytes || tag?.length !== 16 || text === undefined) {
    throw new HubError('config.invalid', `A stored secret (${context}) is not in the vault's format.`);
  }
  const key = keys.get(id);
  if (key === undefined) {
    throw new HubError(
      'config.invalid',
      `A stored secret (${context}) was sealed with the key "${id}", which the vault key file does not hold. ` +
        'Add that key to the file, or enter the secret again.',
    );
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new HubError('config.invalid', `A stored secret (${context}) was changed or belongs elsewhere.`, { cause });
  }
}
