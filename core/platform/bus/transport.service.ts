/** Chooses the wire under the bus: none inside one process, Redis between several. */
import type { MessageHandler } from '@nestjs/microservices';
import type { Observable } from 'rxjs';
import { InMemoryClient, InMemoryServer } from './in-memory.service.ts';
import { redisOptions } from './redis-options.ts';

/** The part of Nest's `Server` and `ClientProxy` the bus needs, which every transport has. */
export interface Transport {
  /** Messages stay in the process, so what the publisher checked need not be checked again. */
  readonly isLocal: boolean;
  readonly server: {
    addHandler(topic: string, handler: MessageHandler, isEvent?: boolean): void;
    listen(ready: (error?: unknown) => void): unknown;
    close(): unknown;
  };
  readonly client: {
    emit(topic: string, payload: unknown): Observable<unknown>;
    send(topic: string, payload: unknown): Observable<unknown>;
    connect(): Promise<unknown>;
    close(): unknown;
  };
  /** Whether this process may answer the request: of several that heard it, the first to ask. */
  claim(requestId: string): Promise<boolean>;
  /** Ends what the claims need. */
  release(): void;
}

const claimSecs = 120;

export async function openTransport(busUrl: string | undefined): Promise<Transport> {
  if (busUrl === undefined) {
    const server = new InMemoryServer();
    return {
      isLocal: true,
      server,
      client: new InMemoryClient(server),
      claim: async () => true,
      release: () => undefined,
    };
  }
  // Loaded only when several processes run: the Redis client is not small.
  const { ClientRedis, ServerRedis } = await import('@nestjs/microservices');
  const { Redis } = await import('ioredis');
  const options = { ...redisOptions(busUrl), retryAttempts: Number.MAX_SAFE_INTEGER, retryDelay: 500 };
  const claims = new Redis({ ...redisOptions(busUrl), lazyConnect: true });
  claims.on('error', () => undefined);
  return {
    isLocal: false,
    server: new ServerRedis(options),
    client: new ClientRedis(options),
    claim: async (id) => (await claims.set(`tieline:claim:${id}`, '1', 'EX', claimSecs, 'NX')) === 'OK',
    release: () => claims.disconnect(),
  };
}
