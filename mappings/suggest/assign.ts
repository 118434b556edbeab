import type { Candidate } from './score.ts';

export interface Assignment {
  readonly chosen: readonly Candidate[];
  /** What was not chosen, best first. */
  readonly others: readonly Candidate[];
}

/** Below this nothing is proposed first. */
const leastChosen = 0.3;

/**
 * Best pair first, each field and each target once. Greedy: what the best total would gain over it are trades of a good
 * pair for two middling ones, which is not what a person would do.
 */
export function assign(
  candidates: readonly Candidate[],
  taken: { readonly isTargetTaken: (path: string) => boolean; readonly isFieldTaken: (name: string) => boolean },
): Assignment {
  const fields = new Set<string>();
  const targets = new Set<string>();
  const chosen: Candidate[] = [];
  const others: Candidate[] = [];
  for (const candidate of candidates.toSorted((left, right) => right.score - left.score)) {
    const { field, target, score } = candidate;
    if (taken.isTargetTaken(target.path) || taken.isFieldTaken(field.name)) continue;
    if (score < leastChosen || fields.has(field.name) || targets.has(target.path)) others.push(candidate);
    else {
      fields.add(field.name);
      targets.add(target.path);
      chosen.push(candidate);
    }
  }
  return { chosen, others };
}
