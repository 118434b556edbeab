/**
 * A fake Asterisk manager on loopback: greets, logs in, answers actions and reports calls as recordings 01, 09, 14
 * and 17 show it, and misbehaves on request. In a test: `startAmiPeer`; as a process: `peer-main.ts`.
 */
import { once } from 'node:events';
import net from 'node:net';
import { PeerClient, type Account } from './peer-client.ts';
import { Pbx, type EventHeader, type PbxOptions } from './pbx.ts';
import type { Recording } from './recording.ts';

export interface AmiPeerOptions {
  readonly secret?: string;
  readonly username?: string;
  readonly port?: number;
  readonly banner?: string;
  /** Privileges of the account; default all. */
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** Asterisk answers a wrong login after a second. Default 0. */
  readonly refuseAfterMs?: number;
  readonly now?: () => number;
  readonly trunk?: string;
  readonly agents?: PbxOptions['agents'];
  /** How long a phone rings before it answers an originated call; `null` = a test answers by hand. Default null. */
  readonly answerAfterMs?: number | null;
}

export interface ReceivedAction {
  readonly name: string;
  readonly headers: readonly (readonly [string, string])[];
}

export class AmiPeer {
  readonly pbx: Pbx;
  readonly port: number;
  readonly options: AmiPeerOptions;
  readonly account: Account;
  /** Every action of every client, in order, for assertions. */
  readonly received: ReceivedAction[] = [];
  readonly clients = new Set<PeerClient>();
  /** Set: connections are accepted, nothing is said any more. */
  isStalled = false;
  /** Called for each action before it is answered; true = the test answered (or swallowed) it. */
  intercept: ((action: ReceivedAction, client: PeerClient) => boolean) | null = null;
  readonly #server: net.Server;
  readonly #timers = new Set<NodeJS.Timeout>();
  #lastEvents: Buffer[] = [];

  constructor(server: net.Server, port: number, options: AmiPeerOptions) {
    this.#server = server;
    this.port = port;
    this.options = options;
    this.account = {
      username: options.username ?? 'hub',
      secret: options.secret ?? 'example',
      read: options.read ?? ['all'],
      write: options.write ?? ['all'],
    };
    this.pbx = new Pbx({
      emit: (event) => this.event(event),
      now: options.now ?? Date.now,
      ...(options.trunk === undefined ? {} : { trunk: options.trunk }),
      ...(options.agents === undefined ? {} : { agents: options.agents }),
    });
    server.on('connection', (socket) => new PeerClient(socket, this));
  }

  /** Reports an event to every client that may see it and wants it. */
  event(headers: readonly EventHeader[]): void {
    this.bytes(Buffer.from(`${headers.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`));
  }

  /** Sends a finished event, or anything else, as it is. */
  bytes(bytes: Buffer): void {
    this.#lastEvents.push(bytes);
    if (this.#lastEvents.length > 2000) this.#lastEvents.shift();
    for (const client of this.clients) client.report(bytes);
  }

  /** Marks the beginning of what `repeat` sends again. */
  mark(): void {
    this.#lastEvents = [];
  }

  repeat(): void {
    const events = this.#lastEvents;
    for (const bytes of events.slice()) for (const client of this.clients) client.report(bytes);
  }

  /** Plays a recording: `speed` 1 is real time, `Infinity` at once. Resolves at its end. */
  async play(recording: Recording, speed = Number.POSITIVE_INFINITY): Promise<void> {
    let atMs = 0;
    for (const event of recording.events) {
      const waitMs = (event.atMs - atMs) / speed;
      if (waitMs >= 1) await this.wait(waitMs);
      atMs = event.atMs;
      this.bytes(event.bytes);
    }
  }

  /** Like `setTimeout`, but ends with the peer. */
  wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      resolve();
    }, ms);
    this.#timers.add(timer);
    return promise;
  }

  /** Drops every connection, as a crashed switch does; `half` first sends the beginning of an event. */
  cut(half: string | null = null): void {
    for (const client of this.clients) client.cut(half);
  }

  loggedIn(): number {
    return [...this.clients].filter((client) => client.isLoggedIn).length;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.cut();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export async function startAmiPeer(options: AmiPeerOptions = {}): Promise<AmiPeer> {
  const server = net.createServer({ noDelay: true });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake switch has no port.');
  return new AmiPeer(server, address.port, options);
}
