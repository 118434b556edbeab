import type { FastifyInstance } from 'fastify';
import { HubError } from '#core/contract/errors.ts';

const usualPort = 7420;
const tries = 50;

/** Listens on the port that was asked for, or on the usual one or the next that is free. Answers the port. */
export async function listen(server: FastifyInstance, host: string, asked: number | undefined): Promise<number> {
  const last = asked ?? usualPort + tries;
  for (let port = asked ?? usualPort; ; port += 1) {
    try {
      await server.listen({ host, port });
      const address = server.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port < last) continue;
      throw new HubError('config.invalid', `The hub cannot listen on ${host} port ${port}: ${explain(code)}`, {
        cause,
      });
    }
  }
}

function explain(code: string | undefined): string {
  if (code === 'EADDRINUSE') return 'another program does already. Set TIELINE_PORT to a free one.';
  if (code === 'EACCES') return 'ports below 1024 need special rights. Set TIELINE_PORT to a higher one.';
  if (code === 'EADDRNOTAVAIL') return 'this machine has no such address. Correct TIELINE_HOST.';
  return `${code ?? 'unknown reason'}.`;
}
