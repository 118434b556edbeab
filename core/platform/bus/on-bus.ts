/** Binds a method of a `*.consumer.ts` class to a topic of the contract. */
import type { BusAnswer, BusPayload, BusRequestTopic, BusTopic } from '#core/contract/bus.ts';

type Answer<T extends BusTopic> = T extends BusRequestTopic ? BusAnswer<T> : void;
type Consumer<T extends BusTopic> = (payload: BusPayload<T>) => Answer<T> | Promise<Answer<T>>;

export interface OnBusOptions<T extends BusTopic> {
  /** Events with the same key reach this method one after the other, in the order they were published. */
  readonly inOrderBy?: (payload: BusPayload<T>) => string;
  /**
   * Requests only: whether this process is the one to answer, as when several hold switch links and one of them owns
   * the link meant. Called with the consumer instance.
   */
  readonly accepts?: (consumer: never, payload: BusPayload<T>) => boolean | Promise<boolean>;
}

/** What the decorator left on a method. */
export interface Subscription {
  readonly topic: BusTopic;
  readonly inOrderBy?: (payload: unknown) => string;
  readonly accepts?: (consumer: unknown, payload: unknown) => boolean | Promise<boolean>;
}

const subscriptions = Symbol('subscriptions');

export function OnBus<T extends BusTopic>(topic: T, options: OnBusOptions<T> = {}) {
  return function bind<M extends Consumer<T>>(
    _consumer: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void {
    const method = descriptor.value as M & { [subscriptions]?: Subscription[] };
    // The payload is parsed with the topic's schema before either function sees it.
    const subscription = { topic, ...options } as unknown as Subscription;
    Object.defineProperty(method, subscriptions, {
      value: [...(method[subscriptions] ?? []), subscription],
      configurable: true,
    });
  };
}

/** A method may stand on several topics. */
export function subscriptionsOf(method: unknown): readonly Subscription[] {
  if (typeof method !== 'function') return [];
  return (method as { [subscriptions]?: Subscription[] })[subscriptions] ?? [];
}
