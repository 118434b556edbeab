/**
 * Notes and disposition of an interaction, of each user who had it: a call that was handed on has several. Saving touches
 * the interaction, so that the journal writes it again.
 */
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

  /** All of an interaction as one, oldest first; complete when everybody is through. */
  async get(interactionId: string): Promise<WrapUp | null> {
    const rows: WrapUpRow[] = await this.dataSource.query(
      `select ${columns} from wrap_up where interaction_id = $1 order by updated_at, user_id`,
      [interactionId],
    );
    return combined(rows.map(toWrapUp));
  }

  async ofUser(interactionId: string, userId: string): Promise<WrapUp | null> {
    const rows: WrapUpRow[] = await this.dataSource.query(
      `select ${columns} from wrap_up where interaction_id = $1 and user_id = $2`,
      [interactionId, userId],
    );
    return rows[0] === undefined ? null : toWrapUp(rows[0]);
  }

  async save(wrapUp: WrapUp, userId: string, nowMs: number): Promise<void> {
    await this.dataSource.query(
      `with saved as (
         insert into wrap_up (interaction_id, user_id, notes, disposition, contact_id, completed, updated_at)
         values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0))
         on conflict (interaction_id, user_id) do update set notes = excluded.notes, disposition = excluded.disposition,
           contact_id = excluded.contact_id, completed = excluded.completed, updated_at = excluded.updated_at
       )
       update interaction set touched = touched + 1, changed_at = clock_timestamp() where id = $1`,
      [wrapUp.interactionId, userId, wrapUp.notes, wrapUp.disposition, wrapUp.contactId, wrapUp.completed, nowMs],
    );
  }
}

const longestNotes = 20_000;

function combined(wrapUps: readonly WrapUp[]): WrapUp | null {
  const [first] = wrapUps;
  if (first === undefined) return null;
  const all = wrapUps.map(({ notes }) => notes.trim()).filter((notes) => notes !== '');
  // Who gets a call handed on may have gone on writing where the one before stopped.
  const written = all.filter((notes, at) => !all.some((other, later) => later > at && other.includes(notes)));
  return {
    interactionId: first.interactionId,
    notes: wrapUps.length === 1 ? first.notes : written.join('\n').slice(0, longestNotes),
    disposition: wrapUps.findLast(({ disposition }) => disposition !== null)?.disposition ?? null,
    contactId: wrapUps.findLast(({ contactId }) => contactId !== null)?.contactId ?? null,
    completed: wrapUps.every(({ completed }) => completed),
  };
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
