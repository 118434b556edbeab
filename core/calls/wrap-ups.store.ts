/** Notes and disposition of an interaction. Saving touches the interaction, so that the journal writes it again. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { WrapUp } from '#core/contract/desk.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

interface WrapUpRow {
  interaction_id: string;
  notes: string;
  disposition: string | null;
  contact_id: string | null;
  completed: boolean;
}

const columns = 'interaction_id, notes, disposition, contact_id, completed';

@Injectable()
export class WrapUpsStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async get(interactionId: string): Promise<WrapUp | null> {
    const rows: WrapUpRow[] = await this.dataSource.query(`select ${columns} from wrap_up where interaction_id = $1`, [
      interactionId,
    ]);
    return rows[0] === undefined ? null : toWrapUp(rows[0]);
  }

  async save(wrapUp: WrapUp, userId: string, nowMs: number): Promise<void> {
    await this.dataSource.query(
      `with saved as (
         insert into wrap_up (interaction_id, user_id, notes, disposition, contact_id, completed, updated_at)
         values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0))
         on conflict (interaction_id) do update set user_id = excluded.user_id, notes = excluded.notes, disposition = excluded.disposition,
           contact_id = excluded.contact_id, completed = excluded.completed, updated_at = excluded.updated_at
       )
       update interaction set touched = touched + 1, changed_at = clock_timestamp() where id = $1`,
      [wrapUp.interactionId, userId, wrapUp.notes, wrapUp.disposition, wrapUp.contactId, wrapUp.completed, nowMs],
    );
  }

  async openOf(userId: string, limit: number): Promise<WrapUp[]> {
    const rows: WrapUpRow[] = await this.dataSource.query(
      `select ${columns} from wrap_up where user_id = $1 and not completed order by updated_at desc limit $2`,
      [userId, limit],
    );
    return rows.map(toWrapUp);
  }
}

function toWrapUp(row: WrapUpRow): WrapUp {
  return {
    interactionId: row.interaction_id,
    notes: row.notes,
    disposition: row.disposition,
    contactId: row.contact_id,
    completed: row.completed,
  };
}
