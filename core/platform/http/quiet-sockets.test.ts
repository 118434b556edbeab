import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { readEnvironment } from '../environment.ts';
import { createFastify } from './fastify-server.ts';

test('a connection without a request does not hold up the end, one with a request in hand does', async () => {
  const server = createFastify(readEnvironment({}, '/'));
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  server.get('/', async () => {
    asked.resolve();
    return answer.promise;
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  silent.resume();
  await once(silent, 'connect');
  const reading = fetch(url).then((response) => response.text());
  await asked.promise;

  const closing = server.close();
  await once(silent, 'close');
  answer.resolve('done');
  expect(await reading).toBe('done');
  await closing;
});
