/**
 * The one error class that crosses floors. Connectors throw it, the engine decides by it, ops read it.
 *
 * The code list is closed: add a code here, its row in `core/connections/error-policy.ts` (what the engine does,
 * the sentence ops reads) and, if it reaches HTTP, its status in `core/platform/http/problem.ts`.
 */
export const hubErrorCodes = [
  'config.invalid',
  'auth.rejected',
  'auth.expired',
  'auth.required',
  'permission.denied',
  'link.lost',
  'remote.timeout',
  'remote.rateLimited',
  'remote.unavailable',
  'remote.rejected',
  'remote.garbled',
  'record.invalid',
  'record.conflict',
  'record.gone',
  'record.duplicate',
  'write.inDoubt',
  'webhook.unverified',
  'facet.unsupported',
  'input.invalid',
  'input.tooLarge',
  'resource.missing',
  'resource.conflict',
  'dictionary.invalid',
  'storage.unavailable',
  'shutdown.draining',
  'bug',
] as const;

export type HubErrorCode = (typeof hubErrorCodes)[number];

/** `never`: repeating cannot help. `soon`: repeat with back-off. `after`: repeat no earlier than `retryAfterMs`. */
export type Retry = 'never' | 'soon' | 'after';

/** What the failure is about: one record, the whole connection, or just this request. */
export type ErrorScope = 'record' | 'connection' | 'request';

export interface HubErrorOptions {
  retry?: Retry;
  /** Milliseconds the remote side asked us to wait; only with `retry: 'after'`. */
  retryAfterMs?: number;
  scope?: ErrorScope;
  /** The config or record field at fault, as a dotted path. */
  field?: string;
  cause?: unknown;
}

export class HubError extends Error {
  readonly code: HubErrorCode;
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;
  readonly scope: ErrorScope;
  readonly field: string | undefined;

  /** `message` says what failed, where, and how to mend it. It must never carry a secret or a whole payload. */
  constructor(code: HubErrorCode, message: string, options: HubErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HubError';
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.retryAfterMs = options.retryAfterMs;
    this.scope = options.scope ?? 'request';
    this.field = options.field;
  }
}

/** Narrows any thrown value: a `HubError` as it is, everything else wrapped as `bug`. */
export function asHubError(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HubError('bug', message, { cause: thrown });
}
