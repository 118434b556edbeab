import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import { openSocket } from './framed-socket.ts';
import { testCertificate } from './testing/certificate.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(onConnect: (socket: net.Socket) => void): Promise<{ port: number; sockets: Set<net.Socket> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    onConnect(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, sockets };
}

const target = (port: number) => ({ host: '127.0.0.1', port, connectTimeoutMs: 5000 });

test('bytes arrive in order although every chunk is waited for', async () => {
  const sent = Array.from({ length: 2000 }, (_, n) => `line ${n}\n`).join('');
  const { port } = await serve((socket) => socket.end(sent));
  const socket = await openSocket(target(port), new AbortController().signal);
  let got = '';
  let busy = 0;
  socket.onBytes(async (chunk) => {
    expect(++busy).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    got += Buffer.from(chunk).toString();
    busy -= 1;
  });
  await expect(socket.gone).resolves.toMatchObject({ code: 'link.lost' });
  expect(got).toBe(sent);
});

test('a refused port names the field and leaves nothing', async () => {
  const { port } = await serve(() => undefined);
  for (const close of closers.splice(0)) await close();
  await expect(openSocket(target(port), new AbortController().signal)).rejects.toMatchObject({
    code: 'remote.unavailable',
    field: 'port',
  });
});

test('abort while connecting and while open', async () => {
  const { port, sockets } = await serve(() => undefined);
  const early = new AbortController();
  const opening = openSocket(target(port), early.signal);
  early.abort();
  await expect(opening).rejects.toMatchObject({ code: 'link.lost' });
  const late = new AbortController();
  const socket = await openSocket(target(port), late.signal);
  late.abort();
  await expect(socket.gone).resolves.toMatchObject({ code: 'link.lost' });
  await expect(socket.write('x')).rejects.toMatchObject({ code: 'link.lost' });
  await expect.poll(() => sockets.size).toBe(0);
});

test('a throwing listener ends the connection with its error', async () => {
  const { port } = await serve((socket) => socket.write('x'));
  const socket = await openSocket(target(port), new AbortController().signal);
  socket.onBytes(() => {
    throw new Error('bad frame');
  });
  await expect(socket.gone).resolves.toMatchObject({ message: 'bad frame' });
});

test('close flushes, is idempotent and frees the other side', async () => {
  let got = '';
  const { port, sockets } = await serve((socket) => socket.on('data', (chunk) => (got += chunk.toString())));
  const socket = await openSocket(target(port), new AbortController().signal);
  void socket.write('bye');
  await Promise.all([socket.close(), socket.close()]);
  await expect.poll(() => sockets.size).toBe(0);
  expect(got).toBe('bye');
});

test('a port that is not TLS is told apart', async () => {
  const { port } = await serve((socket) => socket.write('Asterisk Call Manager/11.0.0\r\n'));
  const opening = openSocket({ ...target(port), tls: { verify: false } }, new AbortController().signal);
  await expect(opening).rejects.toMatchObject({ code: 'remote.unavailable', field: 'port' });
});

test('TLS: an unknown certificate is refused with the field, trusted by its authority or by order', async () => {
  const server = tls.createServer(testCertificate, (socket) => socket.on('error', () => undefined).end('hello'));
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const open = (choice: { verify: boolean; ca?: string }) =>
    openSocket({ ...target(port), tls: choice }, new AbortController().signal);
  await expect(open({ verify: true })).rejects.toMatchObject({ code: 'remote.unavailable', field: 'verifyTls' });
  for (const choice of [{ verify: false }, { verify: true, ca: testCertificate.cert }]) {
    const socket = await open(choice);
    let got = '';
    socket.onBytes((chunk) => void (got += Buffer.from(chunk).toString()));
    await socket.gone;
    expect(got).toBe('hello');
  }
});

test('back-off grows, is capped and jittered', () => {
  const backoff = { baseMs: 500, capMs: 30_000 };
  expect([0, 1, 2, 3].map((n) => backoffMs(n, backoff, 0.9999))).toEqual([499, 999, 1999, 3999]);
  expect(backoffMs(1000, backoff, 0.9999)).toBe(29_997);
  expect(backoffMs(-3, backoff, 0)).toBe(0);
});
