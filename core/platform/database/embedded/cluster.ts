/** The life of one embedded PostgreSQL: made once, started or taken over, stopped. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { asHubError, HubError } from '#core/contract/errors.ts';
import { binariesUnder, locateBinaries, type Binaries } from './binaries.ts';
import {
  clusterMajor,
  freePort,
  isPortFree,
  newPassword,
  readAccess,
  readPostmaster,
  writeAccess,
  type ClusterAccess,
} from './cluster-files.ts';
import { enterUse, startGuard } from './guard.ts';
import { placeFor } from './place.ts';
import { isAlive, mayServe, waitUntilGone } from './processes.ts';
import { chooseUser, type RunAs } from './run-as.ts';
import { initFlags, serverFlags } from './settings.ts';

const run = promisify(execFile);
const startDeadlineMs = 120_000;
const stopDeadlineSecs = 30;
const largestLogBytes = 5_000_000;

export interface ClusterOptions {
  readonly dataDir: string;
  readonly isDurable: boolean;
  readonly maxConnections: number;
  /** How long the server outlives the last process that used it. */
  readonly graceSecs: number;
}

export interface Cluster {
  readonly access: ClusterAccess;
  /** `taken over` from a hub that died and left its server running. */
  readonly origin: 'started' | 'taken over';
  readonly pid: number;
  /** Says this process no longer needs it; the server itself goes on. */
  leave(): void;
  stop(): Promise<void>;
}

/** Starts the cluster of a data folder, making it first if need be. The caller holds the folder's lock. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir } = options;
  const runAs = chooseUser();
  // Others may pass through, not look: the server's user must reach its own folder inside.
  mkdirSync(dataDir, { recursive: true, mode: runAs === null ? 0o700 : 0o711 });
  if (runAs !== null) chmodSync(dataDir, 0o711);
  const place = placeFor(locateBinaries(), dataDir, runAs);
  const binaries = binariesUnder(place.binariesRoot);
  const existing = finishCreation(readAccess(dataDir));
  const access = existing ?? (await create(binaries, { dataDir, cluster: place.cluster, runAs }));
  await assertSameMajor(binaries, access.cluster);
  const use = enterUse(path.join(dataDir, 'users'));
  try {
    const server = await takeOverOrStart(binaries, access, { ...options, runAs });
    return {
      ...server,
      leave: () => use.leave(),
      stop: async () => {
        use.leave();
        await stopServer(binaries, server.access.cluster, server.pid, runAs);
      },
    };
  } catch (error) {
    use.leave();
    throw error;
  }
}

interface CreateOptions {
  readonly dataDir: string;
  readonly cluster: string;
  readonly runAs: RunAs | null;
}

/** Made under another name and renamed when whole, so a start that is killed halfway leaves nothing half-made. */
async function create(binaries: Binaries, { dataDir, cluster, runAs }: CreateOptions): Promise<ClusterAccess> {
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  if (existsSync(cluster)) {
    throw new HubError(
      'config.invalid',
      `${cluster} holds a database, but its password file postgres.json is missing from ${dataDir}. Restore the file, ` +
        'or move the folder away to start afresh.',
    );
  }
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const access = { port: await freePort(), user: 'hub', password: newPassword(), cluster };
  try {
    writeFileSync(passwordFile, access.password, { mode: 0o600 });
    if (runAs !== null) for (const owned of [draft, passwordFile]) chownSync(owned, runAs.uid, runAs.gid);
    const flags = [`--pgdata=${draft}`, `--username=${access.user}`, `--pwfile=${passwordFile}`, ...initFlags];
    await run(binaries.initdb, flags, { ...runAs, cwd: '/', env: serverEnv() });
  } catch (cause) {
    const { stderr } = cause as { stderr?: string };
    throw new HubError('storage.unavailable', `The embedded database could not be made: ${stderr?.trim()}`, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // The password first: a cluster without it is lost, while a missing rename is made up for at the next start.
  writeAccess(dataDir, access);
  renameSync(draft, cluster);
  return access;
}

/** A start killed between the two last steps of `create` left a whole cluster under its draft name. */
function finishCreation(access: ClusterAccess | null): ClusterAccess | null {
  if (access !== null && !existsSync(access.cluster) && existsSync(`${access.cluster}.new`)) {
    renameSync(`${access.cluster}.new`, access.cluster);
  }
  return access;
}

async function assertSameMajor(binaries: Binaries, cluster: string): Promise<void> {
  const stored = clusterMajor(cluster);
  const { stdout } = await run(binaries.postgres, ['--version']);
  const own = /(\d+)/.exec(stdout)?.[1];
  if (stored === own) return;
  throw new HubError(
    'config.invalid',
    stored === null
      ? `${cluster} should hold the embedded database but does not. Restore it, or move postgres.json away to start afresh.`
      : `${cluster} was written by PostgreSQL ${stored}, and this version of the hub brings PostgreSQL ${own}. Dump it ` +
          'with the hub version that wrote it, or go back to that version; the files cannot be read across versions.',
  );
}

type StartOptions = ClusterOptions & { readonly runAs: RunAs | null };
type Server = Pick<Cluster, 'access' | 'origin' | 'pid'>;

async function takeOverOrStart(binaries: Binaries, access: ClusterAccess, options: StartOptions): Promise<Server> {
  const left = readPostmaster(access.cluster);
  if (left !== null && isAlive(left.pid) && mayServe(left.pid, access.cluster)) {
    if (left.port === access.port && (await becomesReady(access, left.pid))) {
      return { access, origin: 'taken over', pid: left.pid };
    }
    await stopServer(binaries, access.cluster, left.pid, options.runAs);
  }
  // Stale: its pid is free or belongs to another program by now, which PostgreSQL itself cannot tell apart.
  rmSync(path.join(access.cluster, 'postmaster.pid'), { force: true });
  const onPort = (await isPortFree(access.port)) ? access : { ...access, port: await freePort() };
  if (onPort !== access) writeAccess(options.dataDir, onPort);
  const child = await spawnServer(binaries, onPort, options);
  const pid = child.pid ?? 0;
  startGuard({
    usersDir: path.join(options.dataDir, 'users'),
    cluster: access.cluster,
    serverPid: pid,
    graceSecs: options.graceSecs,
  });
  return { access: onPort, origin: 'started', pid };
}

async function becomesReady(access: ClusterAccess, pid: number): Promise<boolean> {
  try {
    await waitUntilReady(access, () => isAlive(pid));
    return true;
  } catch {
    return false;
  }
}

async function spawnServer(binaries: Binaries, access: ClusterAccess, options: StartOptions): Promise<ChildProcess> {
  const logFile = path.join(options.dataDir, 'postgres.log');
  const log = openLog(logFile);
  const child = spawn(binaries.postgres, ['-D', access.cluster, ...serverFlags({ ...options, port: access.port })], {
    ...options.runAs,
    cwd: '/',
    // In a process group of its own: Ctrl-C must reach the hub first, which stops the server when it has drained.
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnv(),
  });
  closeSync(log);
  child.unref();
  let exit: string | null = null;
  child.once('error', (error) => (exit = error.message));
  child.once('exit', (code, signal) => (exit = `it ended with ${signal ?? `code ${code}`}`));
  try {
    await waitUntilReady(access, () => exit === null);
  } catch (cause) {
    if (exit === null) child.kill('SIGQUIT');
    const reason = exit ?? asHubError(cause).message;
    throw new HubError(
      'storage.unavailable',
      `The embedded database did not start: ${reason}. The end of ${logFile}: ${tailOf(logFile)}`,
      { cause },
    );
  }
  return child;
}

function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' };
}

/** Ready means that it says so in its pid file and lets us in with our password. Crash recovery may take a while. */
async function waitUntilReady(access: ClusterAccess, isRunning: () => boolean): Promise<void> {
  const { Client } = (await import('pg')).default;
  const end = performance.now() + startDeadlineMs;
  for (;;) {
    if (!isRunning()) throw new Error('it is not running');
    if (performance.now() > end) throw new Error(`it was not ready after ${startDeadlineMs / 1000} s`);
    if (readPostmaster(access.cluster)?.isReady) {
      const { user, password, port } = access;
      const client = new Client({ host: '127.0.0.1', database: 'postgres', user, password, port });
      client.on('error', () => undefined);
      await client.connect();
      await client.end();
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 15);
    });
  }
}

/** `fast`: clients are cut off, the checkpoint is written, and the next start needs no recovery. */
async function stopServer(binaries: Binaries, cluster: string, pid: number, runAs: RunAs | null): Promise<void> {
  const flags = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', String(stopDeadlineSecs), '-s'];
  try {
    await run(binaries.pgCtl, flags, { ...runAs, cwd: '/', env: serverEnv() });
  } catch {
    // It fails too when there was nothing left to stop; what counts is whether the process is gone.
  }
  // pg_ctl looks at the pid file, which goes a moment before the process.
  if (await waitUntilGone(pid, 5000)) return;
  throw new HubError('storage.unavailable', `The embedded database (process ${pid}) did not stop.`);
}

function openLog(file: string): number {
  const log = openSync(file, 'a', 0o600);
  if (fstatSync(log).size < largestLogBytes) return log;
  closeSync(log);
  renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-4).join(' | ');
}
