/** How the hub decides who a caller is. Data that integrators edit; `core/directory/identity.ts` reads it. */
import { z } from 'zod';

export const matchKeys = ['correlation', 'numberAndExtension', 'e164', 'suffix'] as const;
export const tieBreakers = ['lastContactByAgent', 'lastUpdated', 'earliestCreated', 'alphabetical'] as const;

export const matchPolicy = z.strictObject({
  /**
   * Asked in order; the first key that finds a record decides. `correlation`: the record a click-to-dial named.
   * `suffix`: one number ends like the other, where one of them is not fully known.
   */
  keys: z.array(z.enum(matchKeys)).min(1),
  /** A suffix shorter than this proves nothing. */
  suffixDigits: z.number().int().min(7).max(15),
  /** Objects in order of preference: where a contact and an account both match, the first kind wins. */
  objects: z.array(z.enum(['contact', 'account'])).min(1),
  /** Records in these states never match. */
  excludeStates: z.array(z.enum(['active', 'inactive', 'converted'])),
  /** The firm itself: its records and numbers are never the customer. A number may end in `*`. */
  ownCompany: z.strictObject({
    numbers: z.array(z.string().max(40)).max(500),
    domains: z.array(z.string().max(253)).max(100),
    accountIds: z.array(z.string().max(80)).max(100),
  }),
  /** Put several matches in order; with `several: auto` the first one is taken. */
  tieBreakers: z.array(z.enum(tieBreakers)),
  /** What to do. `auto`: take the record. `company`: take the company only. `ask`: the agent chooses. `park`: decide later. */
  actions: z.strictObject({
    one: z.enum(['auto', 'ask', 'park']),
    /** One match, but by `suffix` only. */
    uncertain: z.enum(['auto', 'ask', 'park']),
    /** Several people of one company share the number. */
    sameAccount: z.enum(['auto', 'company', 'ask', 'park']),
    several: z.enum(['auto', 'ask', 'park']),
  }),
});
export type MatchPolicy = z.output<typeof matchPolicy>;
export type MatchKey = (typeof matchKeys)[number];
export type TieBreaker = (typeof tieBreakers)[number];
