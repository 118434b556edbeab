import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import type { Texts } from './bundle.ts';

export interface DraftRow extends Texts {
  readonly name: string;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

const columns = `name, text, tests, revision, base_version as "baseVersion", updated_by as "updatedBy", updated_at as "updatedAt"`;

@Injectable()
export class DraftsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  all(tenantId: string): Promise<DraftRow[]> {
    return this.dataSource.query(`select ${columns} from dictionary_draft where tenant_id = $1 order by name`, [
      tenantId,
    ]);
  }

  async find(tenantId: string, name: string): Promise<DraftRow | null> {
    const rows: DraftRow[] = await this.dataSource.query(
      `select ${columns} from dictionary_draft where tenant_id = $1 and name = $2`,
      [tenantId, name],
    );
    return rows[0] ?? null;
  }

  /** Held until the transaction ends, so that nobody saves what is being published. */
  async findForUpdate(tenantId: string, name: string, manager: EntityManager): Promise<DraftRow | null> {
    const rows: DraftRow[] = await manager.query(
      `select ${columns} from dictionary_draft where tenant_id = $1 and name = $2 for update`,
      [tenantId, name],
    );
    return rows[0] ?? null;
  }

  /** Null when somebody began one meanwhile. */
  async insert(tenantId: string, draft: Omit<DraftRow, 'revision' | 'baseVersion'>): Promise<DraftRow | null> {
    const rows: DraftRow[] = await this.dataSource.query(
      `insert into dictionary_draft (tenant_id, name, text, tests, base_version, updated_by, updated_at)
       values ($1, $2, $3, $4, (select version from dictionary_live where tenant_id = $1 and name = $2), $5, $6)
       on conflict (tenant_id, name) do nothing returning ${columns}`,
      [tenantId, draft.name, draft.text, draft.tests, draft.updatedBy, draft.updatedAt],
    );
    return rows[0] ?? null;
  }

  /** Null when another revision is stored, or none. */
  async update(tenantId: string, draft: Omit<DraftRow, 'baseVersion'>): Promise<DraftRow | null> {
    const [rows]: [DraftRow[], number] = await this.dataSource.query(
      `update dictionary_draft set text = $4, tests = $5, revision = nextval('dictionary_draft_revision'), updated_by = $6, updated_at = $7
       where tenant_id = $1 and name = $2 and revision = $3::bigint returning ${columns}`,
      [tenantId, draft.name, draft.revision, draft.text, draft.tests, draft.updatedBy, draft.updatedAt],
    );
    return rows[0] ?? null;
  }

  async delete(tenantId: string, name: string, manager?: EntityManager): Promise<DraftRow | null> {
    const [rows]: [DraftRow[], number] = await (manager ?? this.dataSource).query(
      `delete from dictionary_draft where tenant_id = $1 and name = $2 returning ${columns}`,
      [tenantId, name],
    );
    return rows[0] ?? null;
  }
}
