/** Plays recordings as a switch would report them, and remembers durably how far the hub has stored them. */
import { randomBytes } from 'node:crypto';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import type { ConnectorContext, Session } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { asPlayed } from './as-played.ts';
import type { ReplayConfig } from './config.ts';
import type { facets } from './index.ts';
import { loadRecordings, type Recording } from './recordings.ts';
import { beginRun, nextEvent, postponed, scheduleState, type Plan, type ScheduleState } from './schedule.ts';

type Context = ConnectorContext<ReplayConfig>;
type Push = (events: readonly SwitchEvent[]) => Promise<void>;

/** Events that fell due together go in one delivery, at most so many. */
const batchSize = 200;
/** What is further behind than this is not caught up in one burst: the calls go on from now. */
const catchUpMs = 60_000;
/** The first call waits a moment, so that a person who has just started the demo sees it come. */
const leadInMs = 1500;

export async function openSession(context: Context): Promise<Session<typeof facets>> {
  if (context.signal.aborted) throw stopped();
  const recordings = await loadRecordings(context.config.recordings);
  const ended = Promise.withResolvers<Error>();
  const player = new Player(context, recordings, (error) => ended.resolve(error));
  context.signal.addEventListener('abort', () => ended.resolve(stopped()), { once: true });
  void ended.promise.then(() => player.stop());
  return {
    lost: ended.promise,
    probe: async () => ({
      ok: true,
      checks: [{ name: 'reachable', ok: true, detail: `${recordings.length} recordings are ready to play.` }],
    }),
    close: async () => {
      ended.resolve(stopped());
      await player.stop();
    },
    callEvents: {
      listen: async (push) => player.start(push),
      // Calls in the middle of a playing go on by themselves: the cursor knows where.
      snapshot: async () => [],
    },
  };
}

class Player {
  readonly #context: Context;
  readonly #recordings: readonly Recording[];
  readonly #plan: Plan;
  readonly #fail: (error: Error) => void;
  readonly #stop = Promise.withResolvers<void>();
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #playing: Promise<void> = Promise.resolve();

  constructor(context: Context, recordings: readonly Recording[], fail: (error: Error) => void) {
    this.#context = context;
    this.#recordings = recordings;
    this.#plan = planOf(context.config, recordings);
    this.#fail = fail;
  }

  async start(push: Push): Promise<void> {
    const state = await this.#resume();
    this.#playing = this.#play(state, push).catch((error: unknown) => this.#fail(notStored(error)));
  }

  /** Resolves when nothing is on its way to the hub any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#stop.resolve();
    await this.#playing;
  }

  async #resume(): Promise<ScheduleState> {
    const kept = scheduleState.safeParse(await this.#context.cursor.get());
    const nowMs = this.#context.now();
    if (!kept.success) {
      const fresh = beginRun(`${nowMs.toString(36)}${randomBytes(3).toString('hex')}`, nowMs + leadInMs);
      // Kept before the first event, so that a repeated first event has the same id.
      await this.#context.cursor.set(fresh);
      return fresh;
    }
    const next = nextEvent(kept.data, this.#plan);
    const behindMs = next === null ? 0 : nowMs - next.event.atMs;
    return behindMs > catchUpMs ? postponed(kept.data, behindMs) : kept.data;
  }

  async #play(from: ScheduleState, push: Push): Promise<void> {
    let state = from;
    for (;;) {
      const next = nextEvent(state, this.#plan);
      if (next === null || this.#isStopped) return;
      await this.#until(next.event.atMs);
      if (this.#isStopped) return;
      const batch = this.#due(state);
      await push(batch.events);
      await this.#context.cursor.set(batch.state);
      state = batch.state;
    }
  }

  #due(from: ScheduleState): { events: SwitchEvent[]; state: ScheduleState } {
    const nowMs = this.#context.now();
    const events: SwitchEvent[] = [];
    let state = from;
    for (let next = nextEvent(state, this.#plan); next !== null; next = nextEvent(state, this.#plan)) {
      if (events.length > 0 && (next.event.atMs > nowMs || events.length >= batchSize)) break;
      const recording = this.#recordings[next.event.recording];
      const recorded = recording?.events[next.event.index];
      if (recording !== undefined && recorded !== undefined) {
        const { playback, index, atMs } = next.event;
        const { agentMap } = this.#context.config;
        events.push(
          asPlayed(recorded, {
            run: state.run,
            number: playback.number,
            recording: recording.name,
            index,
            atMs,
            agentMap,
          }),
        );
      }
      state = next.state;
    }
    return { events, state };
  }

  async #until(atMs: number): Promise<void> {
    for (let waitMs = atMs - this.#context.now(); waitMs > 0 && !this.#isStopped; waitMs = atMs - this.#context.now()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#timer = setTimeout(resolve, Math.min(waitMs, 60_000));
      await Promise.race([promise, this.#stop.promise]);
    }
  }
}

function planOf(config: ReplayConfig, recordings: readonly Recording[]): Plan {
  const once = config.loop ? Number.MAX_SAFE_INTEGER : recordings.length;
  return {
    recordings: recordings.map(({ events, durationMs }) => ({
      durationMs,
      timesMs: events.map((event) => event.atMs),
    })),
    speed: config.speed,
    gapMs: config.gapSecs * 1000,
    everyMs: config.callsPerSec > 0 ? 1000 / config.callsPerSec : null,
    total: config.calls > 0 ? config.calls : once,
  };
}

const stopped = () => new HubError('link.lost', 'The replay was stopped.', { retry: 'soon', scope: 'connection' });
const notStored = (cause: unknown) =>
  new HubError('link.lost', 'The hub could not store the replayed events; they are played again.', {
    retry: 'soon',
    scope: 'connection',
    cause,
  });
