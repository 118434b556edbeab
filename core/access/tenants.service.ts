import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { ENVIRONMENT } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';

export const defaultTenantId = 'default';

/** What holds for a whole tenant: so far, the country its numbers are read in. */
@Injectable()
export class Tenants {
  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'defaultRegion'>,
  ) {}

  /** Two-letter country of numbers written without a country code; null until the set-up or the environment says one. */
  async defaultRegion(tenantId: string): Promise<string | null> {
    const rows: { default_region: string }[] = await this.dataSource.query(
      'select default_region from tenant where id = $1',
      [tenantId],
    );
    return rows[0]?.default_region ?? this.environment.defaultRegion ?? null;
  }

  async insert(manager: EntityManager, tenant: { id: string; defaultRegion: string; atMs: number }): Promise<void> {
    await manager.query(
      `insert into tenant (id, default_region, created_at) values ($1, $2, $3)
       on conflict (id) do update set default_region = excluded.default_region`,
      [tenant.id, tenant.defaultRegion, new Date(tenant.atMs)],
    );
  }
}
