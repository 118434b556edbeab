import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobPayload } from '#core/contract/jobs.ts';
import { createLog, LOG } from '../log/log.ts';
import { METRICS, Metrics } from '../metrics/metrics.ts';
import { createTestDatabase } from '../testing/database.ts';
import { assertJobsBound } from './job-check.ts';
import { JobHost } from './job-host.service.ts';
import { JOBS, type Jobs } from './jobs.ts';
import { JobsModule } from './jobs.module.ts';
import { OnJob } from './on-job.ts';

const ran: string[] = [];
let lane: (laneId: string, signal: AbortSignal) => Promise<void> = async () => undefined;

@Injectable()
class TestConsumer {
  constructor(@Inject(JOBS) readonly jobs: Jobs) {}

  @OnJob('outbox.pump')
  async run({ object }: JobPayload<'outbox.pump'>, signal: AbortSignal): Promise<void> {
    ran.push(object);
    await lane(object, signal);
  }

  @OnJob('contacts.import')
  async import({ importId }: JobPayload<'contacts.import'>): Promise<void> {
    ran.push(importId);
  }
}

const values = [
  { provide: LOG, useValue: createLog('silent') },
  { provide: METRICS, useValue: new Metrics() },
];
@Module({ providers: [...values, TestConsumer], exports: values.map(({ provide }) => provide) })
class TestModule {}

async function startJobs(databaseUrl: string): Promise<JobHost> {
  const root = { module: TestModule, global: true, imports: [JobsModule] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  const jobs = app.get(JobHost);
  await jobs.open({ redisUrl: undefined, databaseUrl });
  return jobs;
}

describe('jobs on PostgreSQL', () => {
  let database: { url: string; drop: () => Promise<void> };
  let jobs: JobHost;
  beforeEach(async () => {
    ran.length = 0;
    lane = async () => undefined;
    database = await createTestDatabase();
    jobs = await startJobs(database.url);
  });
  afterEach(async () => {
    await jobs.stop();
    await database.drop();
  });

  test('what was enqueued before anyone works is run once someone does', async () => {
    await jobs.enqueue('outbox.pump', { connectionId: 'c', object: '42' }, { dedupeId: 'a:42' });
    await jobs.enqueue('contacts.import', { importId: 'i1' });
    await jobs.work();
    await expect.poll(() => ran.toSorted(), { timeout: 10_000 }).toEqual(['42', 'i1']);
  });

  test('one id runs once at a time, waits once at most, and once more for what came while it ran', async () => {
    const opened = Promise.withResolvers<void>();
    lane = async () => opened.promise;
    await jobs.work();
    const nudge = (): Promise<void> =>
      jobs.enqueue('outbox.pump', { connectionId: 'c', object: 'L' }, { dedupeId: 'L' });
    await nudge();
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['L']);
    await Promise.all([nudge(), nudge(), nudge()]);
    expect(ran).toEqual(['L']);
    opened.resolve();
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['L', 'L']);
    await nudge();
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['L', 'L', 'L']);
  });

  test('"now" pulls a delayed job forward', async () => {
    await jobs.work();
    await jobs.enqueue('outbox.pump', { connectionId: 'c', object: 'D' }, { dedupeId: 'D', delayMs: 3_600_000 });
    await jobs.enqueue('outbox.pump', { connectionId: 'c', object: 'D' }, { dedupeId: 'D' });
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['D']);
  });

  test('a failed job is tried again', async () => {
    lane = async () => {
      if (ran.length === 1) throw new Error('not yet');
    };
    await jobs.work();
    await jobs.enqueue('outbox.pump', { connectionId: 'c', object: 'F' });
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['F', 'F']);
  });

  test('stopping tells running jobs and waits for them', async () => {
    let saved = '';
    lane = async (laneId, signal) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      saved = laneId;
    };
    await jobs.work();
    await jobs.enqueue('outbox.pump', { connectionId: 'c', object: 'S' });
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['S']);
    await jobs.stop();
    expect(saved).toBe('S');
  });

  test('a payload that does not fit the contract is refused', async () => {
    await expect(jobs.enqueue('outbox.pump', {} as never)).rejects.toThrow(/connectionId/);
  });
});

test('a job without a handler, with two, or unknown stops the start', () => {
  const bound = (...names: string[]) => names.map((job) => ({ job, name: `X.${job}` }));
  expect(() => assertJobsBound(bound('outbox.pump'))).toThrow(/contacts\.import has no handler/);
  expect(() => assertJobsBound(bound('outbox.pump', 'outbox.pump', 'contacts.import'))).toThrow(/X\.outbox\.pump and/);
  expect(() => assertJobsBound(bound('outbox.pump', 'contacts.import', 'made.up'))).toThrow(/made\.up/);
});
