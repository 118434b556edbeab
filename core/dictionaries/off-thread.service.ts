/**
 * Runs `tasks.ts` on a thread beside the event loop, one after the other, each within a budget of time and memory. A text
 * that takes more ends its thread, never the hub; the next task gets a new one.
 */
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { HubError, type HubErrorCode, hubErrorCodes } from '#core/contract/errors.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import type { TaskAnswer, TaskAsk, TaskName } from './tasks.ts';
import type { TaskOrder, TaskReply } from './task-thread.ts';

/** More waiting than this is a flood. */
const maxWaiting: Readonly<Record<Urgency, number>> = { publishing: 50, interactive: 50, background: 1000 };

/** `publishing`: other publishers wait for it too. `interactive`: someone waits for it. */
export type Urgency = 'publishing' | 'interactive' | 'background';

interface Waiting {
  readonly order: TaskOrder;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

@Injectable()
export class OffThread implements BeforeApplicationShutdown {
  #worker: Worker | null = null;
  readonly #waiting: Record<Urgency, Waiting[]> = { publishing: [], interactive: [], background: [] };
  #isBusy = false;
  #isStopped = false;
  /** For one task; generous, because a busy machine takes its time too. */
  readonly budget = { ms: 20_000, mb: 384 };

  constructor(@Inject(LOG) private readonly log: Log) {}

  run<N extends TaskName>(task: N, ask: TaskAsk<N>, urgency: Urgency = 'interactive'): Promise<TaskAnswer<N>> {
    const queue = this.#waiting[urgency];
    if (queue.length >= maxWaiting[urgency]) return Promise.reject(tooMany());
    const answer = new Promise<unknown>((resolve, reject) => {
      queue.push({ order: { task, ask }, resolve, reject });
    });
    void this.#work();
    return answer as Promise<TaskAnswer<N>>;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      await this.#take(next.order).then(answerOf).then(next.resolve, next.reject);
    }
    this.#isBusy = false;
  }

  #next(): Waiting | undefined {
    const { publishing, interactive, background } = this.#waiting;
    return publishing.shift() ?? interactive.shift() ?? background.shift();
  }

  async #take(order: TaskOrder): Promise<TaskReply> {
    if (this.#isStopped) throw stopping();
    const worker = (this.#worker ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<TaskReply>();
    const ended = (): void => reject(this.#isStopped ? stopping() : broken());
    const failed = (error: Error): void => {
      this.log.warn({ err: error, task: order.task }, 'The thread that checks dictionaries ended');
      reject(isOutOfMemory(error) ? tooMuch('memory') : broken());
    };
    const timer = setTimeout(() => reject(tooMuch('time')), this.budget.ms);
    worker.once('message', resolve).once('error', failed).once('exit', ended);
    worker.ref();
    try {
      worker.postMessage(order, []);
      return await promise;
    } catch (error) {
      // No answer came, and none is to come while the next task waits for its own.
      await this.#drop(worker);
      throw error;
    } finally {
      clearTimeout(timer);
      worker.off('message', resolve).off('error', failed).off('exit', ended);
      worker.unref();
    }
  }

  #start(): Worker {
    // From the sources the thread needs to be told so; from the build there is nothing to tell.
    const isSource = import.meta.url.endsWith('.ts');
    const worker = new Worker(new URL(isSource ? './task-thread.ts' : './task-thread.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.budget.mb },
      ...(isSource && { execArgv: ['--conditions=hub-source'] }),
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    // Listened to for ever, so that an error between two tasks does not end the process.
    worker.on('error', () => undefined);
    return worker;
  }

  async #drop(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = null;
    await worker.terminate();
  }
}

function stopping(): HubError {
  return new HubError('shutdown.draining', 'The hub is stopping.', { retry: 'soon' });
}

function tooMany(): HubError {
  return new HubError('remote.rateLimited', 'Too many dictionaries are being checked; try again in a moment.', {
    retry: 'after',
    retryAfterMs: 2000,
  });
}

function tooMuch(what: 'time' | 'memory'): HubError {
  return new HubError('input.tooLarge', `This dictionary takes too much ${what} to be checked. Make it smaller.`);
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Whatever ended the thread is in the log; the next task gets a new one. */
function broken(): HubError {
  const message =
    'The check of this dictionary broke off. Try again; if it happens again, the log of the hub says why.';
  return new HubError('bug', message, { retry: 'soon' });
}

function answerOf(reply: TaskReply): unknown {
  if ('answer' in reply) return reply.answer;
  const { code, message, field } = reply.fault;
  const known = hubErrorCodes.find((candidate): candidate is HubErrorCode => candidate === code);
  throw new HubError(known ?? 'bug', message, field === undefined ? {} : { field });
}
