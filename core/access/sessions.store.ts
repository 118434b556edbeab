import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { SessionTimes } from './session-rules.ts';
import type { UserRow } from './users.ts';

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly atMs: number;
  readonly ip: string;
  readonly userAgent: string;
}

@Injectable()
export class SessionsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async insert(session: NewSession): Promise<void> {
    const at = new Date(session.atMs);
    await this.dataSource.query(
      `insert into user_session (token_hash, user_id, created_at, last_seen_at, ip, user_agent)
       values ($1, $2, $3, $3, $4, $5)`,
      [session.tokenHash, session.userId, at, session.ip, session.userAgent.slice(0, 300)],
    );
  }

  /** The session with its user, unless the user is disabled. */
  async find(tokenHash: Buffer): Promise<{ user: UserRow; times: SessionTimes } | null> {
    const rows: (UserRow & { session_created_at: Date; last_seen_at: Date })[] = await this.dataSource.query(
      `select u.id, u.tenant_id, u.email, u.display_name, u.role, u.extension, u.connection_id, u.disabled, u.created_at,
         s.created_at as session_created_at, s.last_seen_at
       from user_session s join app_user u on u.id = s.user_id
       where s.token_hash = $1 and not u.disabled`,
      [tokenHash],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      user: row,
      times: { createdAtMs: row.session_created_at.getTime(), lastSeenAtMs: row.last_seen_at.getTime() },
    };
  }

  async touch(tokenHash: Buffer, atMs: number): Promise<void> {
    await this.dataSource.query('update user_session set last_seen_at = $2 where token_hash = $1', [
      tokenHash,
      new Date(atMs),
    ]);
  }

  async delete(tokenHash: Buffer): Promise<void> {
    await this.dataSource.query('delete from user_session where token_hash = $1', [tokenHash]);
  }

  async deleteOfUser(manager: EntityManager, userId: string): Promise<void> {
    await manager.query('delete from user_session where user_id = $1', [userId]);
  }

  async deleteOlderThan(createdBeforeMs: number, seenBeforeMs: number): Promise<void> {
    await this.dataSource.query('delete from user_session where created_at < $1 or last_seen_at < $2', [
      new Date(createdBeforeMs),
      new Date(seenBeforeMs),
    ]);
  }
}
