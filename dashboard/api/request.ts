import type { Route } from '#core/contract/route.ts';
import type { z } from 'zod';

type Part<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? { readonly [P in K]: z.input<S> }
  : unknown;
type Query<R> = R extends { readonly query: infer S extends z.ZodType } ? { readonly query?: z.input<S> } : unknown;

/** What a screen gives to call a route: only the parts the route has. */
export type CallInput<R extends Route> = Part<R, 'params'> & Part<R, 'body'> & Query<R>;

type Plain = string | number | boolean;
interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Plain | null | undefined>>;
  readonly body?: unknown;
}

/** Fills the path's `:names` and appends the query; empty values are left out. */
export function requestPath(route: Route, parts: Parts): string {
  const path = route.path.replaceAll(/:(\w+)/gu, (_, name: string) => encodeURIComponent(parts.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value === undefined || value === null || value === '') continue;
    query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
