import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { identification, type Identification } from '#core/contract/api/interactions.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { relaxedCommit } from '#core/platform/database/relaxed-commit.ts';
import { preparedQuery } from './prepared-query.store.ts';
import { storableJson } from '#core/kit/storable-json.ts';

export interface StoredIdentification {
  readonly identification: Identification;
  readonly tenantId: string;
  /** The number it was decided for, as the switch gave it. */
  readonly raw: string | null;
  readonly vouched: readonly string[];
  readonly revision: number;
}

interface Row {
  readonly tenant_id: string;
  readonly body: unknown;
  readonly vouched: string[];
  readonly revision: number;
}

const findOne = {
  name: 'directory-identification',
  text: 'select tenant_id, body, vouched, revision from identification where interaction_id = $1',
};

@Injectable()
export class IdentificationStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async find(interactionId: string): Promise<StoredIdentification | null> {
    const rows = await preparedQuery<Row>(this.dataSource, findOne, [interactionId]);
    return rows[0] ? storedOf(rows[0]) : null;
  }

  /**
   * Stores a decision that was made on a revision (0 = none yet); false when another one was stored meanwhile. A user's
   * choice is flushed to disk with the wrap-up; what the policy decided can be decided again.
   */
  async save(decision: StoredIdentification, nowMs: number, manager?: EntityManager): Promise<boolean> {
    const { identification: who, tenantId, raw, vouched, revision } = decision;
    const rows: unknown[] = await (manager ?? this.dataSource.manager).query(
      `insert into identification as i (interaction_id, tenant_id, contact_id, account_id, action, body, vouched, chosen_by, revision, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1, to_timestamp($10 / 1000.0))
       on conflict (interaction_id) do update set contact_id = excluded.contact_id, account_id = excluded.account_id,
         action = excluded.action, body = excluded.body, vouched = excluded.vouched, chosen_by = excluded.chosen_by,
         revision = excluded.revision, decided_at = excluded.decided_at
       where i.revision = $9
       returning i.revision, ${relaxedCommit}`,
      [
        who.interactionId,
        tenantId,
        who.contactId,
        who.accountId ?? null,
        who.action,
        storableJson({ identification: who, raw }),
        vouched,
        who.chosenBy ?? null,
        revision,
        nowMs,
      ],
    );
    return rows.length > 0;
  }
}

function storedOf(row: Row): StoredIdentification {
  const body = row.body as { identification: unknown; raw: string | null };
  return {
    identification: identification.parse(body.identification),
    tenantId: row.tenant_id,
    raw: body.raw,
    vouched: row.vouched,
    revision: row.revision,
  };
}
