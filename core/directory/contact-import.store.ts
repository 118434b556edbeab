/** Imports and their progress. The text waits in the database, so that an import survives the process that began it. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { storableJson } from '#core/kit/storable-json.ts';

export interface ImportProblem {
  readonly line: number;
  readonly problem: string;
}
export interface ImportRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly fileName: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly delimiter: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Records of the file that are dealt with, the header not counted. */
  readonly done: number;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
  readonly problems: readonly ImportProblem[];
}
export interface ImportStep {
  readonly id: string;
  /** Where the import stood when the batch was read: nobody else may have moved it. */
  readonly from: number;
  readonly records: number;
  readonly created: number;
  readonly updated: number;
  readonly rejected: number;
  readonly problems: readonly ImportProblem[];
}

const chunkChars = 500_000;
/** Enough to see what is wrong with a file. */
const mostProblems = 200;

@Injectable()
export class ContactImportStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async insert(
    row: Pick<ImportRecord, 'id' | 'tenantId' | 'fileName' | 'mapping' | 'delimiter' | 'total'> & { createdBy: string },
    text: string,
    nowMs: number,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `insert into contact_import (id, tenant_id, file_name, mapping, delimiter, state, total, created_by, created_at, progressed_at)
         values ($1, $2, $3, $4, $5, 'running', $6, $7, to_timestamp($8 / 1000.0), to_timestamp($8 / 1000.0))`,
        [row.id, row.tenantId, row.fileName, storableJson(row.mapping), row.delimiter, row.total, row.createdBy, nowMs],
      );
      let seq = 0;
      for (const body of chunksOf(text)) {
        await manager.query('insert into contact_import_chunk (import_id, seq, body) values ($1, $2, $3)', [
          row.id,
          seq,
          body,
        ]);
        seq += 1;
      }
    });
  }

  async find(id: string, tenantId: string | null = null): Promise<ImportRecord | null> {
    const rows: ImportRecord[] = await this.dataSource.query(
      `select id, tenant_id as "tenantId", file_name as "fileName", mapping, delimiter, state, done, total, created, updated,
         rejected, problems
       from contact_import where id = $1 and ($2::text is null or tenant_id = $2)`,
      [id, tenantId],
    );
    return rows[0] ?? null;
  }

  async *text(id: string): AsyncGenerator<string> {
    for (let seq = 0; ; seq += 1) {
      const rows: { body: string }[] = await this.dataSource.query(
        'select body from contact_import_chunk where import_id = $1 and seq = $2',
        [id, seq],
      );
      if (!rows[0]) return;
      yield rows[0].body;
    }
  }

  /** In the transaction of the batch. False when another process went on with this import, or it was cancelled. */
  async advance(step: ImportStep, nowMs: number, manager: EntityManager): Promise<boolean> {
    const [, count]: [unknown, number] = await manager.query(
      `update contact_import set done = done + $3, created = created + $4, updated = updated + $5, rejected = rejected + $6,
         problems = (select coalesce(jsonb_agg(p.value), '[]') from (
           select value from jsonb_array_elements(problems || $7::jsonb) with ordinality e(value, at) order by at limit ${mostProblems}) p),
         total = greatest(total, done + $3), progressed_at = to_timestamp($8 / 1000.0)
       where id = $1 and done = $2 and state = 'running'`,
      [
        step.id,
        step.from,
        step.records,
        step.created,
        step.updated,
        step.rejected,
        storableJson(step.problems.slice(0, mostProblems)),
        nowMs,
      ],
    );
    return count === 1;
  }

  /** The file is dropped with the end of its import; what it did stays on record. */
  async end(id: string, state: 'done' | 'failed' | 'cancelled', problem: ImportProblem | null): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, count]: [unknown, number] = await manager.query(
        `update contact_import set state = $2, total = case when $2 = 'done' then done else total end,
           problems = $3::jsonb || problems where id = $1 and state = 'running'`,
        [id, state, storableJson(problem === null ? [] : [problem])],
      );
      if (count === 1) await manager.query('delete from contact_import_chunk where import_id = $1', [id]);
      return count === 1;
    });
  }

  /** Running imports that nobody moved since a moment. */
  async stalled(sinceMs: number): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `select id from contact_import where state = 'running' and progressed_at < to_timestamp($1 / 1000.0)`,
      [sinceMs],
    );
    return rows.map(({ id }) => id);
  }
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    // A character of two halves must not be cut in the middle.
    const isCut = /[\ud800-\udbff]/.test(text[at + chunkChars - 1] ?? '');
    const end = at + chunkChars - (isCut ? 1 : 0);
    yield text.slice(at, end);
    at = end;
  }
}
