/** Fans one event out to its subscribers. A failing or slow one holds up nobody else. */
import type { Log } from '../log/log.ts';
import type { Subscription } from './on-bus.ts';

export interface Subscriber extends Subscription {
  readonly name: string;
  readonly consumer: object;
  readonly method: (payload: unknown) => unknown;
}

export class Deliveries {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly log: Log) {}

  /** Starts every subscriber and returns at once. */
  deliver(subscribers: readonly Subscriber[], payload: unknown): void {
    for (const subscriber of subscribers) this.#track(this.#start(subscriber, payload));
  }

  /** Resolves when nothing is being delivered any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(subscriber: Subscriber, payload: unknown): Promise<void> {
    const { inOrderBy, name } = subscriber;
    if (inOrderBy === undefined) return this.#run(subscriber, payload);
    const key = `${name} ${inOrderBy(payload)}`;
    const before = this.#tails.get(key) ?? Promise.resolve();
    const tail = before
      .then(() => this.#run(subscriber, payload))
      .finally(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      });
    this.#tails.set(key, tail);
    return tail;
  }

  async #run({ method, name, topic }: Subscriber, payload: unknown): Promise<void> {
    try {
      await method(payload);
    } catch (error) {
      this.log.error({ err: error, topic, subscriber: name }, 'A bus subscriber failed');
    }
  }

  #track(delivery: Promise<void>): void {
    this.#running.add(delivery);
    void delivery.finally(() => this.#running.delete(delivery));
  }
}
