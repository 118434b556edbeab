import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { ReadResult, WriteResult } from '../compile.ts';
import { DictionaryError } from '../problem.ts';
import type { MapBundle, MapOrder, MapReply } from './off-thread-worker.ts';

export type { MapBundle };
export interface OffThreadOptions {
  /** Country of telephone numbers written without one. */
  readonly region?: string | undefined;
  /** Zone of times written without one. */
  readonly timeZone?: string | undefined;
  /** What the record holds now, for a write. */
  readonly current?: JsonObject | undefined;
  /** For one record once its turn has come, loading of the dictionary included. */
  readonly limitMs?: number | undefined;
}

const defaultLimitMs = 10_000;
/** Loading the language takes well under a second; a busy machine may need a multiple of it. */
const startMs = 60_000;
const limitMb = 256;
/** More waiting than this is a flood. */
const maxWaiting = 10_000;

/**
 * Reads or writes one record with a dictionary given as texts, on a thread beside the event loop. A `jsonata` step puts
 * its thread to sleep; here that is a thread on which no call waits to be shown. What reading or writing gives is what the
 * compiled dictionary would give (`compile.ts`). Rejects with a `DictionaryError`, or a `HubError` when limits are passed.
 */
export function mapOffThread(
  bundle: MapBundle,
  direction: 'read',
  record: JsonObject,
  options?: OffThreadOptions,
): Promise<ReadResult>;
export function mapOffThread(
  bundle: MapBundle,
  direction: 'write',
  entity: JsonObject,
  options?: OffThreadOptions,
): Promise<WriteResult>;
export function mapOffThread(
  bundle: MapBundle,
  direction: 'read' | 'write',
  input: JsonObject,
  { limitMs = defaultLimitMs, ...settings }: OffThreadOptions = {},
): Promise<ReadResult | WriteResult> {
  const { name, text, parents, values } = bundle;
  return mapper.run({ bundle: { name, text, parents, values }, direction, input, ...settings }, limitMs);
}

interface Thread {
  readonly worker: Worker;
  /** Rejects when the thread ends before it is ready, or takes too long. */
  readonly ready: Promise<void>;
}

/** One thread, one record after the other. A record that passes a limit ends the thread; the next one gets another. */
class OffThreadMapper {
  private thread: Thread | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  async run(order: MapOrder, limitMs: number): Promise<ReadResult | WriteResult> {
    if (this.waiting >= maxWaiting) {
      const message = 'Too many records wait for dictionaries with slow steps. Try again in a moment.';
      throw new HubError('remote.rateLimited', message, { retry: 'after', retryAfterMs: 2000 });
    }
    this.waiting += 1;
    const answer = this.turn.then(() => this.take(order, limitMs));
    this.turn = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.waiting -= 1;
    }
  }

  private async take(order: MapOrder, limitMs: number): Promise<ReadResult | WriteResult> {
    const thread = (this.thread ??= this.start());
    thread.worker.ref();
    try {
      await thread.ready;
      return resultOf(await ask(thread.worker, order, limitMs), order);
    } catch (error) {
      if (error instanceof HubError && endsThread.has(error.code)) await this.drop(thread);
      throw error;
    } finally {
      thread.worker.unref();
    }
  }

  private start(): Thread {
    const extension = extname(import.meta.url);
    const worker = new Worker(new URL(`off-thread-worker${extension}`, import.meta.url), {
      name: 'mapping',
      env: {},
      // From the sources the thread needs to be told so; from the build there is nothing to tell.
      execArgv: extension === '.ts' ? ['--conditions=hub-source'] : [],
      resourceLimits: { maxOldGenerationSizeMb: limitMb },
    });
    const thread: Thread = { worker, ready: readiness(worker) };
    // Listened to for ever, so that an end by memory does not end the process; the exit that follows is what counts.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.thread === thread) this.thread = null;
    });
    return thread;
  }

  private async drop(thread: Thread): Promise<void> {
    if (this.thread === thread) this.thread = null;
    await thread.worker.terminate();
  }
}

const endsThread: ReadonlySet<string> = new Set(['input.tooLarge', 'remote.unavailable']);

/** The first message says that the thread has loaded the language. */
function readiness(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const message =
    'The thread for dictionaries with slow steps did not start. Give the machine less to do, or more memory.';
  const failed = (): void => reject(new HubError('remote.unavailable', message, { retry: 'soon' }));
  const timer = setTimeout(failed, startMs);
  worker.once('message', () => resolve()).once('exit', failed);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('exit', failed);
  });
}

async function ask(worker: Worker, order: MapOrder, limitMs: number): Promise<MapReply> {
  const { promise, resolve, reject } = Promise.withResolvers<MapReply>();
  const ended = (): void => reject(tooMuch(order, 'memory'));
  const timer = setTimeout(() => reject(tooMuch(order, `time (${limitMs} ms)`)), limitMs);
  worker.once('message', resolve).once('exit', ended);
  try {
    post(worker, order);
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', resolve).off('exit', ended);
  }
}

const mapper = new OffThreadMapper();

function post(worker: Worker, order: MapOrder): void {
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(order);
  } catch {
    // Only JSON comes here; but JSON nested thousands deep leaves the copying no stack.
    throw new HubError('record.invalid', `The record for ${order.bundle.name} nests too deeply to be mapped.`);
  }
}

function resultOf(reply: MapReply, { bundle }: MapOrder): ReadResult | WriteResult {
  if ('result' in reply) return reply.result;
  if ('problems' in reply) throw new DictionaryError(reply.problems);
  throw new HubError('bug', `Mapping with ${bundle.name} failed: ${reply.bug}`);
}

function tooMuch({ bundle, direction }: MapOrder, what: string): HubError {
  const message = `To ${direction} a record with ${bundle.name} took too much ${what}. Give its slow steps less to do.`;
  return new HubError('input.tooLarge', message);
}
