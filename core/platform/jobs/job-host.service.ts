/** The `JOBS` queue on BullMQ, and the worker that runs `@OnJob` methods in processes with the role `worker`. */
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { jobs, type JobName, type JobPayload } from '#core/contract/jobs.ts';
import { HubError } from '#core/contract/errors.ts';
import { methodsOf } from '../discovered-methods.service.ts';
import { LOG, type Log } from '../log/log.ts';
import { METRICS, type Metrics } from '../metrics/metrics.ts';
import { assertJobsBound } from './job-check.ts';
import { jobOf } from './on-job.ts';
import type { EnqueueOptions, Jobs } from './jobs.ts';
import { openQueue, type JobQueue, type QueueOptions } from './queue.ts';

type Handler = (payload: unknown, signal: AbortSignal) => Promise<void>;

@Injectable()
export class JobHost implements Jobs {
  readonly #stopping = new AbortController();
  readonly #seconds;
  #queue: JobQueue | null = null;

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(METRICS) metrics: Metrics,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.#seconds = metrics.histogram('tieline_job_seconds', 'Time a job ran', ['job', 'outcome']);
  }

  /** Called once, before any module enqueues. */
  async open(place: Pick<QueueOptions, 'redisUrl' | 'databaseUrl'>): Promise<void> {
    this.#queue = await openQueue({ ...place, log: this.log });
  }

  /** Starts running jobs: in processes with the role `worker`, when every module has started. */
  async work(): Promise<void> {
    const handlers = this.#handlers();
    await this.#queue?.work(async (name, payload) => this.#run(handlers, name, payload));
  }

  get isReady(): boolean {
    return this.#queue !== null && !this.#stopping.signal.aborted;
  }

  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options: EnqueueOptions = {}): Promise<void> {
    if (this.#queue === null) {
      throw new HubError(
        'bug',
        'Jobs are enqueued before the queue was started; do it from onApplicationBootstrap on.',
      );
    }
    await this.#queue.add(name, jobs[name].parse(payload), options);
  }

  /** Takes no new jobs, tells running ones to save their place, and waits for them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#queue?.close();
  }

  #handlers(): Map<string, Handler> {
    const bound = methodsOf(this.discovery).flatMap(({ instance, method, name }) => {
      const job = jobOf(method);
      return job === undefined ? [] : [{ job, name, handler: method.bind(instance) as Handler }];
    });
    assertJobsBound(bound);
    return new Map(bound.map(({ job, handler }) => [job, handler]));
  }

  async #run(handlers: ReadonlyMap<string, Handler>, name: string, payload: unknown): Promise<void> {
    const handler = handlers.get(name);
    if (handler === undefined) throw new HubError('bug', `A job "${name}" came in that no handler knows.`);
    const observe = this.#seconds.startTimer({ job: name });
    try {
      await handler(jobs[name as JobName].parse(payload), this.#stopping.signal);
      observe({ outcome: 'done' });
    } catch (error) {
      observe({ outcome: 'failed' });
      this.log.warn({ err: error, job: name }, 'A job failed and will be tried again');
      throw error;
    }
  }
}
