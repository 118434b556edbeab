/** Serves the built dashboard. Asset names carry a hash, so browsers may keep them; every other path is a page of it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { missing } from './fastify-server.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const notBuilt = `<!doctype html><meta charset="utf-8"><title>Tieline</title>
<p>The hub is running, but its dashboard has not been built. Run <code>npm run build</code>, then start again.
<p>The API is described at <a href="/api/docs">/api/docs</a>.`;

export async function serveDashboard(scope: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(path.join(folder, 'index.html'));
  if (isBuilt) {
    await scope.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  }
  scope.route({
    method: [...methods],
    url: '/*',
    handler: async (request, reply) => {
      if (!wantsPage(request)) throw missing(request.url);
      if (!isBuilt) return reply.type('text/html; charset=utf-8').send(notBuilt);
      return sendFile(request.url.split('?')[0] ?? '/', folder, reply);
    },
  });
}

function wantsPage(request: FastifyRequest): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && !request.url.startsWith('/api/') && request.url !== '/api';
}

function sendFile(urlPath: string, folder: string, reply: FastifyReply): FastifyReply {
  const name = decodeURIComponent(urlPath).slice(1);
  if (!isFileName(name)) return reply.header('cache-control', 'no-cache').sendFile('index.html');
  if (!existsSync(path.join(folder, name))) throw missing(urlPath);
  const keep = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', keep).sendFile(name);
}

/** A last part with a dot is a file of the build; anything else is a place inside the dashboard. */
function isFileName(name: string): boolean {
  const parts = name.split(/[/\\]/);
  return !parts.includes('..') && /^[^.].*\.\w+$/.test(parts.at(-1) ?? '');
}
