/** Errors as RFC 9457 problem details. The only file that knows which HTTP status an error code has. */
import type { z } from 'zod';
import { asHubError, HubError, type HubErrorCode } from '#core/contract/errors.ts';
import type { Problem } from '#core/contract/route.ts';

const statuses: Record<HubErrorCode, readonly [status: number, title: string]> = {
  'config.invalid': [422, 'The configuration is not valid'],
  'auth.rejected': [401, 'The credentials were refused'],
  'auth.expired': [401, 'The credentials have expired'],
  'auth.required': [401, 'Sign in first'],
  'permission.denied': [403, 'Not allowed'],
  'link.lost': [503, 'The link to the other system is down'],
  'remote.timeout': [504, 'The other system did not answer in time'],
  'remote.rateLimited': [503, 'The other system asked to wait'],
  'remote.unavailable': [503, 'The other system is not available'],
  'remote.rejected': [502, 'The other system refused'],
  'remote.garbled': [502, 'The other system sent something unreadable'],
  'record.invalid': [422, 'The record is not valid'],
  'record.conflict': [409, 'The record was changed meanwhile'],
  'record.gone': [410, 'The record is gone'],
  'record.duplicate': [409, 'The record exists already'],
  'write.inDoubt': [409, 'It is not known whether the write arrived'],
  'webhook.unverified': [401, 'The delivery could not be verified'],
  'facet.unsupported': [422, 'This system cannot do that'],
  'input.invalid': [400, 'The request is not valid'],
  'input.tooLarge': [413, 'The request is too large'],
  'resource.missing': [404, 'Not found'],
  'resource.conflict': [409, 'This clashes with what is stored'],
  'dictionary.invalid': [422, 'The dictionary is not valid'],
  'storage.unavailable': [503, 'The database is not available'],
  'shutdown.draining': [503, 'The hub is stopping'],
  bug: [500, 'Something went wrong inside the hub'],
};

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** A request that does not match its route's schemas, with every fault and not only the first. */
export class InputError extends HubError {
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly FieldFault[]) {
    const [first] = faults;
    super('input.invalid', faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '), {
      ...(first !== undefined && { field: first.field }),
    });
    this.faults = faults;
  }
}

export interface ProblemReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

export function problemReply(thrown: unknown, requestId: string): ProblemReply {
  const error = fromFramework(thrown) ?? asHubError(thrown);
  const [status, title] = statusOf(error);
  const faults = error instanceof InputError ? error.faults : faultOf(error);
  return {
    status,
    headers: {
      ...(error.retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }),
    },
    body: {
      type: 'about:blank',
      title,
      status,
      // The message of a bug may quote anything, so it stays in the log.
      detail: error.code === 'bug' ? `The log has the details under request ${requestId}.` : error.message,
      code: error.code,
      ...(faults.length > 0 && { errors: [...faults] }),
      instance: requestId,
    },
  };
}

function statusOf(error: HubError): readonly [number, string] {
  const row = statuses[error.code];
  // 401 would tell the browser that *its* session is over; here the other system's credentials are wrong.
  if (error.scope === 'connection' && row[0] === 401) return [422, row[1]];
  if (error.scope === 'request' && error.code === 'remote.rateLimited') return [429, 'Too many requests'];
  return row;
}

function faultOf(error: HubError): readonly FieldFault[] {
  return error.field === undefined ? [] : [{ field: error.field, message: error.message }];
}

/** Fastify's own refusals carry a `FST_` code and a status. */
function fromFramework(thrown: unknown): HubError | null {
  if (!(thrown instanceof Error) || thrown instanceof HubError) return null;
  const { statusCode, code } = thrown as { statusCode?: unknown; code?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new HubError('input.tooLarge', 'The body is larger than this address takes.');
  }
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return null;
  return new HubError('input.invalid', thrown.message);
}

/** Zod's issues as field faults; body fields stand bare, so a form can show each beside its input. */
export function faultsOf(error: z.ZodError, part: 'params' | 'query' | 'body'): FieldFault[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const field = part === 'body' ? path : [part, path].filter(Boolean).join('.');
    return { field, message: issue.message };
  });
}
