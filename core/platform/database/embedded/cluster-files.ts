/** What stands in the data folder beside the cluster, and what PostgreSQL's own files say. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { HubError } from '#core/contract/errors.ts';

const accessFile = z.object({
  port: z.number().int().positive(),
  user: z.string(),
  password: z.string(),
  /** The cluster's folder: inside the data folder, or elsewhere when the server's user cannot reach that. */
  cluster: z.string(),
});
export type ClusterAccess = z.output<typeof accessFile>;

export function accessPath(dataDir: string): string {
  return path.join(dataDir, 'postgres.json');
}

export function readAccess(dataDir: string): ClusterAccess | null {
  const file = accessPath(dataDir);
  if (!existsSync(file)) return null;
  try {
    return accessFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new HubError(
      'config.invalid',
      `${file} cannot be read, and it holds the password of the embedded database. Restore it from a backup, or move ` +
        `${dataDir} away to start afresh.`,
      { cause },
    );
  }
}

/** Only the hub's user may read it: it holds the password. */
export function writeAccess(dataDir: string, access: ClusterAccess): void {
  writeFileSync(accessPath(dataDir), `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

export function clusterUrl(access: ClusterAccess, database: string): string {
  return `postgres://${access.user}:${access.password}@127.0.0.1:${access.port}/${database}`;
}

/** Lines 1, 4 and 8 of postmaster.pid (PostgreSQL sources, src/include/utils/pidfile.h): pid, port, status. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

export function readPostmaster(cluster: string): PostmasterFile | null {
  let text: string;
  try {
    text = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8');
  } catch {
    return null;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.isInteger(port) ? port : 0, isReady: lines[7]?.trim() === 'ready' };
}

export function clusterMajor(cluster: string): string | null {
  const file = path.join(cluster, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer().once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}

export async function isPortFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer().once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}
