/** Is this new record somebody the directory already knows? Pure. */
import { sortKey } from './search-terms.ts';
import { displayNameOf, indexedNumbers, type ContactDraft } from './contact-record.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';

/** What is asked about one record; `at` is its place in the batch. */
export interface TwinAsk {
  readonly at: number;
  readonly recordId: string | null;
  readonly emailKeys: readonly string[];
  readonly e164s: readonly string[];
  readonly sortKey: string;
}
export interface Twin {
  readonly at: number;
  readonly contactId: string;
  readonly way: 'link' | 'email' | 'number';
}

export function twinAsk(
  at: number,
  recordId: string | null,
  draft: ContactDraft,
  habits: Partial<NumberHabits>,
): TwinAsk {
  const numbers = indexedNumbers(draft.phones, habits);
  return {
    at,
    recordId,
    emailKeys: draft.emails.map((address) => address.trim().toLowerCase()).filter((address) => address !== ''),
    e164s: [...new Set(numbers.map(({ e164 }) => e164).filter((e164) => e164 !== null))],
    sortKey: sortKey(displayNameOf(draft)),
  };
}

/**
 * A link is proof. An e-mail address, or number and name together, is taken for proof when exactly one contact has it:
 * a shared mailbox or switchboard number says nothing about the person.
 */
export function chooseTwins(twins: readonly Twin[]): Map<number, string> {
  const chosen = new Map<number, string>();
  for (const way of ['link', 'email', 'number'] as const) {
    const byPlace = Map.groupBy(
      twins.filter((twin) => twin.way === way),
      (twin) => twin.at,
    );
    for (const [at, found] of byPlace) {
      const ids = new Set(found.map(({ contactId }) => contactId));
      const [id] = ids;
      if (!chosen.has(at) && ids.size === 1 && id !== undefined) chosen.set(at, id);
    }
  }
  return chosen;
}
