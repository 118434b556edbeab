/** The OpenAPI 3.1 document of the API, from the same route objects the server and the dashboard use. */
import { problem, type Route } from '#core/contract/route.ts';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

/** One instance, because an id may be registered once. */
const problemSchema = problem.meta({ id: 'Problem' });

const errorStatuses: Record<string, string> = {
  '400': 'The request is not valid; `errors` names the fields',
  '401': 'Not signed in, or the API key is not valid',
  '403': 'Signed in, but not allowed',
  '404': 'Not found',
  '409': 'Clashes with what is stored',
  '422': 'Well-formed, but refused; `code` says why',
  '503': 'Not available just now',
};

export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tieline',
      version,
      description:
        'The same API the dashboard uses. Errors are RFC 9457 problem details; `code` is stable, `detail` is for people.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(routes),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key made under Settings' },
        session: { type: 'apiKey', in: 'cookie', name: 'tieline_session', description: 'The dashboard after sign-in' },
      },
    },
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { id, summary, permission, params, query, body } = route;
  return {
    operationId: id,
    summary,
    tags: [tagOf(route)],
    ...(permission === 'public' ? { security: [] } : { security: [{ apiKey: [] }, { session: [] }] }),
    'x-permission': permission,
    ...((params ?? query) !== undefined && {
      requestParams: { ...(params && { path: params }), ...(query && { query }) },
    }),
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...successOf(route), ...failuresOf(route) },
  };
}

function successOf({ status = 200, response, streams, summary }: Route): ZodOpenApiOperationObject['responses'] {
  if (status === 204) return { [status]: { description: summary } };
  const type = streams === 'events' ? 'text/event-stream' : 'application/json';
  return { [status]: { description: summary, content: { [type]: { schema: response } } } };
}

function failuresOf({ permission }: Route): ZodOpenApiOperationObject['responses'] {
  const possible = Object.entries(errorStatuses).filter(
    ([status]) => permission !== 'public' || !['401', '403'].includes(status),
  );
  const content = { 'application/problem+json': { schema: problemSchema } };
  return Object.fromEntries(possible.map(([status, description]) => [status, { description, content }]));
}

function tagOf({ id }: Route): string {
  return id.split('.')[0] ?? id;
}

function tagsOf(routes: readonly Route[]): { name: string }[] {
  return [...new Set(routes.map(tagOf))].map((name) => ({ name }));
}
