import type { JsonValue } from '#core/contract/json.ts';
import { tableOf } from './check-values.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { nestedLists } from './nested-steps.ts';
import type { TraceRow } from './run.ts';
import { type Branch, StepFault, type StepSpec } from './step.ts';
import type { Column, ValueTable } from './value-table.ts';

type Direction = 'read' | 'write';

/** What some mappings exercised of a dictionary: which rules gave a value, and which rows of value tables were met. */
export interface Coverage {
  note(direction: Direction, rows: readonly TraceRow[]): void;
  /** Rules that gave no value, by direction: `write firstName`. */
  unusedRules(): string[];
  /** Rows nobody looked up, by direction, with what goes in and what comes out: `write status: "urgent" → "Urgent"`. */
  unusedRows(): string[];
}

export function createCoverage(dictionary: Dictionary, tables: ReadonlyMap<string, ValueTable>): Coverage {
  const rules = dictionary.rules.flatMap((rule) => [
    ...(rule.reads ? [coverRule(rule, 'read', tables)] : []),
    ...(rule.writes ? [coverRule(rule, 'write', tables)] : []),
  ]);
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return {
    note: (direction, rows) => {
      for (const row of rows) {
        const rule = byName.get(`${direction} ${row.rule}`);
        if (rule === undefined) continue;
        rule.isUsed ||= row.to !== undefined;
        for (const lookup of rule.lookups) noteRow(lookup, row);
      }
    },
    unusedRules: () => rules.filter((rule) => !rule.isUsed).map((rule) => rule.name),
    unusedRows: () => rules.flatMap((rule) => rule.lookups.flatMap((lookup) => unmet(rule.name, lookup))),
  };
}

interface CoveredRule {
  readonly name: string;
  readonly lookups: readonly Lookup[];
  isUsed: boolean;
}

/** A step that looks a value up: the list of steps it stands in, its place in the order they run, and the rows met there. */
interface Lookup {
  readonly at: string;
  readonly position: number;
  readonly column: Column;
  readonly met: Set<number>;
}

function coverRule(rule: Rule, direction: Direction, tables: ReadonlyMap<string, ValueTable>): CoveredRule {
  const isUndone = direction === 'write' && rule.back === null;
  const specs = isUndone ? rule.steps.toReversed() : direction === 'read' ? rule.steps : (rule.back ?? []);
  const at = direction === 'write' && !isUndone ? 'back' : 'steps';
  const lookups = lookupsOf(specs, at, tables, isUndone ? 'toRecord' : 'toEntity');
  return { name: `${direction} ${rule.id}`, lookups, isUsed: false };
}

/** Also inside steps that hold steps (`when`), which are never undone. */
function lookupsOf(
  specs: readonly StepSpec[],
  at: string,
  tables: ReadonlyMap<string, ValueTable>,
  side: 'toEntity' | 'toRecord',
): Lookup[] {
  return specs.flatMap((spec, position) => {
    const table = tableOf(spec, tables);
    const own = table === null ? [] : [{ at, position, column: table[side], met: new Set<number>() }];
    const inside = nestedLists(spec).flatMap(({ name, part, steps }) =>
      lookupsOf(steps, `${at}[${position}].${name}.${part}`, tables, 'toEntity'),
    );
    return [...own, ...inside];
  });
}

function noteRow(lookup: Lookup, row: TraceRow): void {
  const isTop = lookup.at === 'steps' || lookup.at === 'back';
  if (isTop) noteLookup(lookup, row);
  else for (const branch of row.inside ?? []) if (branch.at === lookup.at) noteLookup(lookup, branch);
}

/** What went into a step is what came out of the one before; for all elements in one list where they run one by one. */
function noteLookup({ position, column, met }: Lookup, seen: Pick<TraceRow, 'from' | 'steps'> | Branch): void {
  const given: JsonValue | StepFault | undefined = position === 0 ? seen.from : seen.steps[position - 1];
  if (given === undefined || given instanceof StepFault) return;
  for (const value of Array.isArray(given) ? given : [given]) {
    const found = column.find(value);
    if (found !== undefined) met.add(found.row);
  }
}

function unmet(name: string, { column, met }: Lookup): string[] {
  const named = new Set(met);
  return column.cells.flatMap((cell) => {
    const found = column.find(cell);
    if (found === undefined || named.has(found.row)) return [];
    named.add(found.row);
    return [`${name}: ${JSON.stringify(cell)} → ${JSON.stringify(found.value)}`];
  });
}
