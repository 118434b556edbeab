import type { Permission, Role } from './permissions.ts';

/** Who is asking: a signed-in user, an API key, or the hub itself. Every handler and audit line gets one. */
export interface Actor {
  readonly kind: 'user' | 'apiKey' | 'system' | 'anonymous';
  readonly id: string;
  readonly tenantId: string;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  /** The phone this user sits at, if any. */
  readonly extension: string | null;
  /** The switch connection that phone belongs to. */
  readonly connectionId: string | null;
}
