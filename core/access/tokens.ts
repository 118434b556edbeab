/** Secrets the hub hands out: session tokens and API keys. Only their SHA-256 is stored; both carry 256 random bits. */
import { createHash } from 'node:crypto';

export const secretBytes = 32;
export const prefixBytes = 5;

export interface ApiKeySecret {
  readonly prefix: string;
  /** The whole key, shown once. */
  readonly text: string;
  readonly hash: Buffer;
}

const sessionTokenShape = /^[\w-]{43}$/;
const apiKeyShape = /^tl_([0-9a-f]{10})_([\w-]{43})$/;

export function sessionToken(random: Buffer): string {
  return random.toString('base64url');
}

/** The stored form of a session token, or null when the text cannot be one. */
export function sessionTokenHash(token: string | undefined): Buffer | null {
  return token !== undefined && sessionTokenShape.test(token) ? sha256(token) : null;
}

export function apiKeySecret(prefixRandom: Buffer, secretRandom: Buffer): ApiKeySecret {
  const prefix = prefixRandom.toString('hex');
  const text = `tl_${prefix}_${secretRandom.toString('base64url')}`;
  return { prefix, text, hash: sha256(text) };
}

/** Reads `Authorization: Bearer tl_…`; null for anything else. */
export function readApiKey(authorization: string | string[] | undefined): { prefix: string; hash: Buffer } | null {
  if (typeof authorization !== 'string' || authorization.length > 200) return null;
  const [scheme, text, ...rest] = authorization.trim().split(/ +/);
  const match = apiKeyShape.exec(text ?? '');
  if (scheme?.toLowerCase() !== 'bearer' || rest.length > 0 || match?.[1] === undefined) return null;
  return { prefix: match[1], hash: sha256(match[0]) };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
