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

/** One thread, one record after the other. A record that passes a limit ends the thread; the next one gets another. */
class OffThreadMapper {
  private worker: Worker | null = null;
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
    const worker = (this.worker ??= this.start());
    const { promise, resolve, reject } = Promise.withResolvers<MapReply>();
    const ended = (): void => reject(tooMuch(order, 'memory'));
    const timer = setTimeout(() => reject(tooMuch(order, `time (${limitMs} ms)`)), limitMs);
    worker.once('message', resolve).once('exit', ended);
    worker.ref();
    try {
      post(worker, order);
      return resultOf(await promise, order);
    } catch (error) {
      if (error instanceof HubError && error.code === 'input.tooLarge') await this.drop(worker);
      throw error;
    } finally {
      clearTimeout(timer);
      worker.off('message', resolve).off('exit', ended);
      worker.unref();
    }
  }

  private start(): Worker {
    const extension = extname(import.meta.url);
    const worker = new Worker(new URL(`off-thread-worker${extension}`, import.meta.url), {
      name: 'mapping',
      env: {},
      // From the sources the thread needs to be told so; from the build there is nothing to tell.
      execArgv: extension === '.ts' ? ['--conditions=hub-source'] : [],
      resourceLimits: { maxOldGenerationSizeMb: limitMb },
    });
    // Listened to for ever, so that an end by memory does not end the process; the exit that follows is what counts.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private async drop(worker: Worker): Promise<void> {
    if (this.worker === worker) this.worker = null;
    await worker.terminate();
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
