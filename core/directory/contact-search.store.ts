/** Lists of contacts: by name, company, e-mail or part of a number, in pages that stay fast at a million rows. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';

export interface SearchPage {
  readonly tenantId: string;
  /** Sort key and id of the last row of the page before. */
  readonly after: { readonly sortKey: string; readonly id: string } | null;
  readonly limit: number;
}
export interface FoundContact {
  readonly id: string;
  readonly sortKey: string;
}

/** Of a search that finds more, these many are put in order: nobody reads on, and sorting a million rows is slow. */
const mostRanked = 5000;
/** Past this a count says "many". */
export const mostCounted = 10_000;

@Injectable()
export class ContactSearchStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  all(page: SearchPage): Promise<FoundContact[]> {
    return this.page('select id, sort_key from contact where tenant_id = $1', page, []);
  }

  /** Names that begin with a text: for one or two letters, where a word search would find half of all contacts. */
  byBeginning(prefix: string, page: SearchPage): Promise<FoundContact[]> {
    return this.page(
      'select id, sort_key from contact where tenant_id = $1 and sort_key >= $5 and sort_key < $6',
      page,
      [prefix, `${prefix}\u{10ffff}`],
    );
  }

  byWords(query: string, page: SearchPage): Promise<FoundContact[]> {
    const matching = `select id, sort_key from contact where tenant_id = $1 and search @@ $5::tsquery limit ${mostRanked}`;
    return this.page(matching, page, [query]);
  }

  /** `prefixes` are beginnings of E.164 numbers; `suffix` are last digits, the last one first. */
  byNumber(
    { prefixes, suffix }: { prefixes: readonly string[]; suffix: string },
    page: SearchPage,
  ): Promise<FoundContact[]> {
    const matching = `
      select distinct c.id, c.sort_key from (
        (select n.contact_id from unnest($5::text[]) p(prefix), lateral (
           select contact_id from number_index where tenant_id = $1 and e164 >= p.prefix and e164 < p.prefix || ':'
             and contact_id is not null limit ${mostRanked}) n)
        union all
        (select contact_id from number_index where tenant_id = $1 and reversed >= $6 and reversed < $6 || ':'
           and contact_id is not null limit ${mostRanked})
      ) hit join contact c on c.id = hit.contact_id`;
    return this.page(matching, page, [prefixes, suffix]);
  }

  /** How many contacts there are; null when more than anybody counts. */
  async total(tenantId: string): Promise<number | null> {
    const rows: { count: number }[] = await this.dataSource.query(
      `select count(*)::int as count from (select 1 from contact where tenant_id = $1 limit ${mostCounted + 1}) c`,
      [tenantId],
    );
    const count = rows[0]?.count ?? 0;
    return count > mostCounted ? null : count;
  }

  private page(
    matching: string,
    { tenantId, after, limit }: SearchPage,
    values: readonly unknown[],
  ): Promise<FoundContact[]> {
    return this.dataSource.query(
      `select id, sort_key as "sortKey" from (${matching}) matching
       where $2::text is null or (sort_key, id) > ($2 collate "C", $3) order by sort_key, id limit $4`,
      [tenantId, after?.sortKey ?? null, after?.id ?? '', limit + 1, ...values],
    );
  }
}
