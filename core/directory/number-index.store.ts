/** The number index. `lookUp` is asked for every call before anything is shown, so it is one statement on indexes. */
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { reversedDigits } from '#core/kit/number-format.ts';
import { DATA_SOURCE } from '#core/platform/database/data-source.store.ts';
import { relaxedCommit } from '#core/platform/database/relaxed-commit.ts';
import type { Candidate } from './candidate.ts';
import { candidateOf, type CandidateRow } from './candidate-row.ts';
import { preparedQuery } from './prepared-query.store.ts';

export interface LookUp {
  readonly tenantId: string;
  readonly number: PhoneNumber | null;
  readonly agent: string | null;
  readonly suffixDigits: number;
  /** Contacts a click-to-dial named. */
  readonly correlated: readonly string[];
  /** Contacts a CRM's live look-up named. */
  readonly vouched: readonly string[];
}

/** One shared number may stand in thousands of records; enough are read to see that nobody can be chosen. */
const mostHits = 200;

const bySuffix = (condition: string) => `(
  select contact_id, account_id, e164, extension, reversed, 'number' as way from number_index
  where tenant_id = $1 ${condition} and reversed >= $3 and reversed < $4 limit ${mostHits})`;

const byRecord = `
    union all
    select id, null, null, null, null, 'correlated' from contact where tenant_id = $1 and id = any($6::text[])
    union all
    select id, null, null, null, null, 'vouched' from contact where tenant_id = $1 and id = any($7::text[])`;

const statement = (suffix: string, named: string) => `
  select h.contact_id as "contactId", coalesce(c.account_id, h.account_id) as "accountId", h.e164, h.extension, h.reversed, h.way,
    c.display_name as "contactName", a.name as "accountName", c.job_title as "jobTitle", c.status as "contactStatus",
    a.status as "accountStatus", c.record_url as "contactUrl", a.record_url as "accountUrl", c.email_keys as "emailKeys", a.domain,
    extract(epoch from coalesce(c.created_at, a.created_at)) * 1000 as "createdAtMs",
    extract(epoch from coalesce(c.updated_at, a.updated_at)) * 1000 as "updatedAtMs",
    extract(epoch from t.at) * 1000 as "touchedAtMs"
  from (
    (select contact_id, account_id, e164, extension, reversed, 'number' as way from number_index
     where tenant_id = $1 and e164 = $2 limit ${mostHits})
    union all ${suffix} ${named}
  ) h
  left join contact c on c.id = h.contact_id
  left join account a on a.id = coalesce(c.account_id, h.account_id)
  left join contact_touch t on t.contact_id = h.contact_id and t.agent = $5`;

const partly = bySuffix('');
const whole = bySuffix('and e164 is null');

/** A fully known number can end like an unparsed one only; a partly known one like any. Most calls name no record. */
const statements = {
  whole: { name: 'directory-whole', text: statement(whole, '') },
  partly: { name: 'directory-partly', text: statement(partly, '') },
  wholeNamed: { name: 'directory-whole-named', text: statement(whole, byRecord) },
  partlyNamed: { name: 'directory-partly-named', text: statement(partly, byRecord) },
};

@Injectable()
export class NumberIndexStore {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  async lookUp(ask: LookUp): Promise<Candidate[]> {
    const asked = ask.number?.presentation === 'allowed' ? ask.number : null;
    const digits = asked ? (reversedDigits(asked) ?? '').replace(/0+$/, '') : '';
    const suffix = digits.length >= ask.suffixDigits ? digits.slice(0, ask.suffixDigits) : '~';
    const e164 = asked?.e164 ?? null;
    const values = [ask.tenantId, e164, suffix, `${suffix}:`, ask.agent ?? ''];
    const isNamed = ask.correlated.length + ask.vouched.length > 0;
    const kind = e164 === null ? 'partly' : 'whole';
    const rows = isNamed
      ? await preparedQuery<CandidateRow>(this.dataSource, statements[`${kind}Named`], [
          ...values,
          ask.correlated,
          ask.vouched,
        ])
      : await preparedQuery<CandidateRow>(this.dataSource, statements[kind], values);
    return rows.map(candidateOf);
  }

  /** A number that a user said belongs to a contact, for the next call. */
  async addAlias(tenantId: string, contactId: string, number: PhoneNumber, manager: EntityManager): Promise<void> {
    const reversed = reversedDigits(number);
    if (reversed === null || reversed.length < 5) return;
    await manager.query(
      `insert into number_index (tenant_id, contact_id, kind, label, position, raw, e164, extension, presentation, reversed)
       select $1, c.id, 'alias', 'other', 0, $3, $4, $5, 'allowed', $6 from contact c
       where c.id = $2 and not exists (select 1 from number_index n where n.contact_id = c.id and n.reversed = $6)`,
      [tenantId, contactId, number.raw, number.e164, number.extension, reversed],
    );
  }

  async touch(contactId: string, agent: string, atMs: number): Promise<void> {
    await this.dataSource.query(
      `insert into contact_touch (contact_id, agent, at)
       select id, $2, to_timestamp($3 / 1000.0) from contact where id = $1
       on conflict (contact_id, agent) do update set at = greatest(contact_touch.at, excluded.at)
       returning ${relaxedCommit}`,
      [contactId, agent, atMs],
    );
  }
}
