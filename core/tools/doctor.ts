/** `tieline doctor`: one light and one sentence per thing that has to work, from the machine up to the last write. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { listConnections } from '#core/contract/api/connections.ts';
import { writeSummary } from '#core/contract/api/writes.ts';
import { asHubError } from '#core/contract/errors.ts';
import { readEnvironment, type Environment } from '#core/platform/environment.ts';
import type { Command, CommandIo } from './command.ts';
import { connectToHub, type HubClient } from './hub-client.ts';
import { parseOptions } from './options.ts';

export interface Light {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
}

const lowDiskBytes = 1024 ** 3;

export const command: Command = {
  name: 'doctor',
  summary: 'Check this machine, the configuration and the running hub',
  usage: `tieline doctor [--url <hub>] [--json]

Checks Node, the environment, the data folder, whether the hub runs and is ready, each connection's link, and the outbox.
Exit code 1 when something fails; warnings alone leave it 0.`,
  async run(args, io) {
    const { values } = parseOptions(args, { url: { type: 'string' } });
    const lights = await examine(io, values.url);
    if (values.json === true) io.out(JSON.stringify({ lights }));
    else
      for (const { state, name, detail } of lights)
        io.out(`${{ ok: '[ok]  ', warn: '[warn]', fail: '[FAIL]' }[state]} ${name}: ${detail}`);
    return lights.some(({ state }) => state === 'fail') ? 1 : 0;
  },
};

async function examine(io: CommandIo, url: string | undefined): Promise<Light[]> {
  const lights: Light[] = [{ name: 'Node', state: 'ok', detail: process.version }];
  const environment = readSafely(io, lights);
  if (environment !== null) lights.push(dataFolder(environment.dataDir));
  try {
    const hub = connectToHub(io, { url });
    lights.push(await readiness(hub), ...(await connectionLights(hub)), await outbox(hub));
  } catch (error) {
    lights.push({ name: 'Hub', state: 'fail', detail: asHubError(error).message });
  }
  return lights;
}

function readSafely(io: CommandIo, lights: Light[]): Environment | null {
  try {
    const environment = readEnvironment({ ...io.env }, io.cwd);
    lights.push({ name: 'Environment', state: 'ok', detail: 'every variable is valid' });
    return environment;
  } catch (error) {
    lights.push({ name: 'Environment', state: 'fail', detail: asHubError(error).message });
    return null;
  }
}

function dataFolder(path: string): Light {
  const name = 'Data folder';
  if (!existsSync(path)) return { name, state: 'warn', detail: `${path} does not exist yet; the first start makes it` };
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch {
    return {
      name,
      state: 'fail',
      detail: `${path} cannot be written by this user; give it the folder or set TIELINE_DATA_DIR`,
    };
  }
  const disk = statfsSync(join(path));
  const freeBytes = disk.bavail * disk.bsize;
  const free = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  return freeBytes < lowDiskBytes
    ? { name, state: 'warn', detail: `${path}: only ${free}` }
    : { name, state: 'ok', detail: `${path}: ${free}` };
}

async function readiness(hub: HubClient): Promise<Light> {
  const response = await fetch(new URL('/readyz', hub.url)).catch(() => null);
  if (response === null)
    return { name: 'Hub', state: 'fail', detail: `${hub.url} does not answer; start it with "npm start"` };
  const body = (await response.text()).slice(0, 500);
  return response.ok
    ? { name: 'Hub', state: 'ok', detail: `ready at ${hub.url}` }
    : { name: 'Hub', state: 'fail', detail: `not ready: ${body}` };
}

async function connectionLights(hub: HubClient): Promise<Light[]> {
  const { items } = await hub.call(listConnections);
  if (items.length === 0)
    return [
      { name: 'Connections', state: 'warn', detail: 'none yet; add one on the Connections page or run the demo' },
    ];
  return items.map(({ name, enabled, health }) => {
    if (!enabled) return { name, state: 'warn' as const, detail: 'switched off' };
    if (health.state === 'up') return { name, state: 'ok' as const, detail: `up since ${health.since}` };
    const reason = health.detail === null ? '' : `: ${health.detail}`;
    return {
      name,
      state: health.state === 'failed' ? ('fail' as const) : ('warn' as const),
      detail: `${health.state}${reason}`,
    };
  });
}

async function outbox(hub: HubClient): Promise<Light> {
  const { counts, oldestWaitingMs } = await hub.call(writeSummary);
  const dead = counts.dead ?? 0;
  const name = 'Outbox';
  if (dead > 0) return { name, state: 'warn', detail: `${dead} dead letters; see the Sync page or "tieline re-drive"` };
  if (oldestWaitingMs !== null && oldestWaitingMs > 5 * 60_000) {
    return { name, state: 'warn', detail: `the oldest write has waited ${Math.round(oldestWaitingMs / 60_000)} min` };
  }
  return { name, state: 'ok', detail: `${counts.done ?? 0} written, nothing stuck` };
}
