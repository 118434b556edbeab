import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Role } from '#core/contract/permissions.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { newId } from '#core/platform/ids.ts';
import { apiKeySecret, prefixBytes, readApiKey, secretBytes } from './tokens.ts';
import { apiKeyActor } from './users.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

const columns = 'id, tenant_id, name, prefix, role, created_at, last_used_at';
/** The last use is written down no more often than this. */
const noteUseEveryMs = 60_000;

@Injectable()
export class ApiKeys {
  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<ApiKeyRow[]> {
    return this.dataSource.query(
      `select ${columns} from api_key where tenant_id = $1 and revoked_at is null order by created_at desc, id`,
      [actor.tenantId],
    );
  }

  /** `secret` is readable only here; the hub keeps its hash. */
  async create(draft: { name: string; role: Role }, actor: Actor): Promise<{ row: ApiKeyRow; secret: string }> {
    const secret = apiKeySecret(randomBytes(prefixBytes), randomBytes(secretBytes));
    const rows: ApiKeyRow[] = await this.dataSource.query(
      `insert into api_key (id, tenant_id, name, prefix, secret_hash, role, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
      [
        newId(),
        actor.tenantId,
        draft.name,
        secret.prefix,
        secret.hash,
        draft.role,
        actor.id,
        new Date(this.clock.now()),
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new HubError('bug', 'The new API key was not stored.');
    return { row, secret: secret.text };
  }

  async revoke(id: string, actor: Actor): Promise<void> {
    const [rows]: [unknown[], number] = await this.dataSource.query(
      `update api_key set revoked_at = $3 where tenant_id = $1 and id = $2 and revoked_at is null returning id`,
      [actor.tenantId, id, new Date(this.clock.now())],
    );
    if (rows.length === 0)
      throw new HubError('resource.missing', 'There is no such API key, or it was revoked already.');
  }

  async actorOf(authorization: string | string[] | undefined): Promise<Actor | null> {
    const key = readApiKey(authorization);
    if (key === null) return null;
    const rows: (ApiKeyRow & { secret_hash: Buffer })[] = await this.dataSource.query(
      `select ${columns}, secret_hash from api_key where prefix = $1 and revoked_at is null`,
      [key.prefix],
    );
    const row = rows[0];
    if (row === undefined || !timingSafeEqual(row.secret_hash, key.hash)) return null;
    await this.#noteUse(row);
    return apiKeyActor({ id: row.id, tenantId: row.tenant_id, role: row.role });
  }

  async #noteUse(row: ApiKeyRow): Promise<void> {
    const nowMs = this.clock.now();
    if (row.last_used_at !== null && nowMs - row.last_used_at.getTime() < noteUseEveryMs) return;
    await this.dataSource.query('update api_key set last_used_at = $2 where id = $1', [row.id, new Date(nowMs)]);
  }
}
