import { authQuery } from './request-auth.ts';
import { renderPairs, type RenderFault } from './request-parts.ts';
import type { ConnectionStep, RestConnection } from './rest-connection.ts';
import { parseTemplate } from './template/parse.ts';
import { type Escape, renderTemplate, type Values } from './template/render.ts';

type UrlResult = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly fault: RenderFault };

/** The address of a step's request: every inserted value stays inside the part of the URL it was put into. */
export function urlOf(connection: RestConnection, step: ConnectionStep, values: Values): UrlResult {
  const faults: RenderFault[] = [];
  const escape = escapeInUrl(faults);
  const isRelative = step.url.startsWith('/') && connection.baseUrl !== null;
  const base = isRelative ? renderTemplate(parseTemplate(connection.baseUrl ?? ''), values, escape) : '';
  const head = base.replace(/\/+$/u, '');
  const url = head + renderTemplate(parseTemplate(step.url), values, escape, head);
  const [fault] = faults;
  if (fault !== undefined) return { ok: false, fault };
  const query = [...renderPairs(step.query, values), ...authQuery(connection, values)].map(
    ([name, value]) => `${encode(name)}=${encode(value)}`,
  );
  return checked(withQuery(url, query.join('&')));
}

function withQuery(url: string, query: string): string {
  if (query === '') return url;
  const [address = '', ...fragment] = url.split('#');
  const mark = address.includes('?') ? (/[?&]$/u.test(address) ? '' : '&') : '?';
  return [address + mark + query, ...fragment].join('#');
}

/** What an inserted value may be depends on how much of the URL stands before it. */
function escapeInUrl(faults: RenderFault[]): Escape {
  const refuse = (code: RenderFault['code'], message: string): string => {
    faults.push({ code, message });
    return '';
  };
  return (text, soFar, origin) => {
    if (soFar === '') {
      if (/^https?:\/\/[^\s\\]+$/iu.test(text)) return text;
      return refuse('url.address', `"${text.slice(0, 60)}" is not an http:// or https:// address.`);
    }
    if (/^https?:\/\/[^/?#]*$/iu.test(soFar)) {
      if (/^[\w.-]*(?::\d{1,5})?$/u.test(text)) return text;
      return refuse('url.address', `"${text.slice(0, 60)}" cannot be part of a host name.`);
    }
    if (/[?#]/u.test(soFar)) return encode(text);
    // A setting may hold several steps of a path; what a caller or an answer says stays one.
    return origin === 'config' ? text.split('/').map(encode).join('/') : encode(text);
  };
}

function checked(url: string): UrlResult {
  const [path = ''] = url.split(/[?#]/u);
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/iu.test(path)) {
    return { ok: false, fault: { code: 'url.path', message: 'A "." or ".." would leave the path it stands in.' } };
  }
  const isHttp = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/iu.test(url) && URL.canParse(url);
  // eslint-disable-next-line no-control-regex -- a URL with one is no URL.
  if (isHttp && !/[\s\u0000-\u001f\u007f\\]/u.test(url)) return { ok: true, url };
  const message = `"${url.slice(0, 80)}" is not an http:// or https:// address without user name and password.`;
  return { ok: false, fault: { code: 'url.invalid', message } };
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
