/** `/api/openapi.json`, and `/api/docs` that shows it without anything from elsewhere. Built at the first request. */
import type { FastifyInstance } from 'fastify';
import type { Route } from '#core/contract/route.ts';

export function addApiDescription(scope: FastifyInstance, routes: readonly Route[], version: string): void {
  let text: Promise<string> | null = null;
  const document = (): Promise<string> => {
    text ??= import('./openapi.ts').then(({ openApiDocument }) => JSON.stringify(openApiDocument(routes, version)));
    return text;
  };
  let page: Promise<string> | null = null;
  scope.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(await document()));
  scope.get('/api/docs', async (_request, reply) => {
    page ??= Promise.all([document(), import('./api-page.ts')]).then(([json, { apiPage }]) =>
      apiPage(JSON.parse(json)),
    );
    return reply.type('text/html; charset=utf-8').send(await page);
  });
}
