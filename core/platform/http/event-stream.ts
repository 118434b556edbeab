/** Server-Sent Events (WHATWG HTML §9.2) from an async iterable, with heartbeats and backpressure. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { StreamEvent } from './handles.ts';

export interface EventStreamOptions {
  readonly heartbeatMs: number;
  /** Turns one event's data into what the contract promises. */
  readonly shape: (data: unknown) => unknown;
  readonly signal: AbortSignal;
  /** What to tell the client when the iterable fails. */
  readonly describe: (thrown: unknown) => unknown;
}

/** Writes until the iterable ends, the client goes or the signal aborts. Never throws. */
export async function pumpEvents(
  events: AsyncIterable<StreamEvent<unknown>>,
  out: ServerResponse,
  options: EventStreamOptions,
): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  const stopped = abortion(options.signal);
  const heart = setInterval(() => void out.write(': beat\n\n'), options.heartbeatMs);
  try {
    // The comment makes proxies and the browser open the stream at once.
    out.write('retry: 2000\n: open\n\n');
    for (;;) {
      const step = await Promise.race([iterator.next(), stopped.promise]);
      if (step === 'stopped' || step.done) break;
      if (!out.write(eventText(step.value, options.shape))) await Promise.race([once(out, 'drain'), stopped.promise]);
    }
  } catch (thrown) {
    out.write(`event: problem\ndata: ${JSON.stringify(options.describe(thrown))}\n\n`);
  } finally {
    clearInterval(heart);
    stopped.forget();
    // Not awaited: a generator that waits for its next event finishes only when that arrives.
    iterator.return?.().catch(() => undefined);
    out.end();
  }
}

export function eventText(event: StreamEvent<unknown>, shape: (data: unknown) => unknown): string {
  const id = event.id === undefined ? '' : `id: ${event.id.replaceAll(/[\r\n\0]/g, '')}\n`;
  return `${id}data: ${JSON.stringify(shape(event.data))}\n\n`;
}

function abortion(signal: AbortSignal): { promise: Promise<'stopped'>; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<'stopped'>();
  const stop = (): void => resolve('stopped');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return { promise, forget: () => signal.removeEventListener('abort', stop) };
}
