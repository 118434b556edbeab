/** Serves the built dashboard and the mock hub's answers over HTTP, on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { deskEvents } from '#core/contract/api/desk.ts';
import { liveEvents } from '#core/contract/api/interactions.ts';
import type { RouteInput, Route } from '#core/contract/route.ts';
import { mockAnswers } from './mock-answers.ts';
import type { MockAnswer, MockProblem } from './mock-route.ts';
import type { MockHub } from './mock-hub.ts';

export interface MockServer {
  readonly url: string;
  /** Cuts every open event stream, as a broken network would. */
  dropStreams(): void;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const patterns = mockAnswers.map((one) => ({
  one,
  pattern: new RegExp(`^${one.route.path.replaceAll(/:(\w+)/gu, '(?<$1>[^/]+)')}$`, 'u'),
}));
/** Fixed paths win over ones with parameters. */
patterns.sort((a, b) => a.one.route.path.split(':').length - b.one.route.path.split(':').length);

export async function startMockServer(hub: MockHub, folder: string, port = 0): Promise<MockServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    handle(hub, { folder, streams }, { request, response }).catch((thrown: unknown) => {
      sendProblem(response, { problemStatus: 500, code: 'bug', detail: String(thrown) });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    dropStreams() {
      for (const stream of streams) stream.destroy();
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Place {
  readonly folder: string;
  readonly streams: Set<ServerResponse>;
}
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(hub: MockHub, place: Place, { request, response }: Exchange): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock');
  if (!url.pathname.startsWith('/api/')) return sendFile(place.folder, url.pathname, response);
  if (!hub.signedIn && !isForStrangers(request.method, url.pathname)) return refuseStranger(response);
  if (url.pathname === deskEvents.path) return streamDesk(hub, place, { request, response });
  if (url.pathname === liveEvents.path) return streamLive(hub, place, response);
  const found = patterns.find(({ one, pattern }) => one.route.method === request.method && pattern.test(url.pathname));
  if (found === undefined) {
    return sendProblem(response, { problemStatus: 404, code: 'resource.missing', detail: `No route ${url.pathname}` });
  }
  const params = found.pattern.exec(url.pathname)?.groups ?? {};
  return answer(hub, found.one, { url, params, body: await readJson(request), response });
}

function isForStrangers(method: string | undefined, path: string): boolean {
  return path === '/api/set-up' || (path === '/api/session' && method === 'POST');
}

interface Asked {
  readonly url: URL;
  readonly params: object;
  readonly body: unknown;
  readonly response: ServerResponse;
}

function answer(hub: MockHub, { route, answer: make }: MockAnswer, asked: Asked): void {
  const query = route.query?.parse(Object.fromEntries(asked.url.searchParams));
  const body = route.body?.safeParse(asked.body);
  if (body?.success === false) {
    const errors = body.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
    const detail = 'Some fields are not valid.';
    return sendProblem(asked.response, { problemStatus: 400, code: 'input.invalid', detail, errors });
  }
  if (route.method !== 'GET') hub.asked.push({ route: route.id, body: body?.data });
  const input = { params: asked.params, query, body: body?.data } as unknown as RouteInput<Route>;
  const made = make(hub, input);
  if (isProblem(made)) return sendProblem(asked.response, made);
  const status = route.status ?? 200;
  const checked: unknown = route.response.parse(made);
  asked.response.writeHead(status, { 'content-type': 'application/json' });
  asked.response.end(status === 204 ? undefined : JSON.stringify(checked));
}

function isProblem(made: unknown): made is MockProblem {
  return typeof made === 'object' && made !== null && 'problemStatus' in made;
}

function sendProblem(response: ServerResponse, { problemStatus, code, detail, errors }: MockProblem): void {
  response.writeHead(problemStatus, { 'content-type': 'application/problem+json' });
  const body = { type: `urn:tieline:${code}`, title: code, status: problemStatus, detail, code, errors };
  response.end(JSON.stringify(body));
}

function refuseStranger(response: ServerResponse): void {
  sendProblem(response, { problemStatus: 401, code: 'auth.required', detail: 'Sign in first.' });
}

function openStream(place: Place, response: ServerResponse, onClose: () => void): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  place.streams.add(response);
  response.on('close', () => {
    place.streams.delete(response);
    onClose();
  });
}

function streamDesk(hub: MockHub, place: Place, { request, response }: Exchange): void {
  const url = new URL(request.url ?? '/', 'http://mock');
  const after = Number(url.searchParams.get('cursor') ?? hub.desk.cursor);
  const send = (event: unknown, cursor: number) => {
    response.write(`id: ${cursor}\ndata: ${JSON.stringify(deskEvents.response.parse(event))}\n\n`);
  };
  openStream(place, response, () => hub.deskListeners.delete(send));
  for (const { cursor, event } of hub.deskLog) if (cursor > after) send(event, cursor);
  hub.deskListeners.add(send);
}

function streamLive(hub: MockHub, place: Place, response: ServerResponse): void {
  const send = (event: unknown) => {
    response.write(`data: ${JSON.stringify(liveEvents.response.parse(event))}\n\n`);
  };
  openStream(place, response, () => hub.liveListeners.delete(send));
  hub.liveListeners.add(send);
}

async function sendFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const wanted = join(folder, normalize(path));
  const file = extname(wanted) === '' ? join(folder, 'index.html') : wanted;
  const isPacked = existsSync(`${file}.gz`);
  try {
    const bytes = await readFile(isPacked ? `${file}.gz` : file);
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
