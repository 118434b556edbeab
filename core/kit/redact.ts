/**
 * Takes secrets out of anything that is about to be logged, stored as an error or shown. Two nets: names that smell of
 * secrets, and the secret values themselves wherever they occur, also inside longer strings and in encoded form.
 */

/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Key names whose values are hidden whatever the config says. Compared without case, dashes and underscores. */
const secretNames =
  /^(?:.*(?:password|passwd|passphrase|secret|apikey|privatekey|signingkey)|(?:(?:access|refresh|bearer|auth|id|session|csrf|client|api|bot|webhook|personal)?token)|authorization|proxyauthorization|cookie|setcookie|credentials?|authdetail|pin)$/u;

/** True for a property or header name whose value must not be shown. */
export function isSecretName(name: string): boolean {
  return secretNames.test(name.toLowerCase().replaceAll(/[-_.\s]/gu, ''));
}

/** Shorter values are not searched inside strings: "a" would redact half of every sentence. */
const minSearched = 4;

/**
 * Builds a redactor for the secret values of one connection. The result takes any value and returns a copy of the same
 * shape, safe to print; errors become `{ name, message, stack, cause, … }`. Never throws, cycles become `[circular]`.
 *
 * @example const safe = createRedactor(['s3cret!']); safe({ url: 'http://x/?k=s3cret%21' })
 */
export function createRedactor(secrets: Iterable<string>): (value: unknown) => unknown {
  const needles = [...new Set([...secrets].filter((secret) => secret.length >= minSearched).flatMap(spellings))].sort(
    (a, b) => b.length - a.length,
  );
  const text = (value: string) => needles.reduce((rest, needle) => rest.replaceAll(needle, redacted), value);

  const visit = (value: unknown, path: readonly object[]): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value;
    if (path.includes(value)) return '[circular]';
    if (path.length > 12) return '[too deep]';
    return visitObject(value, [...path, value]);
  };

  const visitObject = (value: object, path: readonly object[]): unknown => {
    if (value instanceof Date || value instanceof RegExp) return value;
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.map((item) => visit(item, path));
    if (value instanceof Set) return Array.from(value, (item) => visit(item, path));
    return visitFields(value instanceof Map ? Object.fromEntries(value) : value, path);
  };

  const visitFields = (value: object, path: readonly object[]): Record<string, unknown> => {
    const copy: Record<string, unknown> = {};
    if (value instanceof Error) {
      copy['name'] = value.name;
      copy['message'] = text(value.message);
      if (value.stack !== undefined) copy['stack'] = text(value.stack);
      if (value.cause !== undefined) copy['cause'] = visit(value.cause, path);
    }
    for (const [key, item] of Object.entries(value)) {
      copy[text(key)] = isSecretName(key) && item !== null && item !== '' ? redacted : visit(item, path);
    }
    return copy;
  };

  return (value) => visit(value, []);
}

/** The ways a secret turns up in text: as it is, in a URL, in JSON, in Base64 (basic authentication aside). */
function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    encodeURIComponent(secret.toWellFormed()).replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replaceAll('=', ''),
  ].filter((spelling) => spelling.length >= minSearched);
}
