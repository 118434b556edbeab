/** Puts several matches in order. Each rule decides only between those the earlier ones left equal. */
import type { TieBreaker } from '#core/contract/match-policy.ts';
import { candidateKey, type Candidate } from './candidate.ts';

type Compare = (a: Candidate, b: Candidate) => number;

const comparisons: Readonly<Record<TieBreaker, Compare>> = {
  lastContactByAgent: (a, b) => (b.lastContactByAgentAtMs ?? 0) - (a.lastContactByAgentAtMs ?? 0),
  lastUpdated: (a, b) => b.updatedAtMs - a.updatedAtMs,
  earliestCreated: (a, b) => a.createdAtMs - b.createdAtMs,
  alphabetical: (a, b) => compareText(a.displayName, b.displayName),
};

/** `rule` is the one that put the first before the second; null when nothing but the record id does. */
export function inOrder(
  tieBreakers: readonly TieBreaker[],
  candidates: readonly Candidate[],
): { ordered: Candidate[]; rule: TieBreaker | null } {
  const rules = tieBreakers.map((name) => comparisons[name]);
  const ordered = [...candidates].sort((a, b) => {
    for (const compare of rules) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return compareText(candidateKey(a), candidateKey(b));
  });
  const [first, second] = ordered;
  if (!first || !second) return { ordered, rule: null };
  return { ordered, rule: tieBreakers.find((name) => comparisons[name](first, second) !== 0) ?? null };
}

/** By code point: the same everywhere, whatever the locale of the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
