/**
 * HTTP for connectors: one deadline per request over everything, an abort signal, a cap on the response, no redirects
 * that would carry credentials elsewhere, and every failure as a `HubError`. axios is loaded at the first request.
 */
import { HubError, type HubErrorCode, type Retry } from '#core/contract/errors.ts';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, or relative to `baseUrl`. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects go as JSON; strings and bytes as they are (set `content-type`). */
  readonly body?: unknown;
  /** Over connecting, sending and reading, in milliseconds. Default: the client's. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Parsed JSON; throws `remote.garbled` when the body is not JSON. Check its shape with zod. */
  json(): unknown;
}

export interface HttpClientOptions {
  readonly baseUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 15 000. */
  readonly timeoutMs?: number;
  /** Default 10 MiB. */
  readonly maxResponseBytes?: number;
  /** Config field an `auth.rejected` names, like `accessToken`. */
  readonly credentialField?: string;
  /** Config field an unreachable host names. Default `baseUrl`. */
  readonly addressField?: string;
  /** Epoch milliseconds; reads HTTP dates of `Retry-After`. */
  now(): number;
}

export interface HttpClient {
  /** Answers for 2xx; every other status, and every failure on the way, is a `HubError`. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** Builds a client; cheap, opens nothing. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return { send: (request) => send(request, options) };
}

async function send(request: HttpRequest, options: HttpClientOptions): Promise<HttpAnswer> {
  const { default: axios } = await import('axios');
  const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? 15_000;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  const config: AxiosRequestConfig = {
    method: request.method,
    url: request.url,
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
    headers: { ...options.headers, ...request.headers },
    params: request.query,
    data: request.body,
    signal,
    maxRedirects: 0,
    maxContentLength: options.maxResponseBytes ?? 10_485_760,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  };
  let response: AxiosResponse<unknown>;
  try {
    response = await axios.request<unknown>(config);
  } catch (error) {
    throw networkError(error, { timedOut: deadline.aborted, timeoutMs, what: label(request) }, options);
  }
  const answer = toAnswer(response, label(request));
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw statusError(answer.status, answer.headers['retry-after'], { what: label(request), ...options });
}

/** Method and path, without query and host: those may hold secrets or personal data. */
const label = (request: HttpRequest) =>
  `${request.method} ${request.url.replace(/^\w+:\/\/[^/]*/u, '').replace(/[?#].*$/u, '')}`;

function toAnswer(response: AxiosResponse<unknown>, what: string): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
  const text = typeof response.data === 'string' ? response.data : '';
  return { status: response.status, headers, text, json: () => parseJson(text, what) };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HubError('remote.garbled', `${what} answered something that is not JSON (${text.length} characters).`, {
      retry: 'soon',
    });
  }
}

interface StatusMeaning {
  readonly code: HubErrorCode;
  readonly retry: Retry;
  readonly words: string;
  readonly connection?: true;
}
const meanings: Readonly<Record<number, StatusMeaning>> = {
  401: { code: 'auth.rejected', retry: 'never', words: 'the credentials were refused', connection: true },
  403: { code: 'permission.denied', retry: 'never', words: 'these credentials lack the permission' },
  404: { code: 'resource.missing', retry: 'never', words: 'there is no such thing' },
  408: { code: 'remote.timeout', retry: 'soon', words: 'the other side gave up waiting' },
  409: { code: 'resource.conflict', retry: 'never', words: 'it collides with what is there' },
  410: { code: 'record.gone', retry: 'never', words: 'it was deleted' },
  413: { code: 'input.tooLarge', retry: 'never', words: 'the request is too large' },
  423: { code: 'remote.unavailable', retry: 'soon', words: 'it is locked' },
  429: { code: 'remote.rateLimited', retry: 'soon', words: 'too many requests', connection: true },
  504: { code: 'remote.timeout', retry: 'soon', words: 'its back end did not answer in time' },
};

/** What an HTTP status means to the hub. For connectors whose SDK brings its own transport. */
export function statusError(
  status: number,
  retryAfter: string | null | undefined,
  context: { readonly what: string; readonly credentialField?: string; now(): number },
): HubError {
  const fallback: StatusMeaning =
    status >= 500
      ? { code: 'remote.unavailable', retry: 'soon', words: 'the other side has a fault', connection: true }
      : { code: 'remote.rejected', retry: 'never', words: 'the other side refused it' };
  const meaning = meanings[status] ?? fallback;
  const waitMs = meaning.retry === 'soon' ? retryAfterMs(retryAfter, context.now()) : undefined;
  return new HubError(meaning.code, `${context.what} was answered with ${status}: ${meaning.words}.`, {
    retry: waitMs === undefined ? meaning.retry : 'after',
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    scope: meaning.connection === true ? 'connection' : 'request',
    ...(status === 401 && context.credentialField !== undefined ? { field: context.credentialField } : {}),
  });
}

/** Milliseconds of a `Retry-After` header: seconds or an HTTP date (RFC 9110 §10.2.3). At most one day. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const waitMs = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(waitMs) && text !== '' ? Math.min(Math.max(0, Math.round(waitMs)), 86_400_000) : undefined;
}

/** True when a failed request may still have had its effect: a write must then be looked up before it is repeated. */
export function mayHaveArrived(error: HubError): boolean {
  return ['remote.timeout', 'link.lost', 'remote.garbled'].includes(error.code);
}

const neverArrived = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

function networkError(
  thrown: unknown,
  request: { timedOut: boolean; timeoutMs: number; what: string },
  options: HttpClientOptions,
): HubError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const { what } = request;
  if (request.timedOut) {
    return new HubError('remote.timeout', `${what} was not answered in ${request.timeoutMs} ms.`, { retry: 'soon' });
  }
  if (code === 'ERR_CANCELED') return new HubError('link.lost', `${what} was given up by the hub.`, { retry: 'soon' });
  if (neverArrived.has(code) || /CERT|SIGNED|^ERR_TLS|^ERR_SSL/u.test(code)) {
    return new HubError(
      'remote.unavailable',
      `${what} could not be sent (${code}). Check the address and the network.`,
      {
        retry: 'soon',
        scope: 'connection',
        field: options.addressField ?? 'baseUrl',
      },
    );
  }
  if (code === 'ERR_BAD_RESPONSE' || code.startsWith('HPE_')) {
    return new HubError('remote.garbled', `${what} was answered with something unreadable or too large.`, {
      retry: 'soon',
    });
  }
  // The thrown error is left out on purpose: axios keeps headers and body of the request on it.
  return new HubError('link.lost', `${what} broke off${code === '' ? '' : ` (${code})`}.`, { retry: 'soon' });
}
