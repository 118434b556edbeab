import type { JsonValue } from '#core/contract/json.ts';
import { tableOf } from './check-values.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import type { TraceRow } from './run.ts';
import { StepFault } from './step.ts';
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
        for (const lookup of rule.lookups) noteLookup(lookup, row);
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

/** A step that looks a value up: its place in the order the rule's steps run, and the rows met there. */
interface Lookup {
  readonly position: number;
  readonly column: Column;
  readonly met: Set<number>;
}

function coverRule(rule: Rule, direction: Direction, tables: ReadonlyMap<string, ValueTable>): CoveredRule {
  const isUndone = direction === 'write' && rule.back === null;
  const specs = isUndone ? rule.steps.toReversed() : direction === 'read' ? rule.steps : (rule.back ?? []);
  const lookups = specs.flatMap((spec, position): Lookup[] => {
    const table = tableOf(spec, tables);
    if (table === null) return [];
    return [{ position, column: isUndone ? table.toRecord : table.toEntity, met: new Set() }];
  });
  return { name: `${direction} ${rule.id}`, lookups, isUsed: false };
}

/** What went into a step is what came out of the one before. Lists that run element by element have one entry in all. */
function noteLookup({ position, column, met }: Lookup, row: TraceRow): void {
  const given: JsonValue | StepFault | undefined = position === 0 ? row.from : row.steps[position - 1];
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
