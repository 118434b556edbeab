/** One live link to an Asterisk manager: open, listen, snapshot, orders, probe, close. Wires the parts, thinks little. */
import { randomBytes } from 'node:crypto';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import type { ConnectorContext, FacetRuntime, ProbeReport, Session } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { openSocket } from '#core/kit/framed-socket.ts';
import { createRepeatFilter } from '#core/kit/repeat-filter.ts';
import { agentSnapshot } from './agent-snapshot.ts';
import { createAgentState } from './agent-state.ts';
import { createCallTranslator, type CallTranslator } from './call-events.ts';
import { createCallControl } from './call-control.ts';
import { createChannelBook } from './channel-book.ts';
import { trunkMatcher } from './channel-graph.ts';
import type { AmiConfig } from './config.ts';
import { Delivery } from './delivery.ts';
import { eventMask, filters } from './event-filter.ts';
import type { facets } from './facets.ts';
import type { AmiFrame, FrameNotice } from './frames.ts';
import { correlationPatterns, withCorrelation } from './correlation.ts';
import { AmiLink, type ActionHeader } from './link.ts';
import { logIn } from './login.ts';
import { createOriginateWatch } from './originate-watch.ts';
import { probe } from './probe.ts';
import { callSnapshots } from './snapshot.ts';

type Context = ConnectorContext<AmiConfig>;

/** How long after the login `FullyBooted` may take; users without `read = system` never get it (recording 01b). */
const bootGraceMs = 1500;
/** How long an order waits for the agent's phone before it counts as accepted. */
const originatePatienceMs = 3000;
/** How often the translator may let go of what waited for one more message. */
const tickMs = 250;

export async function openSession(context: Context): Promise<Session<typeof facets>> {
  const { config, signal } = context;
  const socket = await openSocket(
    {
      host: config.host,
      port: config.port,
      connectTimeoutMs: config.responseTimeoutSecs * 1000,
      ...(config.tls ? { tls: { verify: config.verifyTls } } : {}),
    },
    signal,
  );
  return new AmiSession(context, socket).start();
}

class AmiSession {
  readonly #context: Context;
  /** Begins every event id: differs between sessions of one connection. */
  readonly #sessionKey: string;
  readonly #link: AmiLink;
  readonly #delivery: Delivery;
  readonly #book = createChannelBook();
  readonly #watch = createOriginateWatch(originatePatienceMs);
  readonly #booted = Promise.withResolvers<void>();
  readonly #repeats = createRepeatFilter({ everyMs: 60_000 });
  readonly #isTrunk: (channelName: string) => boolean;
  readonly #translator: CallTranslator;
  readonly #translated: SwitchEvent[] = [];
  #ticking: NodeJS.Timeout | undefined;

  constructor(context: Context, socket: Awaited<ReturnType<typeof openSocket>>) {
    const { config, connectionId } = context;
    this.#context = context;
    this.#sessionKey = `${context.now().toString(36)}${randomBytes(4).toString('hex')}`;
    this.#isTrunk = trunkMatcher(config.trunks);
    this.#link = new AmiLink(socket, {
      responseTimeoutMs: config.responseTimeoutSecs * 1000,
      pingIntervalMs: config.pingIntervalSecs * 1000,
      onNotice: (notice) => this.#notice(notice),
      onEvent: (frame) => this.#take(frame),
      drained: () => {
        this.#flush();
        return this.#delivery.drained();
      },
    });
    this.#delivery = new Delivery(connectionId, (cause) => void this.#link.end(notStored(cause)));
    this.#translator = createCallTranslator({
      sessionKey: this.#sessionKey,
      trunks: config.trunks,
      correlationVariables: correlationPatterns,
      onNotice: (notice: FrameNotice) => this.#notice(notice),
    });
  }

  async start(): Promise<Session<typeof facets>> {
    const { config } = this.#context;
    let version: string;
    try {
      version = await logIn(this.#link, config);
      await this.#waitForBoot();
    } catch (error) {
      await this.#link.close();
      throw error;
    }
    this.#link.startKeepalive();
    const lost = this.#link.lost.then((reason) => {
      clearInterval(this.#ticking);
      this.#delivery.stop();
      return reason;
    });
    const act = (headers: readonly ActionHeader[], actionId?: string) => this.#link.act(headers, actionId);
    const list = (headers: readonly ActionHeader[]) => this.#link.list(headers);
    return {
      lost,
      probe: (): Promise<ProbeReport> =>
        probe({ act, version, remote: `${config.host}:${config.port}`, trunks: config.trunks }),
      close: async () => {
        await this.#link.close();
        await lost;
      },
      callEvents: { listen: (push) => this.#listen(push), snapshot: () => this.#snapshot() },
      callControl: createCallControl({ config, book: this.#book, watch: this.#watch, act }),
      agentState: createAgentState({ config, act, list }),
    };
  }

  async #listen(push: Parameters<FacetRuntime['callEvents']['listen']>[0]): Promise<void> {
    for (const filter of filters) await this.#tryFilter(filter);
    this.#delivery.start(push);
    await this.#link.act([
      ['Action', 'Events'],
      ['EventMask', eventMask],
    ]);
    this.#ticking = setInterval(() => this.#tick(), tickMs);
    // Read in the order of the wire: a caller's forged event may hide inside an item, and the guard must see both ends.
    const take = (frame: AmiFrame) => this.#take(frame);
    await this.#listChannels(take);
    const members = await this.#link.list([['Action', 'QueueStatus']], take);
    this.#delivery.deliver(agentSnapshot(members, this.#sessionKey, this.#context.now()));
  }

  async #snapshot(): ReturnType<FacetRuntime['callEvents']['snapshot']> {
    return callSnapshots(await this.#listChannels(), this.#isTrunk, this.#context.now());
  }

  /** `CoreShowChannels` wants `reporting` or `system`; `Status` says the same to a user with `call`. */
  async #listChannels(onItem?: (frame: AmiFrame) => void): Promise<readonly AmiFrame[]> {
    const list = (action: string) => this.#link.list([['Action', action]], onItem);
    const frames = await list('CoreShowChannels').catch((error: unknown) => {
      if (error instanceof HubError && error.code === 'permission.denied') return list('Status');
      throw error;
    });
    for (const frame of frames) this.#book.feed(frame);
    return frames;
  }

  /** Fewer events cost both sides less; a user without `system` does without. */
  async #tryFilter(filter: string): Promise<void> {
    try {
      await this.#link.act([
        ['Action', 'Filter'],
        ['Operation', 'Add'],
        ['Filter', filter],
      ]);
    } catch (error) {
      if (this.#link.isLost()) throw error;
    }
  }

  #take(frame: AmiFrame): void {
    if (frame.name === 'FullyBooted') this.#booted.resolve();
    if (!this.#delivery.isStarted()) return;
    this.#book.feed(frame);
    this.#watch.feed(frame);
    this.#translated.push(...this.#translator.feed(frame, this.#context.now()));
  }

  /** What one piece of the wire came to goes to the hub in one delivery. */
  #flush(): void {
    if (this.#translated.length > 0) this.#delivery.deliver(this.#translated.splice(0).map(withCorrelation));
  }

  #tick(): void {
    this.#translated.push(...this.#translator.tick(this.#context.now()));
    this.#flush();
  }

  async #waitForBoot(): Promise<void> {
    const grace = Promise.withResolvers<void>();
    const timer = setTimeout(() => grace.resolve(), bootGraceMs);
    const lost = this.#link.lost.then((reason) => {
      throw reason;
    });
    await Promise.race([this.#booted.promise, grace.promise, lost]).finally(() => clearTimeout(timer));
  }

  #notice(notice: FrameNotice): void {
    const told = this.#repeats.take(notice.message, this.#context.now());
    if (told === null) return;
    const code = notice.code === 'frame.forged' || notice.code === 'frame.healed' ? 'frame.forged' : 'frame.dropped';
    const times = told.missed === 0 ? '' : ` (${told.missed} more since the last notice)`;
    this.#context.report({ code, message: notice.message + times });
  }
}

const notStored = (cause: unknown) =>
  new HubError(
    'link.lost',
    'The hub could not store what the switch reported; the link is opened anew and it is told again.',
    {
      retry: 'soon',
      scope: 'connection',
      cause,
    },
  );
