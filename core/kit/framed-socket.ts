/**
 * A TCP or TLS connection for line and frame protocols: bytes in order, back-pressure, an abort signal, and no handle
 * left behind. The caller brings a parser that takes chunks cut anywhere.
 */
import net from 'node:net';
import tls from 'node:tls';
import { HubError } from '#core/contract/errors.ts';

export interface SocketTarget {
  readonly host: string;
  readonly port: number;
  /** Absent: plain TCP. */
  readonly tls?: {
    /** False accepts any certificate; for appliances with self-signed ones. */
    readonly verify: boolean;
    /** PEM of a certificate authority to trust besides the system's. */
    readonly ca?: string;
  };
  /** How long connecting (with TLS) may take, in milliseconds. */
  readonly connectTimeoutMs: number;
}

export interface FramedSocket {
  /**
   * Writes a whole message; resolves when the kernel took it. Rejects with `link.lost` when the socket is gone.
   * Messages of concurrent calls never mix.
   */
  write(bytes: string | Uint8Array): Promise<void>;
  /**
   * Hands over what arrives, in order. Reading pauses while a promise the listener returned is unresolved, so a slow
   * consumer slows the sender down. A throwing listener closes the socket with its error. Call once.
   */
  onBytes(listener: (chunk: Uint8Array) => Promise<void> | undefined | void): void;
  /** Resolves once, when the socket is gone for whatever reason; after `close()` with `link.lost` as well. */
  readonly gone: Promise<Error>;
  /** `address:port` of the other side, for messages. */
  readonly remote: string;
  /** Idempotent; resolves when the handle is released. Flushes what was written, then gives up after a second. */
  close(): Promise<void>;
}

/** Connects, or throws `remote.unavailable` / `remote.timeout` / `link.lost` (aborted) and leaves nothing open. */
export async function openSocket(target: SocketTarget, signal: AbortSignal): Promise<FramedSocket> {
  const remote = `${target.host}:${target.port}`;
  if (signal.aborted) throw aborted(remote);
  const socket = dial(target);
  try {
    await connected(socket, target, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return wrap(socket, remote, signal);
}

function dial(target: SocketTarget): net.Socket {
  const host = target.host.replace(/^\[(?<address>.*)\]$/u, '$<address>');
  const address = { host, port: target.port, keepAlive: true, keepAliveInitialDelay: 15_000, noDelay: true };
  if (target.tls === undefined) return net.connect(address);
  return tls.connect({
    ...address,
    rejectUnauthorized: target.tls.verify,
    ...(target.tls.ca === undefined ? {} : { ca: [...tls.rootCertificates, target.tls.ca] }),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
  });
}

function connected(socket: net.Socket, target: SocketTarget, signal: AbortSignal): Promise<void> {
  const remote = `${target.host}:${target.port}`;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onReady = () => resolve();
  const onError = (error: Error) => reject(connectError(error, remote));
  const onAbort = () => reject(aborted(remote));
  const timer = setTimeout(() => {
    reject(
      new HubError(
        'remote.timeout',
        `${remote} did not answer in ${target.connectTimeoutMs} ms. Check host, port and firewall.`,
        {
          retry: 'soon',
          scope: 'connection',
          field: 'host',
        },
      ),
    );
  }, target.connectTimeoutMs);
  const ready = target.tls === undefined ? 'connect' : 'secureConnect';
  socket.once(ready, onReady).once('error', onError);
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    socket.off(ready, onReady).off('error', onError);
    // A destroyed socket may still report; without a listener that would end the process.
    socket.on('error', () => undefined);
  });
}

function wrap(socket: net.Socket, remote: string, signal: AbortSignal): FramedSocket {
  const gone = Promise.withResolvers<Error>();
  let reason: Error | null = null;
  const fail = (error: Error) => {
    reason ??= error;
    socket.destroy();
  };
  const onAbort = () => fail(aborted(remote));
  socket.on('error', (error) => fail(lost(remote, error)));
  socket.once('close', () => {
    signal.removeEventListener('abort', onAbort);
    gone.resolve(reason ?? lost(remote));
  });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  return {
    remote,
    gone: gone.promise,
    write: (bytes) => send(socket, bytes, () => reason ?? lost(remote)),
    onBytes: (listener) => pump(socket, listener, fail),
    close: async () => {
      reason ??= new HubError('link.lost', `The connection to ${remote} was closed.`, { scope: 'connection' });
      if (!socket.destroyed) {
        socket.end();
        socket.resume();
        const timer = setTimeout(() => socket.destroy(), 1000);
        socket.once('finish', () => socket.destroySoon());
        await gone.promise;
        clearTimeout(timer);
      }
      await gone.promise;
    },
  };
}

function send(socket: net.Socket, bytes: string | Uint8Array, why: () => Error): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (socket.destroyed || socket.writableEnded) reject(why());
  else socket.write(bytes, (error) => (error ? reject(why()) : resolve()));
  return promise;
}

function pump(
  socket: net.Socket,
  listener: (chunk: Uint8Array) => Promise<void> | undefined | void,
  fail: (error: Error) => void,
): void {
  const broken = (error: unknown) => fail(error instanceof Error ? error : new Error(String(error)));
  socket.on('data', (chunk: Uint8Array) => {
    try {
      const waiting = listener(chunk);
      if (waiting === undefined) return;
      socket.pause();
      waiting.then(() => socket.resume(), broken);
    } catch (error) {
      broken(error);
    }
  });
}

const aborted = (remote: string) =>
  new HubError('link.lost', `Connecting to ${remote} was given up.`, { retry: 'soon', scope: 'connection' });

const lost = (remote: string, cause?: Error) =>
  new HubError('link.lost', `The connection to ${remote} broke${cause ? `: ${cause.message}` : ''}.`, {
    retry: 'soon',
    scope: 'connection',
    ...(cause ? { cause } : {}),
  });

/** What ops can do about each way connecting fails; anything else keeps the system's words. */
const mend: Readonly<Record<string, { field: string; text: string }>> = {
  ECONNREFUSED: { field: 'port', text: 'nothing listens on that port. Check the port and that the service is enabled' },
  ENOTFOUND: { field: 'host', text: 'the host name is unknown. Check its spelling and DNS' },
  EAI_AGAIN: { field: 'host', text: 'the name server did not answer. Check DNS' },
  EHOSTUNREACH: { field: 'host', text: 'there is no route to that host. Check network and firewall' },
  ENETUNREACH: { field: 'host', text: 'there is no route to that network' },
  ETIMEDOUT: { field: 'host', text: 'nobody answered. Check network and firewall' },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    field: 'verifyTls',
    text: 'its certificate is self-signed. Trust it, or turn verification off',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    field: 'verifyTls',
    text: 'its certificate chain is self-signed. Trust it, or turn verification off',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { field: 'verifyTls', text: 'its certificate could not be verified' },
  CERT_HAS_EXPIRED: { field: 'verifyTls', text: 'its certificate has expired' },
  ERR_TLS_CERT_ALTNAME_INVALID: { field: 'host', text: 'its certificate is for another name' },
  ERR_SSL_WRONG_VERSION_NUMBER: { field: 'port', text: 'it does not speak TLS on that port' },
};

function connectError(error: Error, remote: string): HubError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = mend[code];
  return new HubError('remote.unavailable', `Cannot connect to ${remote}: ${known?.text ?? error.message}.`, {
    retry: 'soon',
    scope: 'connection',
    field: known?.field ?? 'host',
    cause: error,
  });
}
