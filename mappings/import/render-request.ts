import { bodyOf } from './request-body.ts';
import type { ConnectionStep, RestConnection } from './rest-connection.ts';
import { authHeaders } from './request-auth.ts';
import { renderPairs, type RenderFault } from './request-parts.ts';
import { urlOf } from './request-url.ts';
import { parseCondition } from './template/parse.ts';
import { evaluateCondition, type Values } from './template/render.ts';

export interface RenderedRequest {
  readonly method: ConnectionStep['method'];
  readonly url: string;
  /** Names as written; values hold no control characters. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null;
}
export type Rendered =
  | { readonly ok: true; readonly request: RenderedRequest }
  | { readonly ok: false; readonly fault: RenderFault };

/** The request of one step. Total: what cannot be sent comes back as a fault. */
export function renderRequest(connection: RestConnection, step: ConnectionStep, values: Values): Rendered {
  const url = urlOf(connection, step, values);
  if (!url.ok) return url;
  const body = step.body === undefined ? null : bodyOf(step.body, values);
  const typed: [string, string][] = body === null ? [] : [['Content-Type', body.contentType]];
  const own = renderPairs([...connection.headers, ...step.headers], values);
  const headers = new Map<string, readonly [string, string]>();
  // What stands nearer to the step wins.
  for (const [name, value] of [...authHeaders(connection, values), ...typed, ...own]) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/u.test(name)) {
      return {
        ok: false,
        fault: { code: 'header.name', message: `"${name.slice(0, 60)}" cannot be a header's name.` },
      };
    }
    headers.set(name.toLowerCase(), [name, headerValue(value)]);
  }
  return {
    ok: true,
    request: { method: step.method, url: url.url, headers: [...headers.values()], body: body?.text ?? null },
  };
}

/** Whether the step makes its request at all. */
export function isSkipped(step: ConnectionStep, values: Values): boolean {
  return step.skipIf !== undefined && evaluateCondition(parseCondition(step.skipIf), values);
}

/** A value can never end its line; letters beyond ASCII travel as UTF-8. */
function headerValue(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not pass.
  const line = text.replace(/[\u0000-\u001f\u007f]+/gu, ' ').trim();
  return Buffer.from(line.toWellFormed(), 'utf8').toString('latin1');
}
