import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from './exchange.ts';

export function exchangeOf(request: FastifyRequest, reply: FastifyReply, draining: AbortSignal): Exchange {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const cookieOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  } as const;
  return {
    requestId: request.id,
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookies: request.cookies,
    get signal() {
      return AbortSignal.any([gone.signal, draining]);
    },
    setCookie: (name, value, { maxAgeSecs }) => {
      reply.setCookie(name, value, { ...cookieOptions, maxAge: maxAgeSecs });
    },
    clearCookie: (name) => {
      reply.clearCookie(name, cookieOptions);
    },
  };
}
