import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compile, type CompiledDictionary } from './compile.ts';
import { tableNameOf } from './check-values.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import type { LossEvent, TraceRow } from './run.ts';
import type { DictionaryTest } from './schema.ts';
import type { Column, ValueTable } from './value-table.ts';

export interface TestDifference {
  /** Dotted path inside the entity, the record or the events. */
  readonly at: string;
  readonly expected: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
}
export interface TestOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly differences: readonly TestDifference[];
}
export interface TestReport {
  readonly outcomes: readonly TestOutcome[];
  /** Rules no test gave a value to, by direction: `write firstName`. */
  readonly unusedRules: readonly string[];
  /** Rows of value tables no test looked up, by direction: `write status: urgent`. */
  readonly unusedRows: readonly string[];
}

/** Runs the tests that stand beside a dictionary; the same for the command line, the screen and publishing. */
export function runDictionaryTests(
  dictionary: Dictionary,
  tests: readonly DictionaryTest[],
  values: ReadonlyMap<string, ValueTable>,
): TestReport {
  const used = new Set<string>();
  const outcomes = tests.map((test) => {
    const compiled = compile(dictionary, {
      values,
      ...(test.region === undefined ? {} : { region: test.region }),
      ...(test.timeZone === undefined ? {} : { timeZone: test.timeZone }),
    });
    const differences = runTest(test, compiled, used);
    return { name: test.name, passed: differences.length === 0, differences };
  });
  const all = dictionary.rules.flatMap((rule) => [
    ...(rule.reads ? [`read ${rule.id}`] : []),
    ...(rule.writes ? [`write ${rule.id}`] : []),
  ]);
  const rows = dictionary.rules.flatMap((rule) => rowsOf(rule, values));
  const isUnused = (name: string): boolean => !used.has(name);
  return { outcomes, unusedRules: all.filter(isUnused), unusedRows: rows.filter(isUnused) };
}

function runTest(test: DictionaryTest, compiled: CompiledDictionary, used: Set<string>): TestDifference[] {
  const differences: TestDifference[] = [];
  const events: LossEvent[] = [];
  if (test.direction !== 'write') {
    const { entity, events: losses, rows } = compiled.traceRead(test.record);
    for (const row of rows) noteUse('read', row, used);
    differences.push(...compareValues(test.entity, entity, 'entity'));
    events.push(...losses);
  }
  if (test.direction !== 'read') {
    const { record, events: losses, rows } = compiled.traceWrite(test.entity, test.current);
    for (const row of rows) noteUse('write', row, used);
    differences.push(...compareValues(test.record, record, 'record'));
    events.push(...losses);
  }
  const short = (list: readonly { rule: string; kind: string }[]): string[] =>
    list.map((event) => `${event.kind} ${event.rule}`).toSorted();
  differences.push(...compareValues(short(test.events), short(events), 'events'));
  return differences;
}

/** A row is named by what it gives: the entity's value when reading, the record's when writing. */
function noteUse(direction: 'read' | 'write', row: TraceRow, used: Set<string>): void {
  if (row.to === undefined) return;
  used.add(`${direction} ${row.rule}`);
  used.add(`${direction} ${row.rule}: ${JSON.stringify(row.to)}`);
}

/** Only where the table has the last word; what later steps make of a row would hide it. */
function rowsOf(rule: Rule, values: ReadonlyMap<string, ValueTable>): string[] {
  const last = rule.steps.at(-1);
  const table = values.get(last === undefined ? '' : (tableNameOf(last) ?? ''));
  if (table === undefined) return [];
  const given = (column: Column): string[] => [
    ...new Set(column.cells.map((cell) => JSON.stringify(column.find(cell)?.value))),
  ];
  return [
    ...(rule.reads ? given(table.toEntity).map((value) => `read ${rule.id}: ${value}`) : []),
    ...(rule.writes && rule.back === null && rule.steps.length === 1
      ? given(table.toRecord).map((value) => `write ${rule.id}: ${value}`)
      : []),
  ];
}

/** Every place where two values differ, deepest first named. */
export function compareValues(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  at: string,
): TestDifference[] {
  if (isPlain(expected) && isPlain(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) => compareValues(expected[key], actual[key], `${at}.${key}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, index) =>
      compareValues(expected[index], actual[index], `${at}[${index}]`),
    ).flat();
  }
  return Object.is(expected, actual) ? [] : [{ at, expected, actual }];
}

function isPlain(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
