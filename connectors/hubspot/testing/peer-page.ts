/** The fake CRM's own page: contacts and call activities as a CRM user sees them, with an editable note per call. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { findDuplicates } from './peer-duplicates.ts';
import { pageHtml } from './peer-page-html.ts';
import type { PeerRecord, PeerStore } from './peer-store.ts';

/** What the page needs of the account. */
interface PageAccount {
  readonly portalId: number;
  contacts(): readonly PeerRecord[];
  calls(): readonly PeerRecord[];
  edit(type: string, id: string, properties: Readonly<Record<string, string>>): void;
}

export interface PageRequest {
  readonly url: URL;
  readonly body: string;
}

const SHOWN = 200;
const noteInput = z.strictObject({ note: z.string().max(60_000) });

export class PeerPage {
  readonly #account: PageAccount;
  readonly #store: PeerStore;
  readonly #watchers = new Set<ServerResponse>();
  #revision = 0;

  constructor(account: PageAccount, store: PeerStore) {
    this.#account = account;
    this.#store = store;
  }

  /** Tells open pages to fetch anew. */
  changed(): void {
    this.#revision += 1;
    for (const watcher of this.#watchers) watcher.write(`data: ${this.#revision}\n\n`);
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.end();
    this.#watchers.clear();
  }

  /** True when the request was for the page and is answered. */
  handle(request: IncomingMessage, response: ServerResponse, { url, body }: PageRequest): boolean {
    const path = url.pathname;
    if (request.method === 'GET' && (path === '/' || path.startsWith('/contacts/')))
      this.#sendPage(request, response, url);
    else if (request.method === 'GET' && path === '/ui/state') sendJson(response, 200, this.#state());
    else if (request.method === 'GET' && path === '/ui/events') this.#watch(response);
    else if (request.method === 'POST' && path.startsWith('/ui/calls/'))
      this.#saveNote(request, response, { url, body });
    else return false;
    return true;
  }

  #state(): Record<string, unknown> {
    const calls = this.#account.calls().toSorted((a, b) => time(b).localeCompare(time(a)));
    const duplicates = findDuplicates(calls);
    return {
      portalId: this.#account.portalId,
      counts: { contacts: this.#account.contacts().length, calls: calls.length, duplicates: duplicates.size },
      calls: calls.slice(0, SHOWN).map((call) => ({
        id: call.id,
        properties: call.properties,
        editedAtMs: call.editedAtMs,
        isDuplicate: duplicates.has(call.id),
        contacts: this.#store.linksOf('calls', call.id, 'contacts').map((link) => link.to.slice('contacts/'.length)),
      })),
      contacts: this.#account
        .contacts()
        .toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)
        .slice(0, SHOWN)
        .map(({ id, properties }) => ({ id, properties })),
    };
  }

  /** Only this page may write: a JSON body cannot come from a foreign form, and a foreign script is refused by origin. */
  #saveNote(request: IncomingMessage, response: ServerResponse, { url, body }: PageRequest): void {
    const { origin, host } = request.headers;
    const isForeign = origin !== undefined && origin !== `http://${host ?? ''}`;
    const parsed = noteInput.safeParse(safeJson(body));
    const id = url.pathname.split('/')[3] ?? '';
    const isKnown = this.#account.calls().some((call) => call.id === id);
    const isJson = request.headers['content-type']?.startsWith('application/json') === true;
    if (isForeign || !isJson || !parsed.success || !isKnown) return sendJson(response, 400, { error: 'refused' });
    this.#account.edit('calls', id, { hs_call_body: asHtml(parsed.data.note) });
    sendJson(response, 200, { ok: true });
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`data: ${this.#revision}\n\n`);
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
  }

  #sendPage(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const wanted = url.searchParams.get('lang') ?? request.headers['accept-language'] ?? 'en';
    const nonce = randomBytes(12).toString('base64');
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; frame-ancestors 'self'`,
      vary: 'accept-language',
    });
    response.end(pageHtml(/^zh/i.test(wanted.trim()) ? 'zh-CN' : 'en', nonce));
  }
}

/** The property holds HTML; the page edits plain text. */
const asHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

const time = (call: PeerRecord): string => call.properties['hs_timestamp'] ?? '';

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
