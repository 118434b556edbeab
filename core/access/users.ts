/** What is true of users whatever stores them. */
import type { Actor } from '#core/contract/actor.ts';
import type { User } from '#core/contract/api/access.ts';
import { rolePermissions } from '#core/contract/permissions.ts';
import type { Permission, Role } from '#core/contract/permissions.ts';

export interface UserRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: Role;
  readonly extension: string | null;
  readonly connection_id: string | null;
  readonly disabled: boolean;
  readonly created_at: Date;
}

/** Two spellings of one mailbox must not make two users. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** An extension as typed: blank means none. */
export function tidyExtension(extension: string | null): string | null {
  const tidy = extension?.trim() ?? '';
  return tidy === '' ? null : tidy;
}

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    role: row.role,
    extension: row.extension,
    connectionId: row.connection_id,
    disabled: row.disabled,
    createdAt: row.created_at.toISOString(),
  };
}

export function userActor(row: UserRow): Actor {
  return {
    kind: 'user',
    id: row.id,
    tenantId: row.tenant_id,
    role: row.role,
    permissions: rolePermissions[row.role],
    extension: row.extension,
    connectionId: row.connection_id,
  };
}

/** A key acts for a program: it has its role's permissions, but no desk, phone or sign-in of its own. */
export function apiKeyActor(key: { id: string; tenantId: string; role: Role }): Actor {
  return {
    kind: 'apiKey',
    id: key.id,
    tenantId: key.tenantId,
    role: key.role,
    permissions: apiKeyPermissions(key.role),
    extension: null,
    connectionId: null,
  };
}

function apiKeyPermissions(role: Role): readonly Permission[] {
  return rolePermissions[role].filter((permission) => permission !== 'self' && permission !== 'desk.use');
}

/** The hub must always keep one administrator who can sign in. */
export function takesAdministratorAway(before: UserRow, after: { role: Role; disabled: boolean }): boolean {
  const wasOne = before.role === 'administrator' && !before.disabled;
  return wasOne && (after.role !== 'administrator' || after.disabled);
}
