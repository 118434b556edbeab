/** The Fastify instance under the hub and what holds for every address on it. */
import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import { fastify, type FastifyInstance } from 'fastify';
import { HubError } from '#core/contract/errors.ts';
import type { Environment } from '../environment.ts';
import { closeQuietSockets } from './quiet-sockets.ts';
import { assertHonest } from './request-shield.ts';
import { securityHeaders } from './security-headers.ts';
import type { HttpHost } from './http-host.service.ts';

export function createFastify(environment: Environment): FastifyInstance {
  const server = fastify({
    logger: false,
    trustProxy: environment.trustProxy,
    genReqId: () => randomUUID(),
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
  });
  closeQuietSockets(server);
  return server;
}

/**
 * Registers the hub's addresses in a scope of their own, so that its error handler and hooks do not meet Nest's. The
 * catch-all at the end belongs to the scope too: no request passes by the shield.
 */
export function registerAddresses(
  server: FastifyInstance,
  host: HttpHost,
  environment: Environment,
  add: (scope: FastifyInstance) => Promise<void>,
): void {
  void server.register(async (scope) => {
    await scope.register(fastifyCookie);
    useForgivingJson(scope);
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers(securityHeaders);
      if (host.isDraining) reply.header('connection', 'close');
      assertHonest(request.method, request.headers, {
        listenHost: environment.host,
        publicUrl: environment.publicUrl,
      });
    });
    scope.addHook('onSend', async (request, reply) => {
      if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
        reply.header('cache-control', 'no-store');
      }
    });
    scope.setErrorHandler((error, request, reply) => host.sendProblem(request, reply, error));
    await add(scope);
  });
}

/** An empty body counts as none; keys that would reach a prototype are refused. */
function useForgivingJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.length === 0) done(null);
    else void parse(request, text.toString(), done);
  });
}

export function missing(url: string): HubError {
  return new HubError('resource.missing', `There is nothing at ${url.split('?')[0]}.`);
}
