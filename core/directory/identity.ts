/**
 * Who is this? The match policy applied to what the number index found. Pure: the same question, candidates and policy
 * give the same answer and the same trace, in whatever order the candidates came.
 */
import type { Identification } from '#core/contract/api/interactions.ts';
import type { MatchStep } from '#core/contract/desk.ts';
import type { MatchKey, MatchPolicy } from '#core/contract/match-policy.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { reversedDigits } from '#core/kit/number-format.ts';
import { asPopCandidate, candidateKey, kindOf, type Candidate } from './candidate.ts';
import { explain, type Reason } from './match-reason.ts';
import { inOrder } from './tie-break.ts';

export interface Question {
  /** The number of the other party; null between colleagues. */
  readonly number: PhoneNumber | null;
}
export type Decision = Omit<Identification, 'interactionId' | 'chosenBy'> &
  Reason & { readonly accountId: string | null };

/** More are counted but not kept: a chooser with hundreds of lines helps nobody. */
const mostCandidates = 50;

export function identify(policy: MatchPolicy, question: Question, found: readonly Candidate[]): Decision {
  const trace: MatchStep[] = [];
  const correlated = found.some((candidate) => candidate.isCorrelated);
  const refusal = correlated && policy.keys.includes('correlation') ? null : refuse(policy, question);
  if (refusal) return nobody(refusal, [step('number', [0, 0], refusal.reason)]);
  const eligible = withoutExcluded(policy, found, trace);
  const byKey = firstKeyThatFinds(policy, question, eligible, trace);
  if (byKey.matches.length === 0) {
    const count = records(found);
    return nobody(count > 0 && eligible.length === 0 ? explain('onlyExcluded', { count }) : explain('noMatch'), trace);
  }
  const preferred = preferredObjects(policy, byKey.matches, trace);
  return decide(policy, byKey.key, preferred, trace);
}

function refuse(policy: MatchPolicy, { number }: Question): Reason | null {
  if (number === null) return explain('internalCall');
  if (number.presentation !== 'allowed') return explain('hiddenNumber');
  if (number.e164 === null && number.extension !== null) return explain('internalCall');
  return isOwnNumber(policy, number.e164) ? explain('ownNumber') : null;
}

function isOwnNumber(policy: MatchPolicy, e164: string | null): boolean {
  if (e164 === null) return false;
  return policy.ownCompany.numbers.some((own) =>
    own.endsWith('*') ? e164.startsWith(own.slice(0, -1)) : e164 === own,
  );
}

function withoutExcluded(policy: MatchPolicy, found: readonly Candidate[], trace: MatchStep[]): Candidate[] {
  const { domains, accountIds } = policy.ownCompany;
  const ownDomains = new Set(domains.map((domain) => domain.toLowerCase()));
  const live = found.filter((candidate) => !policy.excludeStates.includes(candidate.status));
  const foreign = live.filter(
    (candidate) =>
      !accountIds.includes(candidate.accountId ?? '') && !candidate.domains.some((domain) => ownDomains.has(domain)),
  );
  const [all, alive, kept] = [records(found), records(live), records(foreign)];
  trace.push(step('states', [all, alive], `${all - alive} not active`, { dropped: all - alive }));
  if (kept < alive) trace.push(step('ownCompany', [alive, kept], 'our own firm left out', { dropped: alive - kept }));
  return foreign;
}

function records(candidates: readonly Candidate[]): number {
  return new Set(candidates.map(candidateKey)).size;
}

function firstKeyThatFinds(
  policy: MatchPolicy,
  question: Question,
  eligible: readonly Candidate[],
  trace: MatchStep[],
): { key: MatchKey; matches: Candidate[] } {
  for (const key of policy.keys) {
    const matches = distinct(eligible.filter((candidate) => fits(key, policy, question, candidate)));
    trace.push(step(`key.${key}`, [records(eligible), matches.length], keyDetail[key]));
    if (matches.length > 0) return { key, matches };
  }
  return { key: 'e164', matches: [] };
}

const keyDetail: Readonly<Record<MatchKey, string>> = {
  correlation: 'the record a click-to-dial named',
  numberAndExtension: 'same number and extension',
  e164: 'same number',
  suffix: 'numbers that end alike',
};

function fits(key: MatchKey, policy: MatchPolicy, { number }: Question, candidate: Candidate): boolean {
  if (key === 'correlation') return candidate.isCorrelated;
  if (number === null || number.presentation !== 'allowed') return false;
  const isSame = number.e164 !== null && candidate.e164 === number.e164;
  if (key === 'e164') return isSame || candidate.isVouched;
  if (key === 'numberAndExtension')
    return isSame && number.extension !== null && candidate.extension === number.extension;
  return !isSame && endsAlike(number, candidate, policy.suffixDigits);
}

/** Two fully known numbers that differ are different; else the shorter one, less its trunk zeros, must end the longer. */
function endsAlike(number: PhoneNumber, candidate: Candidate, atLeast: number): boolean {
  if (candidate.reversed === null || (number.e164 !== null && candidate.e164 !== null)) return false;
  const asked = (reversedDigits(number) ?? '').replace(/0+$/, '');
  const stored = candidate.reversed.replace(/0+$/, '');
  const [short, long] = asked.length <= stored.length ? [asked, stored] : [stored, asked];
  return short.length >= atLeast && long.startsWith(short);
}

/** Of a record found by several numbers one candidate stays. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidateKey(candidate), candidate])).values()];
}

function preferredObjects(policy: MatchPolicy, matches: readonly Candidate[], trace: MatchStep[]): Candidate[] {
  const kind = policy.objects.find((object) => matches.some((candidate) => kindOf(candidate) === object));
  const kept = matches.filter((candidate) => kindOf(candidate) === kind);
  trace.push(step('objects', [matches.length, kept.length], `${kind ?? 'nothing'} preferred`, { object: kind ?? '' }));
  return kept;
}

function decide(policy: MatchPolicy, key: MatchKey, matches: readonly Candidate[], trace: MatchStep[]): Decision {
  const { ordered, rule } = inOrder(policy.tieBreakers, matches);
  const [first] = ordered;
  if (!first) return nobody(explain('noMatch'), trace);
  if (ordered.length === 1) return decideOne(policy, key, first, trace);
  const { displayName: name } = first;
  trace.push(step(`tieBreak.${rule ?? 'none'}`, [matches.length, 1], `${name} comes first`, { name }));
  const accountId = sharedAccount(ordered);
  const action = accountId === null ? policy.actions.several : policy.actions.sameAccount;
  const count = ordered.length;
  if (action === 'auto') {
    const reason = explain('tieBroken', { count, name: first.displayName, rule: rule ?? '' });
    return settle({ action, contactId: first.contactId, accountId: first.accountId }, reason, ordered, trace);
  }
  const reason =
    accountId === null
      ? explain('severalMatches', { count })
      : explain('sameCompany', { count, company: first.accountName ?? '' });
  return settle(
    { action, contactId: null, accountId: action === 'company' ? accountId : null },
    reason,
    ordered,
    trace,
  );
}

function decideOne(policy: MatchPolicy, key: MatchKey, only: Candidate, trace: MatchStep[]): Decision {
  const code = key === 'correlation' ? 'fromClickToDial' : key === 'suffix' ? 'uncertainMatch' : 'oneMatch';
  const action = {
    fromClickToDial: 'auto',
    uncertainMatch: policy.actions.uncertain,
    oneMatch: policy.actions.one,
  } as const;
  const isTaken = action[code] === 'auto';
  return settle(
    { action: action[code], contactId: isTaken ? only.contactId : null, accountId: isTaken ? only.accountId : null },
    explain(code, { name: only.displayName }),
    [only],
    trace,
  );
}

/** The company all of them belong to; null when they differ or one has none. */
function sharedAccount(candidates: readonly Candidate[]): string | null {
  const ids = new Set(candidates.map((candidate) => candidate.accountId));
  const [id] = ids;
  return ids.size === 1 ? (id ?? null) : null;
}

function settle(
  taken: Pick<Decision, 'action' | 'contactId' | 'accountId'>,
  reason: Reason,
  ordered: readonly Candidate[],
  trace: MatchStep[],
): Decision {
  const isNobody = taken.contactId === null && taken.accountId === null;
  trace.push(step('action', [ordered.length, isNobody ? 0 : 1], taken.action));
  return { ...taken, ...reason, candidates: ordered.slice(0, mostCandidates).map(asPopCandidate), trace };
}

function nobody(reason: Reason, trace: MatchStep[]): Decision {
  return { action: 'none', contactId: null, accountId: null, candidates: [], trace, ...reason };
}

function step(rule: string, [found, kept]: [number, number], detail: string, params?: MatchStep['params']): MatchStep {
  return params === undefined ? { rule, found, kept, detail } : { rule, found, kept, detail, params };
}
