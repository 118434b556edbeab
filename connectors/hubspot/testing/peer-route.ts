/** What a path of the fake API is, and the helpers its handlers share. */
import { z } from 'zod';
import type { PeerObjects } from './peer-objects.ts';
import { PeerProblem, invalidInput } from './peer-problems.ts';
import { objectTypeIds, peerObjectTypes } from './peer-schema.ts';
import type { PeerStore } from './peer-store.ts';

export interface PeerRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
export interface PeerAnswer {
  readonly status: number;
  readonly body?: unknown;
}
export interface PeerAccount {
  readonly store: PeerStore;
  readonly objects: PeerObjects;
  readonly owners: readonly {
    readonly id: string;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
  }[];
  readonly portalId: number;
  readonly appUrl: string;
  readonly token: string;
  readonly scopes: ReadonlySet<string>;
  readonly now: () => number;
}
export interface PeerRoute {
  readonly method: string;
  readonly path: string;
  readonly scopes?: (params: Readonly<Record<string, string>>) => readonly string[];
  /** `none`: no token needed. `developer`: an app developer's login, which a private-app token is not. */
  readonly auth?: 'none' | 'developer';
  readonly isSearch?: boolean;
  readonly isForm?: boolean;
  handle(account: PeerAccount, request: PeerRequest): PeerAnswer;
}

const BATCH_LIMIT = 100;

/** Engagements ride on the contacts scopes; see the scopes page of the developer documentation. */
export const scopeOf = (verb: 'read' | 'write') => (params: Readonly<Record<string, string>>) => {
  const type = typeOf(params['type'] ?? params['from'] ?? '');
  const family = ['companies', 'contacts'].includes(type) ? type : 'contacts';
  return [type === 'tickets' ? 'tickets' : `crm.objects.${family}.${verb}`];
};
export const schemaScope = (verb: 'read' | 'write') => (params: Readonly<Record<string, string>>) => [
  `crm.schemas.${typeOf(params['type'] ?? '') === 'companies' ? 'companies' : 'contacts'}.${verb}`,
];

/** Object types go by name or by type id; anything else is no path at all. */
export function typeOf(name: string): string {
  const byId = Object.entries(objectTypeIds).find(([, id]) => id === name)?.[0];
  const type = byId ?? name;
  if (!peerObjectTypes.includes(type))
    throw new PeerProblem(404, { message: `Unable to infer object type from: ${name}`, category: 'OBJECT_NOT_FOUND' });
  return type;
}

export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidInput(`Invalid input JSON: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
}

export function batchOf<S extends z.ZodType>(input: S) {
  return z.strictObject({ inputs: z.array(input).min(1).max(BATCH_LIMIT, 'The maximum number of inputs is 100') });
}
export const list = (query: URLSearchParams, name: string) =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
