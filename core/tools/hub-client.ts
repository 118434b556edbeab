/** Speaks to the running hub the way the dashboard does, with the key the hub left in its data folder for this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { HubError } from '#core/contract/errors.ts';
import { problem, type Route, type RouteInput, type RouteResult } from '#core/contract/route.ts';
import { localAccess, localAccessFile } from '#core/app/local-access.ts';
import type { CommandIo } from './command.ts';

export interface HubClient {
  readonly url: string;
  call<R extends Route>(route: R, input?: Partial<RouteInput<R>>): Promise<RouteResult<R>>;
}

export function connectToHub(
  io: CommandIo,
  options: { url?: string | undefined; key?: string | undefined },
): HubClient {
  const local = readLocalAccess(io);
  const url = options.url ?? io.env.TIELINE_URL ?? local?.url;
  const key = options.key ?? io.env.TIELINE_API_KEY ?? local?.key;
  if (url === undefined || key === undefined) {
    throw new HubError(
      'link.lost',
      'No running hub was found in the data folder. Start it with "npm start", or name it: --url http://… and TIELINE_API_KEY.',
    );
  }
  return { url, call: (route, input) => send({ url, key }, route, input) };
}

function readLocalAccess(io: CommandIo): z.output<typeof localAccess> | null {
  const path = resolve(io.cwd, io.env.TIELINE_DATA_DIR ?? '.tieline', localAccessFile);
  return existsSync(path) ? localAccess.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

async function send<R extends Route>(
  hub: { url: string; key: string },
  route: R,
  input: Partial<RouteInput<R>> = {},
): Promise<RouteResult<R>> {
  const headers: Record<string, string> = { authorization: `Bearer ${hub.key}`, accept: 'application/json' };
  if (route.body !== undefined) headers['content-type'] = 'application/json';
  const body = route.body === undefined ? null : JSON.stringify(input.body ?? {});
  const response = await fetch(new URL(pathOf(route, input), hub.url), { method: route.method, headers, body }).catch(
    (cause: unknown) => {
      throw new HubError('link.lost', `The hub at ${hub.url} does not answer; is it running?`, { cause });
    },
  );
  const text = await response.text();
  const answer: unknown = text === '' ? null : JSON.parse(text);
  if (!response.ok) {
    const told = problem.safeParse(answer);
    throw new HubError('remote.rejected', told.success ? told.data.detail : `The hub answered ${response.status}.`);
  }
  return route.response.parse(answer) as RouteResult<R>;
}

function pathOf(route: Route, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, string | number | boolean | null>)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
