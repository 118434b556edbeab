import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BusPayload } from '#core/contract/bus.ts';
import { HubError } from '#core/contract/errors.ts';
import { describeWithRedis } from '../../../test/services.ts';
import { ENVIRONMENT, readEnvironment } from '../environment.ts';
import { openQueue } from '../jobs/queue.ts';
import { createLog, LOG } from '../log/log.ts';
import { startTestRedis, type TestRedis } from '../testing/redis.ts';
import { BusHost } from './bus-host.service.ts';
import { BusModule } from './bus.module.ts';
import { OnBus } from './on-bus.ts';

const heard: string[] = [];

/** A process that owns the link it is named for. */
function processOwning(link: string) {
  @Injectable()
  class OwningConsumer {
    readonly link = link;

    @OnBus('link.changed')
    async changed({ connectionId }: BusPayload<'link.changed'>): Promise<void> {
      heard.push(`${link} heard ${connectionId}`);
    }

    @OnBus('call.command', {
      accepts: (consumer: OwningConsumer, { connectionId }) => connectionId === consumer.link || connectionId === 'any',
    })
    async command({ verb }: BusPayload<'call.command'>) {
      heard.push(`${link} did ${verb}`);
      if (verb === 'fail') throw new HubError('link.lost', 'Gone.', { retry: 'after', retryAfterMs: 500 });
      return { result: link };
    }
  }
  return OwningConsumer;
}

const log = createLog('silent');

describeWithRedis('several processes on one Redis', (program) => {
  let redis: TestRedis;
  const started: BusHost[] = [];

  async function startProcess(roles: string, consumers: (new () => object)[]): Promise<BusHost> {
    const values = [
      {
        provide: ENVIRONMENT,
        useValue: readEnvironment({ TIELINE_ROLES: roles, REDIS_URL: redis.url, DATABASE_URL: 'postgres://x' }, '/'),
      },
      { provide: LOG, useValue: log },
    ];
    @Module({ providers: [...values, ...consumers], exports: values.map(({ provide }) => provide) })
    class TestModule {}
    const root = { module: TestModule, global: true, imports: [BusModule] };
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    const bus = app.get(BusHost);
    await bus.start();
    started.push(bus);
    return bus;
  }

  beforeAll(async () => {
    redis = await startTestRedis(program);
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((bus) => bus.stop()));
    heard.length = 0;
  });
  afterAll(async () => {
    await redis.close();
  });

  test('an event reaches subscribers in every process', async () => {
    const api = await startProcess('api', []);
    await startProcess('telephony', [processOwning('a')]);
    await startProcess('telephony', [processOwning('b')]);
    await api.publish('link.changed', { connectionId: 'x', state: 'up', detail: null });
    await expect.poll(() => heard.toSorted(), { timeout: 5000 }).toEqual(['a heard x', 'b heard x']);
  });

  test('a request is answered by the process that accepts it, once, with its error whole', async () => {
    const api = await startProcess('api', []);
    await startProcess('telephony', [processOwning('a')]);
    await startProcess('telephony', [processOwning('b')]);
    const ask = (connectionId: string, verb: string) => api.request('call.command', { connectionId, verb, args: {} });
    expect(await ask('b', 'hold')).toEqual({ result: 'b' });
    await expect(ask('a', 'fail')).rejects.toMatchObject({ code: 'link.lost', retry: 'after', retryAfterMs: 500 });
    for (let n = 0; n < 20; n += 1) await ask('any', `one ${n}`);
    expect(heard.filter((line) => line.includes('one'))).toHaveLength(20);
  });

  test('jobs wait in Redis and run once', async () => {
    const queue = await openQueue({ redisUrl: redis.url, databaseUrl: '', log });
    for (let n = 0; n < 3; n += 1) await queue.add('outbox.pump', { object: 'calls' }, { dedupeId: 'c calls' });
    const ran: unknown[] = [];
    await queue.work(async (name, payload) => void ran.push([name, payload]));
    await expect.poll(() => ran, { timeout: 5000 }).toEqual([['outbox.pump', { object: 'calls' }]]);
    await queue.close();
  });
});
