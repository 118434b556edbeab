import type { JsonValue } from '#core/contract/json.ts';
import { didYouMean } from './nearest-name.ts';
import type { ProblemText } from './source.ts';
import type { StepSpec } from './step.ts';
import { buildValueTable, inlineTableSchema, type ValueTable } from './value-table.ts';

/** A table that does not exist, or rows written in place that shadow each other. */
export function tableFaults(spec: StepSpec, values: ReadonlyMap<string, ValueTable> | undefined): ProblemText[] {
  const table = inlineTableOf(spec);
  if (table !== null) return table.ambiguous.length === 0 ? [] : [ambiguousRows(table)];
  const name = tableNameOf(spec);
  if (values === undefined || name === null || values.has(name)) return [];
  const mend = didYouMean(name, [...values.keys()]);
  return [{ code: 'values.unknown', message: `There is no value table "${name}".`, mend }];
}

function ambiguousRows(table: ValueTable): ProblemText {
  const message = `These values stand in two rows of one side: ${table.ambiguous.slice(0, 5).join(', ')}.`;
  return { code: 'values.ambiguous', message, mend: 'Keep each value in one row.' };
}

export function tableNameOf(spec: StepSpec): string | null {
  const args = argumentsOf(spec);
  if (typeof args === 'string') return args;
  return isPlain(args) && typeof args['table'] === 'string' ? args['table'] : null;
}

/** The table a step looks values up in, by its name or by rows of its own; null for other steps. */
export function tableOf(spec: StepSpec, values: ReadonlyMap<string, ValueTable>): ValueTable | null {
  return inlineTableOf(spec) ?? values.get(tableNameOf(spec) ?? '') ?? null;
}

/** Whether the step lets values by that have no row. */
export function keepsUnlisted(spec: StepSpec): boolean {
  const args = argumentsOf(spec);
  return isPlain(args) && args['unlisted'] === 'keep';
}

function inlineTableOf(spec: StepSpec): ValueTable | null {
  const args = argumentsOf(spec);
  if (!isPlain(args) || args['rows'] === undefined) return null;
  const { rows, ignoreCase, default: otherwise } = args;
  const parsed = inlineTableSchema.safeParse({ rows, ignoreCase, default: otherwise });
  return parsed.success ? buildValueTable(parsed.data, 'in place') : null;
}

function argumentsOf(spec: StepSpec): JsonValue | undefined {
  return typeof spec === 'object' ? spec['values'] : undefined;
}

function isPlain(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
