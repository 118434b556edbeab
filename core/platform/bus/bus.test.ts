import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, describe, expect, test } from 'vitest';
import { busMessages, type BusPayload } from '#core/contract/bus.ts';
import { HubError } from '#core/contract/errors.ts';
import { ENVIRONMENT, readEnvironment } from '../environment.ts';
import { createLog, LOG } from '../log/log.ts';
import { BusHost } from './bus-host.service.ts';
import { BusModule } from './bus.module.ts';
import { OnBus } from './on-bus.ts';
import { assertTopicsBound } from './topic-check.ts';

const heard: string[] = [];
let gate = Promise.resolve();

@Injectable()
class ListeningConsumer {
  @OnBus('connection.changed')
  async failing(): Promise<void> {
    throw new Error('a broken subscriber');
  }

  @OnBus('connection.changed')
  async working({ connectionId }: BusPayload<'connection.changed'>): Promise<void> {
    heard.push(`working ${connectionId}`);
  }

  @OnBus('link.changed', { inOrderBy: ({ connectionId }) => connectionId })
  async ordered({ connectionId, state }: BusPayload<'link.changed'>): Promise<void> {
    if (state === 'slow') await gate;
    heard.push(`${connectionId} ${state}`);
  }
}

@Injectable()
class AnsweringConsumer {
  @OnBus('call.command')
  async command({ verb }: BusPayload<'call.command'>) {
    if (verb === 'fail')
      throw new HubError('facet.unsupported', 'No such verb.', { field: 'verb', scope: 'connection' });
    return { result: verb === 'garbled' ? (Symbol('x') as never) : `did ${verb}` };
  }

  @OnBus('writes.plan')
  async plan({ writes }: BusPayload<'writes.plan'>) {
    return { held: writes.map(({ key }) => key) };
  }
}

async function startBus(consumers: (new () => object)[], roles = 'api,telephony,worker') {
  const environment = readEnvironment({ TIELINE_ROLES: roles }, '/');
  const values = [
    { provide: ENVIRONMENT, useValue: environment },
    { provide: LOG, useValue: createLog('silent') },
  ];
  @Module({ providers: [...values, ...consumers], exports: values.map(({ provide }) => provide) })
  class TestModule {}
  const root = { module: TestModule, global: true, imports: [BusModule] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  const bus = app.get(BusHost);
  await bus.start();
  return bus;
}

let bus: BusHost | null = null;
afterEach(async () => {
  await bus?.stop();
  bus = null;
  heard.length = 0;
});

describe('events', () => {
  test('reach every subscriber; one that fails hurts neither the others nor the publisher', async () => {
    bus = await startBus([ListeningConsumer, AnsweringConsumer]);
    await bus.publish('connection.changed', { connectionId: 'c1' });
    await expect.poll(() => heard).toEqual(['working c1']);
  });

  test('with the same key keep their order, others do not wait for them', async () => {
    bus = await startBus([ListeningConsumer, AnsweringConsumer]);
    const opened = Promise.withResolvers<void>();
    gate = opened.promise;
    for (const [connectionId, state] of [
      ['a', 'slow'],
      ['a', 'next'],
      ['b', 'next'],
    ] as const) {
      await bus.publish('link.changed', { connectionId, state, detail: null });
    }
    await expect.poll(() => heard).toEqual(['b next']);
    opened.resolve();
    await expect.poll(() => heard).toEqual(['b next', 'a slow', 'a next']);
  });

  test('that do not fit the contract are refused at the publisher', async () => {
    bus = await startBus([ListeningConsumer, AnsweringConsumer]);
    await expect(bus.publish('connection.changed', { connectionId: 7 } as never)).rejects.toThrow(
      /connection\.changed/,
    );
  });

  test('stopping waits for what is being delivered', async () => {
    const started = await startBus([ListeningConsumer, AnsweringConsumer]);
    const opened = Promise.withResolvers<void>();
    gate = opened.promise;
    await started.publish('link.changed', { connectionId: 'a', state: 'slow', detail: null });
    const stopped = started.stop();
    expect(heard).toEqual([]);
    opened.resolve();
    await stopped;
    expect(heard).toEqual(['a slow']);
  });
});

describe('requests', () => {
  test('are answered, or fail with the very error of the handler', async () => {
    bus = await startBus([ListeningConsumer, AnsweringConsumer]);
    const ask = (verb: string) => bus?.request('call.command', { connectionId: 'c1', verb, args: {} });
    expect(await ask('hold')).toEqual({ result: 'did hold' });
    await expect(ask('fail')).rejects.toMatchObject({ code: 'facet.unsupported', field: 'verb', scope: 'connection' });
    await expect(ask('garbled')).rejects.toMatchObject({ code: 'bug' });
  });

  test('nobody answers, or two do: the hub does not start', async () => {
    await expect(startBus([ListeningConsumer])).rejects.toThrow(/nobody answers call\.command/);
    class Second extends AnsweringConsumer {
      @OnBus('call.command')
      async again() {
        return { result: null };
      }
    }
    await expect(startBus([AnsweringConsumer, Second])).rejects.toThrow(/call\.command is answered by/);
  });
});

test('a process with a part of the roles may leave requests to others', () => {
  expect(() => assertTopicsBound([], false)).not.toThrow();
  expect(() => assertTopicsBound([], true)).toThrow(/nobody answers/);
  expect(() => assertTopicsBound([{ topic: 'made.up', name: 'X.y' }], false)).toThrow(/made\.up of X\.y/);
  expect(Object.values(busMessages).some(({ kind }) => kind === 'request')).toBe(true);
});
