import type { Actor } from '#core/contract/actor.ts';
import { rolePermissions, type Permission } from '#core/contract/permissions.ts';
import { HubError } from '#core/contract/errors.ts';

/** The part of a request that can prove who is asking. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly ip: string;
}

/** Provided by `core/access`. `null`: the request carries no valid proof. Called before the body is read. */
export interface Authenticator {
  authenticate(credentials: Credentials): Promise<Actor | null>;
}

export const AUTHENTICATOR = Symbol('AUTHENTICATOR');

const nobody = { tenantId: 'default', extension: null, connectionId: null } as const;

export const anonymousActor: Actor = {
  ...nobody,
  kind: 'anonymous',
  id: 'anonymous',
  role: null,
  permissions: ['public'],
};
/** The hub acting for itself. */
export const systemActor: Actor = {
  ...nobody,
  kind: 'system',
  id: 'system',
  role: 'administrator',
  permissions: rolePermissions.administrator,
};

/** Refuses with 401 when signing in could help, with 403 when it could not. */
export function assertAllowed(actor: Actor, permission: Permission): void {
  if (permission === 'public' || actor.permissions.includes(permission)) return;
  if (actor.kind === 'anonymous') {
    throw new HubError('auth.required', 'Sign in, or send an API key as "Authorization: Bearer …".');
  }
  throw new HubError(
    'permission.denied',
    `This needs the permission "${permission}"; ask an administrator for a role that has it.`,
  );
}
