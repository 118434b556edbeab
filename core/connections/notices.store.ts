import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { ConnectorNotice } from '#core/contract/connector.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { noticesKept } from './notices.ts';

export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly at: Date;
}

@Injectable()
export class NoticesStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Newest first. */
  list(connectionId: string): Promise<Notice[]> {
    return this.dataSource.query(
      'select code, message, at from connection_notice where connection_id = $1 order by id desc limit $2',
      [connectionId, noticesKept],
    );
  }

  async add(connectionId: string, notice: ConnectorNotice, atMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into connection_notice (connection_id, code, message, at)
       select id, $2, $3, $4 from connection where id = $1`,
      [connectionId, notice.code, notice.message, new Date(atMs)],
    );
    await this.dataSource.query(
      `delete from connection_notice where connection_id = $1 and id <= (
         select id from connection_notice where connection_id = $1 order by id desc offset $2 limit 1)`,
      [connectionId, noticesKept],
    );
  }
}
