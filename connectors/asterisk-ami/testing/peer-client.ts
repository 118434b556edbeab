/** One connection to the fake switch: login, event mask and filters, and who may do what (recordings 17, 17b, 01b). */
import { createHash, randomInt } from 'node:crypto';
import type net from 'node:net';
import { privilegesOf } from '../errors.ts';
import { answers } from './peer-actions.ts';
import type { AmiPeer, ReceivedAction } from './peer.ts';

export interface Account {
  readonly username: string;
  readonly secret: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
}

type Header = readonly [string, string];

export class PeerClient {
  isLoggedIn = false;
  readonly peer: AmiPeer;
  readonly #socket: net.Socket;
  #input = '';
  #challenge = '';
  #mask: readonly string[] = [];
  readonly #include: RegExp[] = [];
  readonly #exclude: RegExp[] = [];

  constructor(socket: net.Socket, peer: AmiPeer) {
    this.#socket = socket;
    this.peer = peer;
    peer.clients.add(this);
    socket.on('error', () => undefined);
    socket.on('close', () => peer.clients.delete(this));
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    if (!peer.isStalled) socket.write(`${peer.options.banner ?? 'Asterisk Call Manager/11.0.0'}\r\n`);
  }

  send(headers: readonly Header[]): void {
    if (!this.peer.isStalled)
      this.#socket.write(`${headers.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`);
  }

  raw(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** An event goes out when the account may read its class, the mask asks for it and no filter is against it. */
  report(bytes: Buffer): void {
    if (!this.isLoggedIn || this.peer.isStalled) return;
    const text = bytes.toString('latin1');
    const classes = /\r\nPrivilege: (?<classes>[^\r]*)/u.exec(text)?.groups?.['classes']?.split(',') ?? ['all'];
    const isWanted = [this.#mask, this.peer.account.read].every(
      (allowed) => classes.some((name) => allowed.includes(name)) || allowed.includes('all'),
    );
    const isIncluded = this.#include.length === 0 || this.#include.some((filter) => filter.test(text));
    if (isWanted && isIncluded && !this.#exclude.some((filter) => filter.test(text))) this.#socket.write(bytes);
  }

  cut(half: string | null): void {
    if (half !== null) this.#socket.write(half);
    // Half an event must reach the client before the connection ends.
    if (half === null) this.#socket.destroy();
    else this.#socket.end(() => this.#socket.destroy());
  }

  #read(chunk: Buffer): void {
    this.#input += chunk.toString('utf8');
    for (let end = this.#input.indexOf('\r\n\r\n'); end >= 0; end = this.#input.indexOf('\r\n\r\n')) {
      const block = this.#input.slice(0, end);
      this.#input = this.#input.slice(end + 4);
      this.#take(block.split('\r\n').map(splitHeader));
    }
  }

  #take(headers: readonly Header[]): void {
    const action = { name: headers[0]?.[1] ?? '', headers };
    this.peer.received.push(action);
    if (this.peer.isStalled || this.peer.intercept?.(action, this) === true) return;
    const id: Header[] = headers.filter(([key]) => key === 'ActionID');
    if (action.name === 'Challenge') {
      this.#challenge = String(randomInt(1e8, 1e9));
      this.send([['Response', 'Success'], ...id, ['Challenge', this.#challenge]]);
    } else if (action.name === 'Login') {
      this.#logIn(action, id);
    } else if (!this.isLoggedIn || !this.#mayWrite(action.name)) {
      this.send([['Response', 'Error'], ...id, ['Message', 'Permission denied']]);
    } else {
      this.#obey(action, id);
    }
  }

  #logIn(action: ReceivedAction, id: Header[]): void {
    const { username, secret } = this.peer.account;
    const digest = createHash('md5')
      .update(this.#challenge + secret)
      .digest('hex');
    const isProven =
      value(action, 'AuthType') === 'MD5'
        ? this.#challenge !== '' && value(action, 'Key') === digest
        : value(action, 'Secret') === secret;
    if (value(action, 'Username') !== username || !isProven) {
      void this.peer.wait(this.peer.options.refuseAfterMs ?? 0).then(() => {
        this.send([['Response', 'Error'], ...id, ['Message', 'Authentication failed']]);
        return this.#socket.end();
      });
      return;
    }
    this.isLoggedIn = true;
    this.#setMask(value(action, 'Events') ?? 'on');
    this.send([['Response', 'Success'], ...id, ['Message', 'Authentication accepted']]);
    this.report(
      Buffer.from(
        'Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 842\r\nLastReload: 842\r\nStatus: Fully Booted\r\n\r\n',
      ),
    );
  }

  #obey(action: ReceivedAction, id: Header[]): void {
    if (action.name === 'Events') {
      this.#setMask(value(action, 'EventMask') ?? 'on');
      this.send([['Response', 'Success'], ...id, ['Events', this.#mask.length === 0 ? 'Off' : 'On']]);
    } else if (action.name === 'Filter') {
      const filter = value(action, 'Filter') ?? '';
      if (filter.startsWith('!')) this.#exclude.push(new RegExp(filter.slice(1), 'u'));
      else this.#include.push(new RegExp(filter, 'u'));
      this.send([['Response', 'Success'], ...id, ['Message', 'Filter added']]);
    } else {
      const answer = answers[action.name];
      const unknown = `Invalid/unknown command: ${action.name}. Use Action: ListCommands to show available commands.`;
      if (answer === undefined) this.send([['Response', 'Error'], ...id, ['Message', unknown]]);
      else answer({ peer: this.peer, client: this, id, get: (key) => value(action, key), headers: action.headers });
    }
  }

  #setMask(mask: string): void {
    this.#mask = mask === 'on' ? ['all'] : mask === 'off' ? [] : mask.split(',');
  }

  #mayWrite(name: string): boolean {
    const needed = privilegesOf[name] ?? [];
    const { write } = this.peer.account;
    return needed.length === 0 || write.includes('all') || needed.some((privilege) => write.includes(privilege));
  }
}

function splitHeader(line: string): Header {
  const colon = line.indexOf(':');
  return colon < 0 ? ['', line] : [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}

const value = (action: ReceivedAction, key: string) => action.headers.find(([name]) => name === key)?.[1];
