/**
 * Mounts every `@Handles` method on Fastify.
 *
 * Nest wires the controllers, but the routes go to Fastify directly: so the actor is known before a body is read, each
 * route has its own body limit, and the contract's route object alone decides what is checked, allowed and answered.
 */
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Permission } from '#core/contract/permissions.ts';
import type { Route } from '#core/contract/route.ts';
import { methodsOf } from '../discovered-methods.service.ts';
import { LOG, type Log } from '../log/log.ts';
import { METRICS, type Metrics } from '../metrics/metrics.ts';
import { anonymousActor, assertAllowed, AUTHENTICATOR, type Authenticator } from './authenticator.ts';
import { pumpEvents } from './event-stream.ts';
import { exchangeOf } from './fastify-exchange.ts';
import { routeOf, type BoundHandler, type StreamEvent } from './handles.ts';
import { problemReply } from './problem.ts';
import { readInput } from './route-input.ts';
import { assertEachRouteOnce } from './route-check.ts';

export const mebibyte = 1024 * 1024;
const heartbeatMs = 15_000;

interface BoundRoute {
  readonly route: Route;
  readonly handler: BoundHandler;
}

@Injectable()
export class HttpHost {
  readonly #seconds;
  readonly #draining = new AbortController();
  readonly #actors = new WeakMap<FastifyRequest, Actor>();
  #authenticator: Authenticator | null = null;
  #bound: readonly BoundRoute[] = [];

  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(LOG) private readonly log: Log,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.#seconds = metrics.histogram('tieline_http_request_seconds', 'Time to answer', ['route', 'status']);
  }

  /** Finds the handlers; refuses when a route of the contract has none or two. */
  bind(contract: readonly Route[]): void {
    this.#authenticator = this.#findAuthenticator();
    this.#bound = this.#boundRoutes();
    assertEachRouteOnce(
      contract,
      this.#bound.map(({ route }) => route),
    );
  }

  mount(scope: FastifyInstance): void {
    for (const { route, handler } of this.#bound) this.#mountRoute(scope, route, handler);
  }

  /** Ends event streams and refuses new requests, so that open connections can finish. */
  drain(): void {
    this.#draining.abort();
  }

  get isDraining(): boolean {
    return this.#draining.signal.aborted;
  }

  sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
    const { status, headers, body } = problemReply(thrown, request.id);
    if (status === 500) this.log.error({ err: thrown, requestId: request.id, url: request.url }, 'Request failed');
    return reply.code(status).headers(headers).type('application/problem+json').send(JSON.stringify(body));
  }

  /** For addresses outside the contract: whether the request's credentials carry a permission. */
  async may(request: FastifyRequest, permission: Permission): Promise<boolean> {
    return (await this.#actorOf(request)).permissions.includes(permission);
  }

  #boundRoutes(): BoundRoute[] {
    return methodsOf(this.discovery).flatMap(({ instance, method }) => {
      const route = routeOf(method);
      return route === undefined ? [] : [{ route, handler: method.bind(instance) as BoundHandler }];
    });
  }

  #mountRoute(scope: FastifyInstance, route: Route, handler: BoundHandler): void {
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimitBytes ?? mebibyte,
      exposeHeadRoute: false,
      onRequest: async (request) => this.#admit(request, route),
      handler: async (request, reply) => this.#answer(route, handler, { request, reply }),
      onResponse: async (_request, reply) => {
        this.#seconds.observe({ route: route.id, status: reply.statusCode }, reply.elapsedTime / 1000);
      },
    });
  }

  async #admit(request: FastifyRequest, route: Route): Promise<void> {
    if (this.isDraining) throw new HubError('shutdown.draining', 'The hub is stopping; try again in a moment.');
    const actor = await this.#actorOf(request);
    assertAllowed(actor, route.permission);
    this.#actors.set(request, actor);
  }

  async #actorOf({ headers, cookies, ip }: FastifyRequest): Promise<Actor> {
    return (await this.#authenticator?.authenticate({ headers, cookies, ip })) ?? anonymousActor;
  }

  /** Without one, nobody gets past the public routes. */
  #findAuthenticator(): Authenticator | null {
    try {
      return this.modules.get<Authenticator>(AUTHENTICATOR, { strict: false });
    } catch {
      this.log.warn('No module provides AUTHENTICATOR: only public routes will answer');
      return null;
    }
  }

  async #answer(
    route: Route,
    handler: BoundHandler,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<unknown> {
    const { params, query, body, headers } = request;
    const lastEventId = headers['last-event-id'];
    const input = readInput(route, { params, query, body, lastEventId: lastEventId?.toString() });
    const actor = this.#actors.get(request) ?? anonymousActor;
    const exchange = exchangeOf(request, reply, this.#draining.signal);
    const answer = await handler(input, actor, exchange);
    if (route.streams === 'events') {
      return this.#stream(route, answer as AsyncIterable<StreamEvent<unknown>>, { request, reply, exchange });
    }
    // Parsing the answer keeps members the contract does not name (password hashes, sealed secrets) inside.
    const shaped = route.response.parse(answer);
    reply.code(route.status ?? 200);
    if (shaped === null) return reply.send();
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(shaped));
  }

  async #stream(
    route: Route,
    events: AsyncIterable<StreamEvent<unknown>>,
    { request, reply, exchange }: { request: FastifyRequest; reply: FastifyReply; exchange: { signal: AbortSignal } },
  ): Promise<FastifyReply> {
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    await pumpEvents(events, reply.raw, {
      heartbeatMs,
      signal: exchange.signal,
      shape: (data) => route.response.parse(data),
      describe: (thrown) => {
        this.log.error({ err: thrown, requestId: request.id, route: route.id }, 'Event stream failed');
        return problemReply(thrown, request.id).body;
      },
    });
    return reply;
  }
}
