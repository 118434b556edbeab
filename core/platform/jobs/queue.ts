/** BullMQ 6 behind the few calls the hub needs: on PostgreSQL, or on Redis when one is given. Loaded at first use. */
import type { JobsOptions } from 'bullmq';
import type { Log } from '../log/log.ts';
import { redisOptions } from '../bus/redis-options.ts';
import type { EnqueueOptions } from './jobs.ts';

export interface QueueOptions {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  readonly log: Log;
}

export interface JobQueue {
  add(name: string, payload: object, options: EnqueueOptions): Promise<void>;
  work(run: (name: string, payload: unknown) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const queueName = 'tieline';
/** A killed process renews its jobs no more: they are free after the first, and another takes them up by the second. */
const lockDurationMs = 10_000;
const stalledCheckMs = 5_000;
const concurrency = 8;
/** Jobs are nudges about rows, so their remains are of no use for long. */
const kept = { completed: { count: 100 }, failed: { count: 500, age: 86_400 } };
const attempts = 5;
const backoff = { type: 'exponential', delay: 1000, jitter: 0.5 } as const;

export async function openQueue({ redisUrl, databaseUrl, log }: QueueOptions): Promise<JobQueue> {
  const bullmq = await import('bullmq');
  const onError = (error: Error): void => log.warn({ err: error }, 'The job queue lost its connection for a moment');
  const { Queue, Worker, connection } =
    redisUrl === undefined
      ? { ...bullmq.withBackend(bullmq.createPostgresBackend), connection: postgresConnection(databaseUrl) }
      : {
          ...bullmq.withBackend(bullmq.createRedisBackend),
          connection: { ...redisOptions(redisUrl), maxRetriesPerRequest: null },
        };
  const queue = new Queue(queueName, { connection });
  queue.on('error', onError);
  await queue.waitUntilReady();
  const workers: { close(): Promise<void> }[] = [];
  return {
    add: async (name, payload, options) => {
      await queue.add(name, payload, jobOptions(name, options));
    },
    work: async (run) => {
      const worker = new Worker(queueName, async (job) => run(job.name, job.data), {
        connection,
        concurrency,
        maxStalledCount: 5,
        lockDuration: lockDurationMs,
        stalledInterval: stalledCheckMs,
      });
      worker.on('error', onError);
      // A failed job was logged where it failed.
      worker.on('failed', () => undefined);
      workers.push(worker);
      await worker.waitUntilReady();
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
    },
  };
}

function postgresConnection(connectionString: string) {
  return { connectionString, schema: 'bullmq', migrate: true, max: 6, application_name: 'tieline-jobs' };
}

function jobOptions(name: string, { dedupeId, delayMs = 0 }: EnqueueOptions): JobsOptions {
  return {
    attempts,
    backoff,
    delay: delayMs,
    removeOnComplete: kept.completed,
    removeOnFail: kept.failed,
    ...(dedupeId !== undefined && {
      deduplication: {
        id: `${name} ${dedupeId}`,
        keepLastIfActive: true,
        // "Now" pulls a job that waits for its retry forward; a later time never pushes one back.
        reschedule: delayMs === 0,
      },
    }),
  };
}
