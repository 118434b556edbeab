/**
 * A fake HubSpot account on Node's http, loopback only: strict like the vendor, with faults on demand, and a page of
 * its own at `/` that shows what it received. Used by tests, the fault runs and the demo.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountRoutes } from './peer-account-routes.ts';
import { associationRoutes } from './peer-association-routes.ts';
import { PeerFaults } from './peer-faults.ts';
import { PeerLimits, vendorLimits, type PeerLimitsOptions } from './peer-limits.ts';
import { objectRoutes } from './peer-object-routes.ts';
import { PeerObjects } from './peer-objects.ts';
import { PeerPage, type PageRequest } from './peer-page.ts';
import {
  missingScopes,
  notAuthenticated,
  rateLimited,
  tokenExpired,
  unknownPath,
  wrongMethod,
} from './peer-problems.ts';
import { readBody, readPayload, send, sendProblem, showFault } from './peer-http.ts';
import type { PeerAccount, PeerAnswer, PeerRequest, PeerRoute } from './peer-route.ts';
import { PeerStore, type PeerRecord } from './peer-store.ts';

export interface FakeHubSpotOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Absent: a new random one each start. */
  readonly token?: string;
  /** Records outlive the process when set. */
  readonly dataFile?: string;
  /** Properties of contacts put in when the account holds none. */
  readonly seedContacts?: readonly Readonly<Record<string, string>>[];
  /** How long search does not see a write. */
  readonly searchLagMs?: number;
  /** Null switches the limits off. */
  readonly limits?: PeerLimitsOptions | null;
  readonly scopes?: readonly string[];
  readonly portalId?: number;
  readonly now?: () => number;
}

export interface FakeHubSpot {
  readonly url: string;
  readonly token: string;
  readonly portalId: number;
  readonly faults: PeerFaults;
  /** Method and path of each API request so far, oldest first. */
  readonly requests: readonly string[];
  contacts(): readonly PeerRecord[];
  calls(): readonly PeerRecord[];
  /** Ids of the records of `toType` that one record hangs on. */
  associated(type: string, id: string, toType: string): readonly string[];
  /** Puts a record in without any check, seen by search at once. */
  seed(type: string, properties: Readonly<Record<string, string>>, id?: string): PeerRecord;
  /** What a user of the CRM does by hand. */
  edit(type: string, id: string, properties: Readonly<Record<string, string>>): void;
  archive(type: string, id: string): void;
  set searchLagMs(value: number);
  /** Connections clients hold open now. */
  readonly openSockets: number;
  /** From now on this token is refused as expired. */
  expireToken(): void;
  revokeScope(scope: string): void;
  close(): Promise<void>;
}

export const defaultScopes: readonly string[] = [
  'oauth',
  'tickets',
  'crm.objects.owners.read',
  ...['contacts', 'companies'].flatMap((family) =>
    ['objects', 'schemas'].flatMap((kind) => [`crm.${kind}.${family}.read`, `crm.${kind}.${family}.write`]),
  ),
];

const routes = [...objectRoutes, ...associationRoutes, ...accountRoutes];

export async function startFakeHubSpot(options: FakeHubSpotOptions = {}): Promise<FakeHubSpot> {
  const peer = new Peer(options);
  await peer.listen(options.port ?? 0);
  return peer;
}

class Peer implements FakeHubSpot {
  readonly token: string;
  readonly portalId: number;
  readonly faults = new PeerFaults();
  readonly requests: string[] = [];
  readonly #store: PeerStore;
  readonly #objects: PeerObjects;
  readonly #limits: PeerLimits | null;
  readonly #scopes: Set<string>;
  readonly #now: () => number;
  readonly #page: PeerPage;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new Set<Socket>();
  #searchLagMs: number;
  #isExpired = false;
  #url = '';

  constructor(options: FakeHubSpotOptions) {
    this.token = options.token ?? `pat-eu1-${randomUUID()}`;
    this.portalId = options.portalId ?? 140_000_001;
    this.#now = options.now ?? Date.now;
    this.#searchLagMs = options.searchLagMs ?? 2000;
    this.#scopes = new Set(options.scopes ?? defaultScopes);
    this.#limits = options.limits === null ? null : new PeerLimits(options.limits ?? vendorLimits);
    this.#store = new PeerStore(options.dataFile ?? null);
    this.#objects = new PeerObjects({
      store: this.#store,
      owners: new Set(owners.map((owner) => owner.id)),
      portalId: this.portalId,
      now: this.#now,
      searchLagMs: () => this.#searchLagMs,
    });
    this.#page = new PeerPage(this, this.#store);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    if (this.contacts().length === 0) for (const contact of options.seedContacts ?? []) this.seed('contacts', contact);
  }

  get url(): string {
    return this.#url;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  set searchLagMs(value: number) {
    this.#searchLagMs = value;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const { port: bound } = this.#server.address() as AddressInfo;
    this.#url = `http://127.0.0.1:${bound}`;
  }

  contacts(): readonly PeerRecord[] {
    return this.#store.all('contacts').filter((record) => !record.archived);
  }

  calls(): readonly PeerRecord[] {
    return this.#store.all('calls').filter((record) => !record.archived);
  }

  associated(type: string, id: string, toType: string): readonly string[] {
    return this.#store.linksOf(type, id, toType).map((link) => link.to.split('/')[1] ?? '');
  }

  seed(type: string, properties: Readonly<Record<string, string>>, id?: string): PeerRecord {
    const lag = this.#searchLagMs;
    this.#searchLagMs = 0;
    try {
      if (id === undefined) return this.#objects.create(type, { properties: { ...properties }, associations: [] });
      const bare = { type, id, properties: {}, createdAtMs: this.#now(), updatedAtMs: this.#now(), archived: false };
      this.#store.put({ ...bare, editedAtMs: null }, 0);
      return this.#objects.update(type, id, properties);
    } finally {
      this.#searchLagMs = lag;
    }
  }

  edit(type: string, id: string, properties: Readonly<Record<string, string>>): void {
    this.#objects.update(type, id, properties, true);
    this.#page.changed();
  }

  archive(type: string, id: string): void {
    this.#objects.archive(type, id);
    this.#page.changed();
  }

  expireToken(): void {
    this.#isExpired = true;
  }

  revokeScope(scope: string): void {
    this.#scopes.delete(scope);
  }

  async close(): Promise<void> {
    this.#page.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://peer');
      const body = await readBody(request);
      if (!this.#page.handle(request, response, { url, body })) await this.#serveApi(request, response, { url, body });
    } catch (thrown) {
      if (!response.headersSent && !response.destroyed) sendProblem(response, thrown);
    }
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse, { url, body }: PageRequest): Promise<void> {
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}`);
    const fault = this.faults.next(method, url.pathname);
    if (this.faults.latencyMs > 0) await sleep(this.faults.latencyMs);
    if (fault !== null && !fault.endsWith('After')) return showFault(fault, request, response);
    const answer = this.#answer(request, url, body);
    if (method !== 'GET') this.#page.changed();
    if (fault !== null) return showFault(fault, request, response);
    send(response, answer.status, answer.body, this.#limits?.headers() ?? {});
  }

  #answer(request: IncomingMessage, url: URL, body: string): PeerAnswer {
    const { route, params } = findRoute(request.method ?? 'GET', url.pathname);
    if (route.auth !== 'none') this.#authorise(request, route);
    const missing = (route.scopes?.(params) ?? []).filter((scope) => !this.#scopes.has(scope));
    if (missing.length > 0) throw missingScopes(missing);
    const broken = this.#limits?.take(this.#now(), route.isSearch === true) ?? null;
    if (broken !== null) throw rateLimited(broken);
    const peerRequest: PeerRequest = { params, query: url.searchParams, body: readPayload(request, route, body) };
    return route.handle(this.#account(), peerRequest);
  }

  #authorise(request: IncomingMessage, route: PeerRoute): void {
    if (route.auth === 'developer' || request.headers.authorization !== `Bearer ${this.token}`)
      throw notAuthenticated();
    if (this.#isExpired) throw tokenExpired();
  }

  #account(): PeerAccount {
    return {
      store: this.#store,
      objects: this.#objects,
      owners,
      portalId: this.portalId,
      appUrl: this.#url,
      token: this.token,
      scopes: this.#scopes,
      now: this.#now,
    };
  }
}

const owners = [
  { id: '41629779', email: 'alice@example.test', firstName: 'Alice', lastName: 'Agent' },
  { id: '41629780', email: 'bob@example.test', firstName: 'Bob', lastName: 'Agent' },
  { id: '41629781', email: 'carol@example.test', firstName: 'Carol', lastName: 'Agent' },
];

function findRoute(method: string, path: string): { route: PeerRoute; params: Record<string, string> } {
  const parts = path.replace(/\/$/, '').split('/');
  const fits = routes.flatMap((route) => {
    const params = matchPath(route.path.split('/'), parts);
    return params === null ? [] : [{ route, params }];
  });
  const hit = fits.find(({ route }) => route.method === method);
  if (hit !== undefined) return hit;
  if (fits.length === 0) throw unknownPath();
  throw wrongMethod(fits.map(({ route }) => route.method));
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (piece.startsWith(':')) params[piece.slice(1)] = decodeURIComponent(part);
    else if (piece !== part) return null;
  }
  return params;
}
