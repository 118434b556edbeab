/**
 * Banner, challenge, login, and the wait for the switch to be up. Recording 17: a failed login is answered after a
 * second and the connection closed. `FullyBooted` comes right after the login, but only to users with `read = system`.
 */
import { createHash } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';
import { loginRefused } from './errors.ts';
import type { AmiLink } from './link.ts';

export interface Credentials {
  readonly username: string;
  readonly secret: string;
  readonly login: 'md5' | 'plain';
}

/** Returns the protocol version of the banner. Only system events are on until the session listens. */
export async function logIn(link: AmiLink, { username, secret, login }: Credentials): Promise<string> {
  const version = versionOf(await link.banner());
  const proof = login === 'plain' ? (['Secret', secret] as const) : await md5Proof(link, secret);
  const digest = login === 'plain' ? [] : [['AuthType', 'MD5'] as const];
  try {
    await link.act([['Action', 'Login'], ...digest, ['Username', username], proof, ['Events', 'system']]);
  } catch (error) {
    // Some versions close before the answer is out; a link that dies in the login was refused.
    const isRefusal = error instanceof HubError && ['link.lost', 'permission.denied'].includes(error.code);
    throw isRefusal ? loginRefused() : error;
  }
  return version;
}

async function md5Proof(link: AmiLink, secret: string): Promise<readonly [string, string]> {
  const reply = await link.act([
    ['Action', 'Challenge'],
    ['AuthType', 'MD5'],
  ]);
  const challenge = reply.get('Challenge');
  if (challenge === undefined) {
    throw new HubError('remote.garbled', 'The switch offered no MD5 challenge. Set the login to plain.', {
      scope: 'connection',
      field: 'login',
    });
  }
  return [
    'Key',
    createHash('md5')
      .update(challenge + secret)
      .digest('hex'),
  ];
}

/** `Asterisk Call Manager/11.0.0` -> `11.0.0`. */
export function versionOf(banner: string): string {
  return /\/(?<version>[\d.]+)/u.exec(banner)?.groups?.['version'] ?? '0';
}
