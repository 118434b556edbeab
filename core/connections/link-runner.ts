/** Runs the state machine of one link: does what `step` orders and tells it what came of it. */
import { asHubError, HubError } from '#core/contract/errors.ts';
import type { GuardedSession } from './guarded-session.ts';
import { step, stoppedLink } from './supervisor.ts';
import type { Link, LinkInput, LinkOrder, Moment } from './supervisor.ts';

export interface LinkHost {
  now(): number;
  /** Runs `fire` after that time; returns a function that cancels it. */
  after(ms: number, fire: () => void): () => void;
  pauseMs(failures: number): number;
  /** Opens a session and has it delivering. Must leak nothing when it fails or the signal aborts. */
  open(signal: AbortSignal, lose: (error: HubError) => void): Promise<GuardedSession>;
  changed(link: Link): void;
}

/** An opening that takes longer is given up. */
export const openDeadlineMs = 45_000;
/** A session that cannot be closed by then is left behind, so that the hub can stop. */
const closeDeadlineMs = 10_000;

interface Attempt {
  readonly abort: AbortController;
  readonly cancelDeadline: () => void;
  /** Resolves when the opening has ended, one way or the other. */
  done: Promise<void>;
  session: GuardedSession | null;
  /** The link broke before its opening was through. */
  lostEarly: HubError | null;
}

export class LinkRunner {
  #link: Link = stoppedLink;
  readonly #attempts = new Map<number, Attempt>();
  readonly #closing = new Set<Promise<void>>();
  readonly #host: LinkHost;
  #cancelTimer: () => void = () => undefined;
  #waiters: ((link: Link) => void)[] = [];

  constructor(host: LinkHost) {
    this.#host = host;
  }

  get link(): Link {
    return this.#link;
  }

  get session(): GuardedSession | null {
    return this.#link.state === 'up' ? (this.#attempts.get(this.#link.attempt)?.session ?? null) : null;
  }

  start(): void {
    this.#feed({ type: 'start' });
  }

  /** Resolves when the session and everything that was being opened is closed. */
  async stop(): Promise<void> {
    this.#feed({ type: 'stop' });
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  /** The live session; waits while one is being opened, throws the reason when none will come now. */
  async ready(): Promise<GuardedSession> {
    if (this.#link.state === 'stopped') this.start();
    while (this.#link.state === 'opening') {
      await new Promise<Link>((resolve) => this.#waiters.push(resolve));
    }
    const { session } = this;
    if (session !== null) return session;
    throw this.#whyDown();
  }

  #whyDown(): HubError {
    const link = this.#link;
    if (link.state === 'failed') return link.error;
    if (link.state !== 'waiting') return new HubError('shutdown.draining', 'This connection was just switched off.');
    const { code, message, scope } = link.error;
    const retryAfterMs = Math.max(1, link.untilMs - this.#host.now());
    return new HubError(code, message, { retry: 'after', retryAfterMs, scope, cause: link.error });
  }

  #feed(input: LinkInput): void {
    const before = this.#link;
    const moment: Moment = { nowMs: this.#host.now(), pauseMs: (failures) => this.#host.pauseMs(failures) };
    const next = step(before, input, moment);
    this.#link = next.link;
    for (const order of next.orders) this.#do(order);
    if (this.#link === before) return;
    if (this.#link.state !== 'waiting') this.#cancelTimer();
    for (const wake of this.#waiters.splice(0)) wake(this.#link);
    this.#host.changed(this.#link);
  }

  #do(order: LinkOrder): void {
    switch (order.do) {
      case 'open':
        return this.#open(order.attempt);
      case 'close':
        return this.#close(order.attempt);
      case 'wake':
        this.#cancelTimer();
        this.#cancelTimer = this.#host.after(Math.max(0, order.atMs - this.#host.now()), () =>
          this.#feed({ type: 'timer' }),
        );
    }
  }

  #open(attempt: number): void {
    const abort = new AbortController();
    const cancelDeadline = this.#host.after(openDeadlineMs, () => {
      const error = new HubError('remote.timeout', 'Opening the link took too long.', {
        retry: 'soon',
        scope: 'connection',
      });
      abort.abort(error);
      this.#feed({ type: 'openFailed', attempt, error });
    });
    const entry: Attempt = { abort, cancelDeadline, done: Promise.resolve(), session: null, lostEarly: null };
    this.#attempts.set(attempt, entry);
    const lose = (error: HubError): void => {
      entry.lostEarly ??= error;
      this.#feed({ type: 'lost', attempt, error });
    };
    entry.done = this.#opening(attempt, entry, lose);
  }

  async #opening(attempt: number, entry: Attempt, lose: (error: HubError) => void): Promise<void> {
    try {
      // A pause first: `open` may fail before its first await, while the order to open is still being carried out.
      await Promise.resolve();
      entry.session = await this.#host.open(entry.abort.signal, lose);
      void entry.session.lost.then(lose);
      this.#feed({ type: 'opened', attempt });
      if (entry.lostEarly !== null) lose(entry.lostEarly);
    } catch (error) {
      this.#attempts.delete(attempt);
      this.#feed({ type: 'openFailed', attempt, error: asHubError(error) });
    } finally {
      entry.cancelDeadline();
    }
  }

  #close(attempt: number): void {
    const entry = this.#attempts.get(attempt);
    if (entry === undefined) return;
    this.#attempts.delete(attempt);
    entry.cancelDeadline();
    entry.abort.abort(new HubError('shutdown.draining', 'The hub closes this link.'));
    const closed: Promise<void> = this.#atMost(closeDeadlineMs, closeSession(entry)).finally(() =>
      this.#closing.delete(closed),
    );
    this.#closing.add(closed);
  }

  #atMost(ms: number, work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#host.after(ms, resolve);
      void work.finally(() => {
        cancel();
        resolve();
      });
    });
  }
}

/** Waits for an opening that is under way, so that a late session is closed too. A failing close must not stop the hub. */
async function closeSession(entry: Attempt): Promise<void> {
  if (entry.session === null) await entry.done;
  await entry.session?.close().catch(() => undefined);
}
