import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { UserRow } from './users.ts';

const columns = 'id, tenant_id, email, display_name, role, extension, connection_id, disabled, created_at';

export interface NewUser extends UserRow {
  readonly email_key: string;
  readonly password_hash: string;
}

@Injectable()
export class UsersStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Changes of users happen one at a time: the rules about the last administrator and about phones span rows. */
  alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('tieline.users', 0))`);
      return work(manager);
    });
  }

  async isEmpty(manager: EntityManager = this.dataSource.manager): Promise<boolean> {
    const rows: unknown[] = await manager.query('select 1 from app_user limit 1');
    return rows.length === 0;
  }

  list(tenantId: string): Promise<UserRow[]> {
    return this.dataSource.query(
      `select ${columns} from app_user where tenant_id = $1 order by lower(display_name), id`,
      [tenantId],
    );
  }

  async find(
    tenantId: string,
    id: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<UserRow | undefined> {
    const rows: UserRow[] = await manager.query(`select ${columns} from app_user where tenant_id = $1 and id = $2`, [
      tenantId,
      id,
    ]);
    return rows[0];
  }

  async findForLogin(emailKey: string): Promise<(UserRow & { password_hash: string }) | undefined> {
    const rows: (UserRow & { password_hash: string })[] = await this.dataSource.query(
      `select ${columns}, password_hash from app_user where email_key = $1`,
      [emailKey],
    );
    return rows[0];
  }

  /** False when the e-mail is taken. */
  async insert(manager: EntityManager, user: NewUser): Promise<boolean> {
    const rows: unknown[] = await manager.query(
      `insert into app_user (${columns}, email_key, password_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (email_key) do nothing returning id`,
      [
        user.id,
        user.tenant_id,
        user.email,
        user.display_name,
        user.role,
        user.extension,
        user.connection_id,
        user.disabled,
        user.created_at,
        user.email_key,
        user.password_hash,
      ],
    );
    return rows.length > 0;
  }

  async isEmailTaken(manager: EntityManager, emailKey: string, byOtherThan: string): Promise<boolean> {
    const rows: unknown[] = await manager.query('select 1 from app_user where email_key = $1 and id <> $2', [
      emailKey,
      byOtherThan,
    ]);
    return rows.length > 0;
  }

  async update(
    manager: EntityManager,
    user: UserRow,
    changed: { emailKey: string; passwordHash: string | null },
  ): Promise<void> {
    await manager.query(
      `update app_user set email = $2, email_key = $3, display_name = $4, role = $5, extension = $6,
         connection_id = $7, disabled = $8, password_hash = coalesce($9, password_hash)
       where id = $1`,
      [
        user.id,
        user.email,
        changed.emailKey,
        user.display_name,
        user.role,
        user.extension,
        user.connection_id,
        user.disabled,
        changed.passwordHash,
      ],
    );
  }

  async countOtherAdministrators(manager: EntityManager, user: UserRow): Promise<number> {
    const rows: { count: number }[] = await manager.query(
      `select count(*)::int as count from app_user
       where tenant_id = $1 and role = 'administrator' and not disabled and id <> $2`,
      [user.tenant_id, user.id],
    );
    return rows[0]?.count ?? 0;
  }

  /** Takes a phone from everyone else; answers whom it was taken from. */
  async freePhone(manager: EntityManager, user: UserRow): Promise<string[]> {
    if (user.extension === null) return [];
    const [rows]: [{ id: string }[], number] = await manager.query(
      `update app_user set extension = null, connection_id = null
       where tenant_id = $1 and coalesce(connection_id, '') = coalesce($2, '') and extension = $3 and id <> $4
       returning id`,
      [user.tenant_id, user.connection_id, user.extension, user.id],
    );
    return rows.map((row) => row.id);
  }

  /** Everybody who sits at a phone. */
  atPhones(): Promise<UserRow[]> {
    return this.dataSource.query(`select ${columns} from app_user where extension is not null and not disabled`);
  }
}
