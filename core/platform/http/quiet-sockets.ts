/**
 * A server that closes waits for its connections. Node gives up those that are idle at that moment, but neither those
 * that never carried a request (browsers open some ahead of need) nor those that fall idle later.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Once the server closes, each connection ends as soon as no request of it is in hand. */
export function closeQuietSockets(server: FastifyInstance): void {
  const inHand = new Map<Socket, number>();
  let isClosing = false;
  const change = (socket: Socket, by: number): void => {
    const left = (inHand.get(socket) ?? 0) + by;
    inHand.set(socket, left);
    if (isClosing && left === 0) socket.end();
  };
  server.server.on('connection', (socket: Socket) => {
    socket.once('close', () => inHand.delete(socket));
    change(socket, 0);
  });
  server.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  server.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of inHand.keys()) change(socket, 0);
  });
}
