/** Takes secrets out of what is about to be logged. Works on names, so a value nobody declared secret is still hidden. */
const secretName =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|passw|secret|token|api_?key|private_?key|credential|passphrase/i;
/** Names that match the pattern above but only count or name things. */
const harmlessName = /^(tokens?(Count|Used|Left)|secretsSet|fencingToken)$/;
const secretInText: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [hidden]'],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, '$1[hidden]@'],
];
const deepest = 6;

export function redact(record: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shown(name, value, depth)]));
}

function shown(name: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (secretName.test(name) && !harmlessName.test(name)) return '[hidden]';
  return redactValue(value, depth);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value;
  if (depth >= deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, depth + 1));
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  return redact(Object.fromEntries(Object.entries(value)), depth + 1);
}

/** Hides credentials inside free text: authorization values and passwords in URLs. */
export function redactText(text: string): string {
  return secretInText.reduce((shortened, [pattern, replacement]) => shortened.replace(pattern, replacement), text);
}
