import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { afterAttempt, waitMs } from './throttle.ts';
import type { Throttle, ThrottleKey } from './throttle.ts';

const dayMs = 86_400_000;

@Injectable()
export class ThrottleStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  /**
   * Counts an attempt as failed before it is made, so that many at once cannot slip through; `forgive` takes it back.
   * Answers how long to wait when one of the counters refuses; then nothing is counted.
   */
  attempt(keys: readonly ThrottleKey[], nowMs: number): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      for (const { key } of keys) {
        await manager.query(
          `insert into login_throttle (key, failures, last_at) values ($1, 0, $2) on conflict (key) do nothing`,
          [key, new Date(nowMs)],
        );
      }
      const rows: { key: string; failures: number; last_at: Date }[] = await manager.query(
        'select key, failures, last_at from login_throttle where key = any($1) order by key for update',
        [keys.map(({ key }) => key)],
      );
      const counted = keys.map(({ key, rule }) => ({
        key,
        rule,
        throttle: throttleOf(rows.find((row) => row.key === key)),
      }));
      const longest = Math.max(...counted.map(({ throttle, rule }) => waitMs(throttle, rule, nowMs)));
      if (longest > 0) return longest;
      for (const { key, rule, throttle } of counted) {
        await manager.query('update login_throttle set failures = $2, last_at = $3 where key = $1', [
          key,
          afterAttempt(throttle, rule, nowMs).failures,
          new Date(nowMs),
        ]);
      }
      return 0;
    });
  }

  async forgive(keys: readonly ThrottleKey[]): Promise<void> {
    await this.dataSource.query(
      `update login_throttle set failures = greatest(0, failures - 1) where key = any($1) and key like 'address:%'`,
      [keys.map(({ key }) => key)],
    );
    await this.dataSource.query(`delete from login_throttle where key = any($1) and key not like 'address:%'`, [
      keys.map(({ key }) => key),
    ]);
  }

  async forgetOld(nowMs: number): Promise<void> {
    await this.dataSource.query('delete from login_throttle where last_at < $1', [new Date(nowMs - dayMs)]);
  }
}

function throttleOf(row: { failures: number; last_at: Date } | undefined): Throttle | null {
  return row === undefined || row.failures === 0 ? null : { failures: row.failures, lastAtMs: row.last_at.getTime() };
}
