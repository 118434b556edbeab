import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { pumpEvents } from './event-stream.ts';
import { Feed } from './feed.ts';
import type { StreamEvent } from './handles.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('Feed', () => {
  test('what was pushed before the end is read, in order', async () => {
    const feed = new Feed<number>();
    [1, 2, 3].forEach((n) => feed.push(n));
    feed.end();
    feed.push(4);
    expect(await all(feed)).toEqual([1, 2, 3]);
  });

  test('a reader that waits is woken by a push, an end and an abort', async () => {
    const abort = new AbortController();
    const feed = new Feed<number>(10, abort.signal);
    const next = feed.next();
    feed.push(7);
    expect(await next).toEqual({ done: false, value: 7 });
    const last = feed.next();
    abort.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  test('a reader too far behind is cut off, not fed without bound', async () => {
    const feed = new Feed<number>(2);
    [1, 2, 3].forEach((n) => feed.push(n));
    expect(feed.ended).toBe(true);
    expect(await all(feed)).toEqual([]);
  });
});

describe('pumpEvents', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  async function text(events: AsyncIterable<StreamEvent<unknown>>, heartbeatMs = 10_000): Promise<string> {
    server = createServer((_request, response) => {
      const signal = new AbortController().signal;
      const shape = (data: unknown): unknown => data;
      const describe = (thrown: unknown): unknown => ({ detail: (thrown as Error).message });
      void pumpEvents(events, response, { heartbeatMs, signal, shape, describe });
    });
    await new Promise<void>((resolve) => {
      server?.listen(0, '127.0.0.1', resolve);
    });
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return response.text();
  }

  test('a failing iterable ends the stream with a problem', async () => {
    async function* events(): AsyncGenerator<StreamEvent<unknown>> {
      yield { data: 1 };
      throw new Error('broken');
    }
    expect(await text(events())).toBe(
      'retry: 2000\n: open\n\ndata: 1\n\nevent: problem\ndata: {"detail":"broken"}\n\n',
    );
  });

  test('a quiet stream is kept open by comments', async () => {
    const feed = new Feed<StreamEvent<unknown>>();
    const beats = text(feed, 5);
    setTimeout(() => feed.end(), 60);
    expect(await beats).toContain(': beat\n\n');
  });

  test('a slow client is waited for: nothing is lost of far more than fits the socket', async () => {
    const count = 2000;
    async function* events(): AsyncGenerator<StreamEvent<unknown>> {
      for (let n = 0; n < count; n += 1) yield { id: String(n), data: 'x'.repeat(5000) };
    }
    expect((await text(events())).match(/^id: /gm)).toHaveLength(count);
  });
});
