/** A row of the number look-up as a candidate. */
import type { Candidate } from './candidate.ts';
import { domainOf } from './contact-record.ts';

export interface CandidateRow {
  readonly contactId: string | null;
  readonly accountId: string | null;
  readonly e164: string | null;
  readonly extension: string | null;
  readonly reversed: string | null;
  readonly way: 'number' | 'correlated' | 'vouched';
  readonly contactName: string | null;
  readonly accountName: string | null;
  readonly jobTitle: string | null;
  readonly contactStatus: Candidate['status'] | null;
  readonly accountStatus: 'active' | 'inactive' | null;
  readonly contactUrl: string | null;
  readonly accountUrl: string | null;
  readonly emailKeys: readonly string[] | null;
  readonly domain: string | null;
  // numeric columns, which the driver gives as text
  readonly createdAtMs: string;
  readonly updatedAtMs: string;
  readonly touchedAtMs: string | null;
}

export function candidateOf(row: CandidateRow): Candidate {
  const isContact = row.contactId !== null;
  return {
    contactId: row.contactId,
    accountId: row.accountId,
    displayName: (isContact ? row.contactName : row.accountName) ?? '',
    accountName: row.accountName,
    jobTitle: row.jobTitle,
    recordUrl: isContact ? row.contactUrl : row.accountUrl,
    source: 'directory',
    status: (isContact ? row.contactStatus : row.accountStatus) ?? 'active',
    domains: domainsOf(row),
    isCorrelated: row.way === 'correlated',
    isVouched: row.way === 'vouched',
    e164: row.e164,
    extension: row.extension,
    reversed: row.reversed,
    createdAtMs: Number(row.createdAtMs),
    updatedAtMs: Number(row.updatedAtMs),
    lastContactByAgentAtMs: row.touchedAtMs === null ? null : Number(row.touchedAtMs),
  };
}

function domainsOf({ emailKeys, domain }: CandidateRow): string[] {
  const domains = (emailKeys ?? []).map(domainOf).filter((one) => one !== null);
  return domain === null ? domains : [...domains, domain.toLowerCase()];
}
