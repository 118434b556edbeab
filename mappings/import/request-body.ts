import type { JsonValue } from '#core/contract/json.ts';
import { applies, renderPairs, renderPlain } from './request-parts.ts';
import type { JsonPart, RequestBody } from './rest-connection.ts';
import { numberOf } from './template/filters.ts';
import { parseTemplate } from './template/parse.ts';
import { type Escape, renderTemplate, type Values } from './template/render.ts';

export interface RenderedBody {
  readonly contentType: string;
  readonly text: string;
}

const escapes: Readonly<Record<'json' | 'xml' | 'form' | 'none', Escape>> = {
  json: (text) => JSON.stringify(text.toWellFormed()).slice(1, -1),
  xml: (text) => text.replace(/[&<>"']/gu, (mark) => `&#${mark.charCodeAt(0)};`),
  form: (text) => encodeURIComponent(text.toWellFormed()),
  none: (text) => text,
};

export function bodyOf(body: RequestBody, values: Values): RenderedBody {
  if (body.kind === 'json') {
    return { contentType: 'application/json', text: JSON.stringify(jsonOf(body.of, values)) };
  }
  if (body.kind === 'form') {
    const pairs = renderPairs(body.pairs, values);
    return { contentType: 'application/x-www-form-urlencoded', text: new URLSearchParams(pairs).toString() };
  }
  const text = renderTemplate(parseTemplate(body.text), values, escapes[body.escape]);
  return { contentType: body.contentType, text };
}

function jsonOf(part: JsonPart, values: Values): JsonValue {
  if (part.object !== undefined) {
    const present = part.object.filter((each) => applies(each, values));
    // Not an assignment by name: a field may be called anything.
    return Object.fromEntries(present.map((each) => [each.key ?? '', jsonOf(each, values)]));
  }
  if (part.array !== undefined) {
    return part.array.filter((each) => applies(each, values)).map((each) => jsonOf(each, values));
  }
  return leafOf(part, values);
}

function leafOf(part: JsonPart, values: Values): JsonValue {
  const rendered = renderPlain(part.value ?? '', values);
  if (part.type === 'number') return exactNumber(rendered);
  if (part.type === 'boolean') return rendered === '' ? null : rendered.toLowerCase() === 'true' || rendered === '1';
  return rendered;
}

/** A whole number of more digits than a number can hold stays a text. */
function exactNumber(text: string): number | string | null {
  const number = numberOf(text);
  if (number === null || !/^\s*-?\d+\s*$/u.test(text)) return number;
  return Number.isSafeInteger(number) ? number : text.trim();
}
