/** The vault's key file: one `id:base64` per line, newest first. Made at the first start, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { HubError } from '#core/contract/errors.ts';

export interface VaultKey {
  readonly id: string;
  readonly secret: Buffer;
}

const keyBytes = 32;
const head =
  '# Keys that seal the secrets stored by this hub: one id:base64 per line, the newest first.\n' +
  '# Back this file up apart from the database; without it the stored secrets cannot be read.\n';

/** Reads the keys; makes the file when `mayCreate` and it is not there. */
export function loadKeys(file: string, mayCreate: boolean): VaultKey[] {
  if (!existsSync(file)) {
    if (!mayCreate) {
      throw new HubError('config.invalid', `TIELINE_VAULT_KEY_FILE names ${file}, which does not exist.`);
    }
    createKeys(file);
  }
  assertPrivate(file);
  return parseKeys(readFileSync(file, 'utf8'), file);
}

/** Puts a new key in front. Secrets sealed with the old ones stay readable and are sealed anew by and by. */
export function addKey(file: string): VaultKey[] {
  const keys = parseKeys(readFileSync(file, 'utf8'), file);
  const extended = [newKey(keys), ...keys];
  renameSync(writeDraft(file, extended), file);
  return extended;
}

export function parseKeys(text: string, file: string): VaultKey[] {
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => parseKey(line, file));
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new HubError('config.invalid', `${file} holds two keys with the same id.`);
  }
  if (keys.length === 0) throw new HubError('config.invalid', `${file} holds no key.`);
  return keys;
}

function parseKey(line: string, file: string): VaultKey {
  const match = /^([\w-]{1,20}):([A-Za-z0-9+/_-]+={0,2})$/.exec(line);
  const secret = Buffer.from(match?.[2] ?? '', 'base64');
  if (match?.[1] === undefined || secret.length !== keyBytes) {
    throw new HubError('config.invalid', `${file} has a line that is not "id:" and ${keyBytes} bytes in base64.`);
  }
  return { id: match[1], secret };
}

function newKey(existing: readonly VaultKey[]): VaultKey {
  const numbers = existing.map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  return { id: `k${Math.max(0, ...numbers) + 1}`, secret: randomBytes(keyBytes) };
}

/** Of several processes that start at once on a new folder one makes the keys and the others read them. */
function createKeys(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = writeDraft(file, [newKey([])]);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Written beside and moved into place whole, so a crash never leaves half a key file. */
function writeDraft(file: string, keys: readonly VaultKey[]): string {
  const lines = keys.map(({ id, secret }) => `${id}:${secret.toString('base64')}\n`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, head + lines.join(''), { mode: 0o600 });
  return draft;
}

function assertPrivate(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return;
  try {
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new HubError('config.invalid', `${file} can be read by others; make it private: chmod 600 ${file}`, {
      cause,
    });
  }
}
