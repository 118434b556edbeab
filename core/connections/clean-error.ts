/** Vendor errors quote requests, and requests carry credentials: nothing leaves this folder before it went through here. */
import { asHubError, HubError } from '#core/contract/errors.ts';
import { createRedactor } from '#core/kit/redact.ts';

/** Takes the secrets of one connection out of a text. */
export type Hide = (text: string) => string;

export function hiderOf(secrets: readonly string[]): Hide {
  if (secrets.length === 0) return (text) => text;
  const redact = createRedactor(secrets);
  return (text) => String(redact(text));
}

/** More members than this are not worth reading; a cause that large is dropped unread. */
const mostMembers = 2_000;

/** Any thrown value as a `HubError` whose message and causes are free of the connection's secrets. */
export function cleanError(thrown: unknown, hide: Hide): HubError {
  const error = asHubError(thrown);
  const message = hide(error.message);
  if (message === error.message && isClean(error, hide)) return error;
  const { code, retry, retryAfterMs, scope, field } = error;
  return new HubError(code, message, {
    retry,
    scope,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(field !== undefined && { field }),
  });
}

/** Looks at all a log line could print of an error: messages, stacks, own members such as a request's headers. */
function isClean(error: HubError, hide: Hide): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [error.cause, error.stack];
  while (waiting.length > 0) {
    if (waiting.length + seen.size > mostMembers) return false;
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (hide(value) !== value) return false;
    } else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      if (value instanceof Error) waiting.push(value.message, value.stack, value.cause);
      if (Buffer.isBuffer(value)) waiting.push(value.toString('latin1'));
      else waiting.push(...Object.values(value));
    }
  }
  return true;
}
