/** One record that may be the caller, with everything the match policy may ask about it. */
import type { PopCandidate } from '#core/contract/desk.ts';

export interface Candidate {
  /** Null for a company that answers under the number itself. */
  readonly contactId: string | null;
  readonly accountId: string | null;
  readonly displayName: string;
  readonly accountName: string | null;
  readonly jobTitle: string | null;
  readonly recordUrl: string | null;
  /** `directory`, or the connection whose live look-up named it. */
  readonly source: string;
  readonly status: 'active' | 'inactive' | 'converted';
  /** Lower-case domains of its e-mail addresses, or of the company. */
  readonly domains: readonly string[];
  /** A click-to-dial carried this record. */
  readonly isCorrelated: boolean;
  /** A CRM's own look-up named it for this very number, whatever numbers the hub holds of it. */
  readonly isVouched: boolean;
  /** The stored number it was found by; all null when it was not found by number. */
  readonly e164: string | null;
  readonly extension: string | null;
  /** The stored number's digits, last one first. */
  readonly reversed: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly lastContactByAgentAtMs: number | null;
}

/** The same record may be found by several of its numbers; identity is the record. */
export function candidateKey(candidate: Candidate): string {
  return candidate.contactId ?? `account:${candidate.accountId}`;
}

export function kindOf(candidate: Candidate): 'contact' | 'account' {
  return candidate.contactId === null ? 'account' : 'contact';
}

export function asPopCandidate(candidate: Candidate): PopCandidate {
  const { contactId, displayName, accountName, jobTitle, recordUrl, source, accountId } = candidate;
  return { contactId, displayName, accountName, jobTitle, recordUrl, source, accountId };
}
