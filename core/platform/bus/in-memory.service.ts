/** The bus inside one process, as a transport of `@nestjs/microservices`: same handlers, no wire. */
import {
  ClientProxy,
  Server,
  type CustomTransportStrategy,
  type ReadPacket,
  type WritePacket,
} from '@nestjs/microservices';

export class InMemoryServer extends Server implements CustomTransportStrategy {
  listen(ready: () => void): void {
    ready();
  }

  close(): void {
    this.messageHandlers.clear();
  }

  on(): void {
    // There is no connection whose state could change.
  }

  unwrap(): never {
    throw new Error('The in-memory transport has no client underneath.');
  }
}

export class InMemoryClient extends ClientProxy {
  constructor(private readonly server: InMemoryServer) {
    super();
  }

  async connect(): Promise<void> {
    // The server is in the same process.
  }

  close(): void {
    // Nothing to close.
  }

  unwrap(): never {
    throw new Error('The in-memory transport has no client underneath.');
  }

  protected publish(packet: ReadPacket, answer: (packet: WritePacket) => void): () => void {
    const handler = this.server.getHandlerByPattern(this.normalizePattern(packet.pattern));
    if (handler === null) answer({ err: new Error(`Nobody answers ${String(packet.pattern)}`), isDisposed: true });
    else {
      handler(packet.data).then(
        (response: unknown) => answer({ response, isDisposed: true }),
        (err: unknown) => answer({ err, isDisposed: true }),
      );
    }
    return () => undefined;
  }

  protected async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    const handler = this.server.getHandlerByPattern(this.normalizePattern(packet.pattern));
    await handler?.(packet.data);
    return undefined as T;
  }
}
