/** Binds a controller method to a route of the contract. Everything HTTP hangs on that route object. */
import type { Actor } from '#core/contract/actor.ts';
import type { Route, RouteInput, RouteOutput } from '#core/contract/route.ts';
import type { Exchange } from './exchange.ts';

/** One Server-Sent Event. `id` is what a reconnecting browser sends back, and reaches the handler as `query.cursor`. */
export interface StreamEvent<T> {
  readonly id?: string;
  readonly data: T;
}

type Answer<R extends Route> = R extends { streams: 'events' }
  ? AsyncIterable<StreamEvent<RouteOutput<R>>>
  : RouteOutput<R>;

/**
 * A controller method: checked input in, contract answer out. Throw `HubError` to refuse. An event stream ends its
 * iterable when `exchange.signal` aborts, which happens when the client goes or the hub drains.
 */
export type RouteHandler<R extends Route> = (
  input: RouteInput<R>,
  actor: Actor,
  exchange: Exchange,
) => Answer<R> | Promise<Answer<R>>;

export type BoundHandler = (input: unknown, actor: Actor, exchange: Exchange) => unknown;

const handledRoute = Symbol('handledRoute');

export function Handles<const R extends Route>(route: R) {
  return function bind<M extends RouteHandler<R>>(
    _controller: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void {
    Object.defineProperty(descriptor.value, handledRoute, { value: route });
  };
}

/** The route a method was bound to, if it was. */
export function routeOf(method: unknown): Route | undefined {
  if (typeof method !== 'function') return undefined;
  return (method as { [handledRoute]?: Route })[handledRoute];
}
