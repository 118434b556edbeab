import { listInteractions } from '#core/contract/api/interactions.ts';
import type { z } from 'zod';

export const filterNames = ['direction', 'outcome', 'agent', 'queue', 'number', 'from', 'to', 'open'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;
type Query = z.input<typeof listInteractions.query>;

/** What the address says, as far as the contract allows it: a hand-edited address never breaks the page. */
export function queryOf(filters: Filters): Query {
  const fits = Object.entries(filters).filter(([name, value]) => {
    const field = filterNames.find((one) => one === name);
    return field !== undefined && listInteractions.query.shape[field].safeParse(value).success;
  });
  return Object.fromEntries(fits);
}
