/** Reading requests and writing answers, faults included. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PeerFault } from './peer-faults.ts';
import { PeerProblem, invalidInput, missingScopes, notAuthenticated, rateLimited } from './peer-problems.ts';
import type { PeerRoute } from './peer-route.ts';

const BODY_LIMIT = 10 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT)
      throw new PeerProblem(413, { message: 'Request entity too large', category: 'VALIDATION_ERROR' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function readPayload(request: IncomingMessage, route: PeerRoute, body: string): unknown {
  if (body === '' && ['GET', 'DELETE', 'PUT'].includes(route.method)) return undefined;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (route.isForm === true) return Object.fromEntries(new URLSearchParams(body));
  if (type !== 'application/json')
    throw new PeerProblem(415, { message: 'HTTP 415 Unsupported Media Type', category: 'VALIDATION_ERROR' });
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw invalidInput('Invalid input JSON on line 1, column 1: not valid JSON');
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    ...(text === '' ? {} : { 'content-type': 'application/json;charset=utf-8' }),
  });
  response.end(text);
}

export function sendProblem(response: ServerResponse, thrown: unknown): void {
  const problem =
    thrown instanceof PeerProblem
      ? thrown
      : new PeerProblem(500, { message: 'internal error', category: 'INTERNAL_ERROR' });
  const correlationId = randomUUID();
  send(
    response,
    problem.status,
    { correlationId, ...problem.body },
    { ...problem.headers, 'x-hubspot-correlation-id': correlationId },
  );
}

export function showFault(fault: PeerFault, request: IncomingMessage, response: ServerResponse): void {
  const kind = fault.replace('After', '');
  const problem = faultProblems[kind];
  if (problem !== undefined) return sendProblem(response, problem());
  if (kind === 'reset' || kind === 'resetBefore') {
    request.socket.resetAndDestroy();
  } else if (kind === 'html') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
  } else if (kind === 'garbage') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"results": [{"id": ');
  } else if (kind === 'truncated') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"results": [');
    setTimeout(() => request.socket.destroy(), 5);
  }
}

const faultProblems: Readonly<Record<string, () => PeerProblem>> = {
  rateLimitDaily: () => rateLimited('DAILY'),
  rateLimitTenSecondly: () => rateLimited('TEN_SECONDLY_ROLLING', 7),
  rateLimitSecondly: () => rateLimited('SECONDLY'),
  unauthorized: notAuthenticated,
  forbidden: () => missingScopes(['crm.objects.contacts.write']),
  locked: () => new PeerProblem(423, { message: 'Resource is locked', category: 'LOCKED' }),
  migrating: () =>
    new PeerProblem(
      477,
      { message: 'Migration in progress', category: 'MIGRATION_IN_PROGRESS' },
      { 'retry-after': '3600' },
    ),
  serverError: () => new PeerProblem(500, { message: 'internal error', category: 'INTERNAL_ERROR' }),
  unavailable: () => new PeerProblem(503, { message: 'Service unavailable', category: 'INTERNAL_ERROR' }),
};
