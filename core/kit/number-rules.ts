/** Which numbering habits hold where: a region is chosen per DID, per trunk, per connection or for a tenant. Pure. */
import { z } from 'zod';

/** How numbers are written in one place. Every part but the region may be left out. */
export const numberHabits = z.object({
  /** ISO 3166 country whose national format bare numbers have. */
  defaultRegion: z.string().regex(/^[A-Z]{2}$/),
  /** Put before numbers that lack their area code (a seven-digit number in the USA). */
  areaCode: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
  /** Digits users dial, and some switches report, for an outside line. */
  outsidePrefixes: z
    .array(z.string().regex(/^[0-9*#]{1,4}$/))
    .max(10)
    .optional(),
  /** Dial patterns of the own extensions (`2XXX`, `60XX`, `8.`); they win over every reading as a public number. */
  extensionPatterns: z
    .array(z.string().regex(/^[0-9XZN*#]{1,12}\.?$/i))
    .max(100)
    .optional(),
});
export type NumberHabits = z.output<typeof numberHabits>;

/** Habits that hold where all named facts agree; a name may end in `*`. */
export const numberRule = numberHabits.extend({
  connectionId: z.string().optional(),
  trunk: z.string().optional(),
  did: z.string().optional(),
});
export type NumberRule = z.output<typeof numberRule>;

/** What is known about where a number came from. */
export interface NumberPlace {
  readonly connectionId?: string | null;
  readonly trunk?: string | null;
  readonly did?: string | null;
}

/**
 * The habits for a place: the first rule in the list that fits, most specific kind first (DID, trunk, connection, tenant).
 * Called once per call by identification. Null when no rule fits, so the caller decides what to assume.
 */
export function habitsFor(rules: readonly NumberRule[], place: NumberPlace): NumberHabits | null {
  const fitting = rules.filter((rule) => fits(rule, place));
  return [...fitting].sort((a, b) => weight(b) - weight(a))[0] ?? null;
}

function fits(rule: NumberRule, place: NumberPlace): boolean {
  return (['connectionId', 'trunk', 'did'] as const).every((fact) => {
    const wanted = rule[fact];
    if (wanted === undefined) return true;
    const actual = place[fact] ?? '';
    return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : wanted === actual;
  });
}

function weight(rule: NumberRule): number {
  return (
    (rule.did === undefined ? 0 : 4) + (rule.trunk === undefined ? 0 : 2) + (rule.connectionId === undefined ? 0 : 1)
  );
}
