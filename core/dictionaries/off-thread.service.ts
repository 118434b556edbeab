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

const budgetMs = 10_000;
const budgetMb = 384;
/** More waiting than this is a flood. */
const maxWaiting = 50;

@Injectable()
export class OffThread implements BeforeApplicationShutdown {
  #worker: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isStopped = false;

  constructor(@Inject(LOG) private readonly log: Log) {}

  async run<N extends TaskName>(task: N, ask: TaskAsk<N>): Promise<TaskAnswer<N>> {
    if (this.#waiting >= maxWaiting) {
      throw new HubError('remote.rateLimited', 'Too many dictionaries are being checked; try again in a moment.', {
        retry: 'after',
        retryAfterMs: 2000,
      });
    }
    this.#waiting += 1;
    const answer = this.#turn.then(() => this.#take({ task, ask }));
    this.#turn = answer.catch(() => undefined);
    try {
      return (await answer) as TaskAnswer<N>;
    } finally {
      this.#waiting -= 1;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #take(order: TaskOrder): Promise<unknown> {
    if (this.#isStopped) throw new HubError('shutdown.draining', 'The hub is stopping.', { retry: 'soon' });
    const worker = (this.#worker ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<TaskReply>();
    const ended = (): void => reject(tooMuch('memory'));
    const failed = (error: Error): void => {
      this.log.warn({ err: error, task: order.task }, 'The thread that checks dictionaries ended');
      reject(tooMuch('memory'));
    };
    const timer = setTimeout(() => reject(tooMuch('time')), budgetMs);
    worker.once('message', resolve).once('error', failed).once('exit', ended);
    worker.ref();
    try {
      worker.postMessage(order, []);
      const reply = await promise;
      if ('answer' in reply) return reply.answer;
      throw hubErrorOf(reply.fault);
    } catch (error) {
      if (error instanceof HubError && error.code === 'input.tooLarge') await this.#drop(worker);
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
      resourceLimits: { maxOldGenerationSizeMb: budgetMb },
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

function tooMuch(what: 'time' | 'memory'): HubError {
  return new HubError('input.tooLarge', `This dictionary takes too much ${what} to be checked. Make it smaller.`);
}

function hubErrorOf({ code, message }: { code: string; message: string }): HubError {
  const known = hubErrorCodes.find((candidate): candidate is HubErrorCode => candidate === code);
  return new HubError(known ?? 'bug', message);
}
