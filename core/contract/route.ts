/** The HTTP contract: one object per route. Server, OpenAPI document and dashboard client all read the same object. */
import { z } from 'zod';
import type { Permission } from './permissions.ts';

export interface Route {
  /** `feature.verb`, unique: names the handler, the OpenAPI operation and the client method. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify style: `/api/connections/:connectionId`. */
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Success status; 200 unless told. */
  readonly status?: number;
  /** `json` unless told. `events` = Server-Sent Events whose data lines match `response`. */
  readonly streams?: 'events';
  /** Largest body in bytes; one mebibyte unless told. */
  readonly bodyLimitBytes?: number;
}

export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What the handler gets. */
export interface RouteInput<R extends Route> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: Out<R['body']>;
}
export type RouteOutput<R extends Route> = z.input<R['response']>;
export type RouteResult<R extends Route> = z.output<R['response']>;

/** List answers are pages: `nextCursor` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().nullable() });
}
export const pageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** RFC 9457 problem details, with the hub's code. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  instance: z.string().optional(),
});
export type Problem = z.output<typeof problem>;
