/** Typed calls of the hub's routes: the route object gives method, path and the schema the answer must match. */
import { problem, type Problem, type Route, type RouteResult } from '#core/contract/route.ts';
import type { z } from 'zod';
import { ProblemError } from './problem-error.ts';
import { requestPath, type CallInput } from './request.ts';
import { noteServerDate } from './server-clock.ts';

export async function call<R extends Route>(
  route: R,
  input: CallInput<R>,
  signal?: AbortSignal,
): Promise<RouteResult<R>> {
  const response = await send(route, input as object, signal);
  noteServerDate(response.headers.get('date'), Date.now());
  const body = await readBody(response);
  if (!response.ok) throw new ProblemError(asProblemBody(response, body));
  return parseAnswer(route, body);
}

async function send(route: Route, input: object, signal: AbortSignal | undefined): Promise<Response> {
  const body = 'body' in input ? JSON.stringify(input.body) : undefined;
  try {
    return await fetch(requestPath(route, input), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw new ProblemError(
      { type: 'about:blank', title: route.id, status: 0, detail: String(thrown), code: 'link.lost' },
      { cause: thrown },
    );
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function asProblemBody(response: Response, body: unknown): Problem {
  const parsed = problem.safeParse(body);
  if (parsed.success) return parsed.data;
  const detail = typeof body === 'string' && body !== '' ? body.slice(0, 300) : response.statusText;
  return { type: 'about:blank', title: response.statusText, status: response.status, detail, code: 'remote.garbled' };
}

function parseAnswer<R extends Route>(route: R, body: unknown): RouteResult<R> {
  const parsed = route.response.safeParse(body);
  if (parsed.success) return parsed.data as RouteResult<R>;
  const issue = firstIssue(parsed.error);
  throw new ProblemError(
    { type: 'about:blank', title: route.id, status: 200, detail: `${route.id}: ${issue}`, code: 'remote.garbled' },
    { cause: parsed.error },
  );
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
}
