/** The match policy the hub ships with. */
import type { MatchPolicy } from '#core/contract/match-policy.ts';

/**
 * A number shared by several people is never given to one of them by chance: people of one company mean the company,
 * anything else asks the agent.
 */
export const defaultMatchPolicy: MatchPolicy = {
  keys: ['correlation', 'numberAndExtension', 'e164', 'suffix'],
  suffixDigits: 7,
  objects: ['contact', 'account'],
  excludeStates: ['inactive', 'converted'],
  ownCompany: { numbers: [], domains: [], accountIds: [] },
  tieBreakers: ['lastContactByAgent', 'lastUpdated', 'earliestCreated', 'alphabetical'],
  actions: { one: 'auto', uncertain: 'ask', sameAccount: 'company', several: 'ask' },
};
