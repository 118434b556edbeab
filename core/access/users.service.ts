import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Role } from '#core/contract/permissions.ts';
import { BUS } from '#core/platform/bus/bus.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { newId } from '#core/platform/ids.ts';
import { Passwords } from './passwords.service.ts';
import { SessionsStore } from './sessions.store.ts';
import { emailKey, takesAdministratorAway, tidyExtension } from './users.ts';
import type { UserRow } from './users.ts';
import { UsersStore } from './users.store.ts';

export interface UserDraft {
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly extension: string | null;
  readonly connectionId: string | null;
}
export interface UserChange extends Partial<UserDraft> {
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

@Injectable()
export class Users {
  constructor(
    @Inject(UsersStore) private readonly store: UsersStore,
    @Inject(SessionsStore) private readonly sessions: SessionsStore,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<UserRow[]> {
    return this.store.list(actor.tenantId);
  }

  async get(tenantId: string, id: string): Promise<UserRow> {
    return (await this.store.find(tenantId, id)) ?? missing(id);
  }

  async create(draft: UserDraft & { password: string }, actor: Actor): Promise<UserRow> {
    const passwordHash = await this.passwords.hash(draft.password);
    const user: UserRow = {
      id: newId(),
      tenant_id: actor.tenantId,
      email: draft.email.trim(),
      display_name: draft.displayName,
      role: draft.role,
      ...phoneOf(draft.extension, draft.connectionId),
      disabled: false,
      created_at: new Date(this.clock.now()),
    };
    const key = emailKey(draft.email);
    const takenFrom = await this.store.alone(async (manager) => {
      const losers = await this.store.freePhone(manager, user);
      const isNew = await this.store.insert(manager, { ...user, email_key: key, password_hash: passwordHash });
      if (!isNew) throw emailTaken(draft.email);
      return losers;
    });
    if (user.extension !== null) await this.#announcePhone(user, takenFrom);
    return user;
  }

  async update(id: string, change: UserChange, actor: Actor): Promise<UserRow> {
    const passwordHash = change.password === undefined ? null : await this.passwords.hash(change.password);
    const { before, after, takenFrom } = await this.store.alone(async (manager) => {
      const before = (await this.store.find(actor.tenantId, id, manager)) ?? missing(id);
      const after = changed(before, change);
      await this.#assertMay(manager, before, after);
      const takenFrom = samePhone(before, after) ? [] : await this.store.freePhone(manager, after);
      await this.store.update(manager, after, { emailKey: emailKey(after.email), passwordHash });
      if (after.disabled || passwordHash !== null) await this.sessions.deleteOfUser(manager, id);
      return { before, after, takenFrom };
    });
    const phoneMoved = !samePhone(before, after) || before.disabled !== after.disabled;
    if (phoneMoved) await this.#announcePhone(after, takenFrom);
    return after;
  }

  /** Sits the actor down at a phone; whoever sat there is told. */
  takePhone(phone: { extension: string | null; connectionId: string | null }, actor: Actor): Promise<UserRow> {
    if (actor.kind !== 'user') throw new HubError('permission.denied', 'Only a signed-in user can take a phone.');
    return this.update(actor.id, phone, actor);
  }

  async #assertMay(manager: EntityManager, before: UserRow, after: UserRow): Promise<void> {
    const losesOne = takesAdministratorAway(before, after);
    if (losesOne && (await this.store.countOtherAdministrators(manager, before)) === 0) {
      throw new HubError(
        'resource.conflict',
        'This is the last administrator who can sign in; make another one first.',
        { field: after.disabled ? 'disabled' : 'role' },
      );
    }
    if (await this.store.isEmailTaken(manager, emailKey(after.email), before.id)) throw emailTaken(after.email);
  }

  async #announcePhone(user: UserRow, takenFrom: readonly string[]): Promise<void> {
    for (const userId of takenFrom) {
      await this.bus.publish('phone.changed', { userId, extension: null, connectionId: null, takenBy: user.id });
    }
    await this.bus.publish('phone.changed', {
      userId: user.id,
      extension: user.disabled ? null : user.extension,
      connectionId: user.connection_id,
      takenBy: null,
    });
  }
}

function changed(before: UserRow, change: UserChange): UserRow {
  const extension = change.extension === undefined ? before.extension : change.extension;
  const connectionId = change.connectionId === undefined ? before.connection_id : change.connectionId;
  return {
    ...before,
    email: change.email?.trim() ?? before.email,
    display_name: change.displayName ?? before.display_name,
    role: change.role ?? before.role,
    ...phoneOf(extension, connectionId),
    disabled: change.disabled ?? before.disabled,
  };
}

function phoneOf(extension: string | null, connectionId: string | null): Pick<UserRow, 'extension' | 'connection_id'> {
  return { extension: tidyExtension(extension), connection_id: connectionId };
}

function samePhone(one: UserRow, other: UserRow): boolean {
  return one.extension === other.extension && one.connection_id === other.connection_id;
}

function missing(id: string): never {
  throw new HubError('resource.missing', `There is no user ${JSON.stringify(id.slice(0, 60))}.`);
}

function emailTaken(email: string): HubError {
  return new HubError('resource.conflict', `Another user has the e-mail ${email} already.`, { field: 'email' });
}
