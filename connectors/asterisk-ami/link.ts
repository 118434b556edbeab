/** One AMI connection: frames in, actions out, keepalive, and one word when it is over. */
import { randomBytes } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';
import type { FramedSocket } from '#core/kit/framed-socket.ts';
import { createFrameReader, serializeAction, type AmiFrame, type FrameNotice, type FrameReader } from './frames.ts';
import { Replies, type Answer, type Question } from './replies.ts';

export type ActionHeader = readonly [key: string, value: string | number];

export interface LinkOptions {
  readonly responseTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly onNotice: (notice: FrameNotice) => void;
  /** Every event that is no answer, in order. */
  readonly onEvent: (frame: AmiFrame) => void;
  /** Asked after each chunk: reading is held back until the promise resolves. `undefined`: read on. */
  readonly drained: () => Promise<void> | undefined;
}

export class AmiLink {
  /** Resolves with the reason once the connection is gone, also after `close`. */
  readonly lost: Promise<Error>;
  readonly #socket: FramedSocket;
  readonly #options: LinkOptions;
  readonly #replies = new Replies();
  readonly #reader: FrameReader;
  readonly #banner = Promise.withResolvers<string>();
  /** Makes ActionIDs unguessable, so that a forged reply in a caller's name finds no taker. */
  readonly #nonce = randomBytes(9).toString('base64url');
  #sequence = 0;
  #isHeld = false;
  #over: Error | null = null;
  #reason: Error | null = null;
  #pinging: NodeJS.Timeout | undefined;

  constructor(socket: FramedSocket, options: LinkOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = createFrameReader({ onNotice: options.onNotice });
    this.#banner.promise.catch(() => undefined);
    this.lost = socket.gone.then((reason) => this.#finish(this.#reason ?? reason));
    socket.onBytes((chunk) => this.#read(chunk));
  }

  /** The greeting line; throws `remote.garbled` or `remote.timeout` when what listens there is no AMI. */
  async banner(): Promise<string> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(noBanner(this.#socket.remote)), this.#options.responseTimeoutMs);
    return Promise.race([this.#banner.promise, late.promise]).finally(() => clearTimeout(timer));
  }

  /** Sends an action and waits for its answer. Throws the meaning of `Response: Error` (see `errors.ts`). */
  async act(headers: readonly ActionHeader[], actionId?: string): Promise<AmiFrame> {
    const answer = await this.#ask(headers, { wantsList: false, ...(actionId === undefined ? {} : { actionId }) });
    return answer.reply;
  }

  /** The same for actions answered with a list: its items. `onItem` sees them, and the end, as they arrive. */
  async list(headers: readonly ActionHeader[], onItem?: (frame: AmiFrame) => void): Promise<readonly AmiFrame[]> {
    return (await this.#ask(headers, { wantsList: true, ...(onItem === undefined ? {} : { onItem }) })).items;
  }

  startKeepalive(): void {
    this.#pinging ??= setInterval(() => void this.#ping(), this.#options.pingIntervalMs);
  }

  isLost(): boolean {
    return this.#over !== null;
  }

  /** Closes the link for a reason `lost` will give. */
  async end(reason: Error): Promise<void> {
    this.#reason ??= reason;
    await this.close();
  }

  async close(): Promise<void> {
    clearInterval(this.#pinging);
    await this.#socket.close();
    await this.lost;
  }

  async #ask(
    headers: readonly ActionHeader[],
    { actionId, timeoutMs, ...how }: Pick<Question, 'wantsList' | 'onItem'> & { actionId?: string; timeoutMs?: number },
  ): Promise<Answer> {
    const id = actionId ?? `${this.#nonce}-${++this.#sequence}`;
    const [action, ...rest] = headers;
    if (action === undefined) throw new HubError('bug', 'An AMI action needs a name.');
    const bytes = serializeAction([action, ['ActionID', id], ...rest]);
    if (this.#over !== null) throw this.#over;
    const question = { id, action: String(action[1]), ...how };
    const answer = this.#replies.expect({ ...question, timeoutMs: timeoutMs ?? this.#options.responseTimeoutMs });
    await Promise.all([this.#socket.write(bytes), answer]);
    return answer;
  }

  #read(chunk: Uint8Array): Promise<void> | undefined {
    const frames = this.#reader.push(chunk);
    const banner = this.#reader.banner();
    if (banner !== null) this.#banner.resolve(banner);
    else if (frames.length > 0 || this.#reader.pendingBytes() > 200) throw notAmi(this.#socket.remote);
    for (const frame of frames) if (!this.#replies.take(frame)) this.#options.onEvent(frame);
    const drained = this.#options.drained();
    if (drained === undefined) return undefined;
    this.#isHeld = true;
    return drained.finally(() => (this.#isHeld = false));
  }

  async #ping(): Promise<void> {
    // While the hub holds reading back, a late pong says nothing about the link.
    if (this.#isHeld) return;
    try {
      await this.#ask([['Action', 'Ping']], { wantsList: false, timeoutMs: this.#options.pingIntervalMs * 2 });
    } catch (error) {
      if (this.#over !== null || this.#isHeld) return;
      const words = `${this.#socket.remote} stopped answering pings.`;
      await this.end(new HubError('link.lost', words, { retry: 'soon', scope: 'connection', cause: error }));
    }
  }

  #finish(reason: Error): Error {
    this.#over = reason;
    clearInterval(this.#pinging);
    this.#banner.reject(reason);
    this.#replies.failAll(reason);
    return reason;
  }
}

const notAmi = (remote: string) =>
  new HubError('remote.garbled', `${remote} does not speak AMI. Check the port; 5038 is usual, TLS has its own.`, {
    scope: 'connection',
    field: 'port',
  });

const noBanner = (remote: string) =>
  new HubError('remote.timeout', `${remote} accepted the connection but sent no AMI greeting. Check the port.`, {
    retry: 'soon',
    scope: 'connection',
    field: 'port',
  });
