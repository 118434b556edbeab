/** Which numbering habits hold where: a region is chosen per DID, per trunk, per connection or for a tenant. Pure. */
import type { NumberHabits, NumberRule } from '#core/contract/number-rule.ts';

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
