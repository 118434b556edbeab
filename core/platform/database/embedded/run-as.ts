/**
 * PostgreSQL refuses to run as root. When the hub is root, its server runs as an unprivileged user, and both the
 * programs and the data must lie where that user can reach them: a checkout under /root is not such a place.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { HubError } from '#core/contract/errors.ts';

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** Users that may own the server, the most fitting first. `nobody` exists on every Linux. */
const candidates = ['tieline', 'postgres', 'nobody'];

/** `null`: the hub is not root and the server runs as the same user. */
export function chooseUser(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of candidates) {
    const uid = idOf(name, '-u');
    const gid = idOf(name, '-g');
    if (uid !== null && uid !== 0 && gid !== null) return { uid, gid };
  }
  throw new HubError(
    'config.invalid',
    `PostgreSQL cannot run as root and none of the users ${candidates.join(', ')} exists here. ` +
      'Start the hub as an ordinary user, make a user "tieline", or set DATABASE_URL.',
  );
}

function idOf(user: string, flag: '-u' | '-g'): number | null {
  try {
    return Number.parseInt(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

/** Whether the user may pass through every folder above `target` and into it. Folders that do not exist yet count. */
export function canReach(user: RunAs, target: string): boolean {
  const folders: string[] = [];
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    folders.push(folder);
    if (folder === path.dirname(folder)) break;
  }
  return folders.every((folder) => {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found === undefined || mayEnter(user, found);
  });
}

function mayEnter(user: RunAs, folder: { uid: number; gid: number; mode: number }): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
