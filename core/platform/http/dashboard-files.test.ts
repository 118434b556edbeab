import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveDashboard } from './dashboard-files.ts';
import { problemReply } from './problem.ts';

const outer = mkdtempSync(path.join(os.tmpdir(), 'tieline-dashboard-'));
const folder = path.join(outer, 'built');
let server: FastifyInstance;

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<title>page</title>');
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'assets', 'app-1a2b.js'), 'export {}');
  writeFileSync(path.join(outer, 'secret.txt'), 'canary');
  server = fastify();
  server.setErrorHandler((error, request, reply) => {
    const { status, body } = problemReply(error, request.id);
    return reply.code(status).send(body);
  });
  await serveDashboard(server, folder);
});
afterAll(async () => {
  await server.close();
  rmSync(outer, { recursive: true });
});

const get = (url: string) => server.inject({ method: 'GET', url });

test('assets are kept by browsers for good, pages are asked for every time', async () => {
  const asset = await get('/assets/app-1a2b.js');
  expect([asset.statusCode, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  for (const place of ['/', '/interactions/0190-abc', '/desk?x=1', '/settings/v1.2/']) {
    const page = await get(place);
    expect([place, page.statusCode, page.headers['cache-control'], page.body]).toEqual([
      place,
      200,
      'no-cache',
      '<title>page</title>',
    ]);
  }
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test('a missing file is missing, not a page, and nothing outside the folder is given away', async () => {
  expect((await get('/assets/app-old.js')).statusCode).toBe(404);
  for (const url of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/%00secret.txt',
    '/%',
  ]) {
    expect((await get(url)).body).not.toContain('canary');
  }
});

test('only reading gets a page', async () => {
  expect((await server.inject({ method: 'POST', url: '/desk' })).statusCode).toBe(404);
  expect((await get('/api/unknown')).statusCode).toBe(404);
  expect((await server.inject({ method: 'HEAD', url: '/desk' })).statusCode).toBe(200);
});
