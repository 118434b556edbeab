import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compile, type CompiledDictionary } from './compile.ts';
import { type Coverage, createCoverage } from './coverage.ts';
import type { Dictionary } from './dictionary.ts';
import type { LossEvent } from './run.ts';
import type { DictionaryTest } from './schema.ts';
import type { ValueTable } from './value-table.ts';

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
  /** Rows of value tables no test looked up, by direction: `write status: "urgent" → "Urgent"`. */
  readonly unusedRows: readonly string[];
}

/** Runs the tests that stand beside a dictionary; the same for the command line, the screen and publishing. */
export function runDictionaryTests(
  dictionary: Dictionary,
  tests: readonly DictionaryTest[],
  values: ReadonlyMap<string, ValueTable>,
): TestReport {
  const coverage = createCoverage(dictionary, values);
  const outcomes = tests.map((test) => {
    const compiled = compile(dictionary, {
      values,
      ...(test.region === undefined ? {} : { region: test.region }),
      ...(test.timeZone === undefined ? {} : { timeZone: test.timeZone }),
    });
    const differences = runTest(test, compiled, coverage);
    return { name: test.name, passed: differences.length === 0, differences };
  });
  return { outcomes, unusedRules: coverage.unusedRules(), unusedRows: coverage.unusedRows() };
}

function runTest(test: DictionaryTest, compiled: CompiledDictionary, coverage: Coverage): TestDifference[] {
  const differences: TestDifference[] = [];
  const events: LossEvent[] = [];
  if (test.direction !== 'write') {
    const { entity, events: losses, rows } = compiled.traceRead(test.record);
    coverage.note('read', rows);
    differences.push(...compareValues(test.entity, entity, 'entity'));
    events.push(...losses);
  }
  if (test.direction !== 'read') {
    const { record, events: losses, rows } = compiled.traceWrite(test.entity, test.current);
    coverage.note('write', rows);
    differences.push(...compareValues(test.record, record, 'record'));
    events.push(...losses);
  }
  const short = (list: readonly { rule: string; kind: string }[]): string[] =>
    list.map((event) => `${event.kind} ${event.rule}`).toSorted();
  differences.push(...compareValues(short(test.events), short(events), 'events'));
  return differences;
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
