/** A live stream that survives: it resumes after the last cursor it saw and waits longer after each failure. */
import type { Route } from '#core/contract/route.ts';
import type { z } from 'zod';
import { backoffMs } from './backoff.ts';
import { noteLink } from './link-state.ts';
import { requestPath } from './request.ts';
import { createSseParser } from './sse-parser.ts';

/** Longer than any keep-alive comment of the hub; a stream silent for this long is taken for dead. */
const silenceMs = 60_000;

export interface StreamOptions<T> {
  readonly route: Route & { readonly response: z.ZodType<T> };
  /** Where to go on; `null` for streams without a cursor. */
  readonly cursor: number | null;
  readonly onEvent: (event: T, cursor: number | null) => void;
  /** After a gap in a stream without cursor, the reader must load anew. */
  readonly onReconnected?: () => void;
  readonly onSignedOut?: () => void;
}

export interface EventStreamHandle {
  close(): void;
}

export function openEventStream<T>(options: StreamOptions<T>): EventStreamHandle {
  const stop = new AbortController();
  void keepReading(options, stop.signal);
  return {
    close() {
      stop.abort();
      noteLink(options.route.id, false);
    },
  };
}

async function keepReading<T>(options: StreamOptions<T>, stopped: AbortSignal): Promise<void> {
  let cursor = options.cursor;
  let failures = 0;
  let wasLive = false;
  while (!stopped.aborted) {
    const result = await readOnce(options, cursor, {
      stopped,
      onLive: () => {
        noteLink(options.route.id, false);
        if (wasLive) options.onReconnected?.();
        wasLive = true;
        failures = 0;
      },
      onCursor: (seen) => {
        cursor = seen;
      },
    });
    if (stopped.aborted) return;
    if (result === 'signedOut') {
      options.onSignedOut?.();
      return;
    }
    noteLink(options.route.id, true);
    await pause(backoffMs(failures, Math.random()), stopped);
    failures += 1;
  }
}

interface ReadHooks {
  readonly stopped: AbortSignal;
  readonly onLive: () => void;
  readonly onCursor: (cursor: number) => void;
}

async function readOnce<T>(
  options: StreamOptions<T>,
  cursor: number | null,
  hooks: ReadHooks,
): Promise<'ended' | 'signedOut'> {
  const silence = new AbortController();
  let alarm = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch(requestPath(options.route, cursor === null ? {} : { query: { cursor } }), {
      credentials: 'same-origin',
      headers: { accept: 'text/event-stream' },
      signal: AbortSignal.any([hooks.stopped, silence.signal]),
    });
    if (response.status === 401) return 'signedOut';
    if (!response.ok || response.body === null) return 'ended';
    hooks.onLive();
    const parser = createSseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const piece = await reader.read();
      if (piece.done) return 'ended';
      clearTimeout(alarm);
      alarm = setTimeout(() => silence.abort(), silenceMs);
      for (const message of parser.feed(piece.value)) deliver(options, message, hooks);
    }
  } catch {
    return 'ended';
  } finally {
    clearTimeout(alarm);
  }
}

function deliver<T>(
  options: StreamOptions<T>,
  message: { readonly id: string | null; readonly data: string },
  hooks: ReadHooks,
): void {
  const parsed = options.route.response.safeParse(parseJson(message.data));
  const cursor = message.id === null || message.id === '' ? Number.NaN : Number(message.id);
  const seen = Number.isInteger(cursor) ? cursor : null;
  if (parsed.success) options.onEvent(parsed.data, seen);
  if (seen !== null) hooks.onCursor(seen);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Ends early when the stream is closed or the browser is back on the network. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stopped.addEventListener('abort', done);
    window.addEventListener('online', done);
  });
}
