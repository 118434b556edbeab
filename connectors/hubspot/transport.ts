/** Sockets for the SDK: kept alive, bounded in number, and never silent for longer than the request time-out. */
import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { HubError } from '#core/contract/errors.ts';

const SOCKETS = 8;

export function makeAgent(baseUrl: string, timeoutMs: number): http.Agent {
  const options = { keepAlive: true, maxSockets: SOCKETS, timeout: timeoutMs };
  const agent = baseUrl.startsWith('https:') ? new https.Agent(options) : new http.Agent(options);
  const connect = agent.createConnection.bind(agent);
  // The SDK sends no time-out of its own: a silent socket would hold its request for ever.
  agent.createConnection = (target, callback) => {
    const socket = connect(target, callback);
    if (socket instanceof Socket) socket.on('timeout', () => socket.destroy(new Error('silent for too long')));
    return socket;
  };
  return agent;
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What Node says of a request that got no answer. The SDK's error is left out as cause: it may hold the request. */
export function networkError(what: string, thrown: unknown): HubError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const isBeforeSending =
    neverSent.has(code) ||
    /CERT|SIGNED|^ERR_TLS|^ERR_SSL/.test(code) ||
    (thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'connect');
  if (isBeforeSending)
    return new HubError(
      'remote.unavailable',
      `${what} could not be sent (${code}). Check the API address and the network.`,
      {
        retry: 'soon',
        scope: 'connection',
        field: 'baseUrl',
      },
    );
  return new HubError('link.lost', `${what} broke off before it was answered${code === '' ? '' : ` (${code})`}.`, {
    retry: 'soon',
  });
}

/** Rejects when `signal` fires or the time is up; the request itself may still arrive. */
export async function withDeadline<T>(
  what: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  start: () => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw givenUp(what);
  const work = start();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<never>((_resolve, reject) => {
        const late = () =>
          reject(
            new HubError('remote.timeout', `${what} was not answered in ${Math.round(timeoutMs)} ms.`, {
              retry: 'soon',
            }),
          );
        timer = setTimeout(late, timeoutMs);
        onAbort = () => reject(givenUp(what));
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
    work.catch(() => undefined);
  }
}

const givenUp = (what: string): HubError =>
  new HubError('link.lost', `${what} was given up by the hub.`, { retry: 'soon' });
