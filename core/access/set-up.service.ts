import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { Passwords } from './passwords.service.ts';
import { defaultTenantId, Tenants } from './tenants.service.ts';
import { emailKey } from './users.ts';
import type { UserRow } from './users.ts';
import { UsersStore } from './users.store.ts';

export interface FirstAdministrator {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  readonly defaultRegion: string;
}

@Injectable()
export class SetUp {
  constructor(
    @Inject(UsersStore) private readonly users: UsersStore,
    @Inject(Tenants) private readonly tenants: Tenants,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  isNeeded(): Promise<boolean> {
    return this.users.isEmpty();
  }

  /** However many come at once, one makes the administrator and the others are refused. */
  async complete(first: FirstAdministrator): Promise<UserRow> {
    // Asked twice: once so that nobody makes a set-up hub hash passwords, once under the lock.
    if (!(await this.users.isEmpty())) throw alreadySetUp();
    const passwordHash = await this.passwords.hash(first.password);
    const atMs = this.clock.now();
    return this.users.alone(async (manager) => {
      if (!(await this.users.isEmpty(manager))) throw alreadySetUp();
      const user = {
        id: newId(),
        tenant_id: defaultTenantId,
        email: first.email.trim(),
        display_name: first.displayName,
        role: 'administrator',
        extension: null,
        connection_id: null,
        disabled: false,
        created_at: new Date(atMs),
      } as const satisfies UserRow;
      await this.users.insert(manager, { ...user, email_key: emailKey(first.email), password_hash: passwordHash });
      await this.tenants.insert(manager, {
        id: defaultTenantId,
        defaultRegion: first.defaultRegion.toUpperCase(),
        atMs,
      });
      return user;
    });
  }
}

function alreadySetUp(): HubError {
  return new HubError('resource.conflict', 'This hub is set up already; sign in, or ask an administrator for a user.');
}
