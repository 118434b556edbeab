import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { isObject } from './path.ts';

/** How a file writes its values: as people write YAML, or as JSON. */
export type Style = 'yaml' | 'json';
export type Quote = 'single' | 'double' | null;

/** A value on one line: `{ to: x, steps: [trim] }`. It means the same wherever it is put. */
export function renderFlow(value: JsonValue, style: Style): string {
  if (Array.isArray(value)) return `[${value.map((item) => renderFlow(item, style)).join(', ')}]`;
  if (!isObject(value)) return renderScalar(value, style);
  const pairs = Object.entries(value).map(([key, item]) => renderPair(key, item, style));
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

export function renderPair(key: string, value: JsonValue, style: Style): string {
  return `${renderScalar(key, style)}: ${renderFlow(value, style)}`;
}

/** One key a line, each value on its line: for rules and tests among others written so. */
export function renderBlock(value: JsonObject, style: Style): string {
  return Object.entries(value)
    .map(([key, item]) => renderPair(key, item, style))
    .join('\n');
}

/** Words YAML 1.1 readers, and people, take for something else than text. */
const mistakable = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const plain = /^[\p{L}_$][\p{L}\p{N}_$./-]*(?: [\p{L}\p{N}_$./-]+)*$/u;
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** A quote the place already has is kept where it can be. */
export function renderScalar(value: string | number | boolean | null, style: Style, quote: Quote = null): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (style === 'json' || quote === 'double' || unprintable.test(value)) return doubleQuoted(value);
  if (quote === null && plain.test(value) && !mistakable.test(value)) return value;
  return `'${value.replaceAll("'", "''")}'`;
}

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
