/** Everything that can be said about a document before it is published: its problems and how its tests go. */
import type { ObjectDescription } from '#core/contract/connector.ts';
import type { MappingTestReport } from '#core/contract/mapping.ts';
import { runDictionaryTests } from '#mappings/language/dictionary-tests.ts';
import { lintDictionary } from '#mappings/language/lint.ts';
import { hasErrors, type Problem } from '#mappings/language/problem.ts';
import { connectorOf, shortNameOf } from './document-name.ts';
import type { LoadedBundle } from './bundle.ts';
import { type Facts, factsOf } from './facts.ts';
import { rememberedLosses } from './remembered-losses.ts';

export interface CheckReport {
  readonly facts: Facts;
  readonly problems: readonly Problem[];
  readonly tests: number;
  readonly failedTests: readonly string[];
  /** Why the document cannot go by its name; null when it can. */
  readonly misplaced: string | null;
}

/** What is known of the record's side. A shipped description is a new account's: users add fields and values of their own. */
export interface RecordSide {
  readonly description: ObjectDescription;
  readonly isShipped: boolean;
}

/** `former`: the version it would take the place of, to count what changed. */
export function checkDocument(
  loaded: LoadedBundle,
  side: RecordSide | null,
  former: LoadedBundle | null = null,
): CheckReport {
  const problems = problemsOf(loaded, side);
  const report = hasErrors(problems) ? null : testReport(loaded);
  const failed = (report?.outcomes ?? []).filter(({ passed }) => !passed);
  return {
    facts: factsOf(loaded, former),
    problems,
    tests: loaded.tests.length,
    failedTests: failed.map(({ name }) => name),
    misplaced: misplacedOf(loaded),
  };
}

/** A document is found by its name, so what it says of itself has to agree. */
function misplacedOf({ name, dictionary, definition }: LoadedBundle): string | null {
  const [folder, document] = [connectorOf(name), shortNameOf(name)];
  if (dictionary !== null && dictionary.connector !== folder) {
    return `It says "connector: ${dictionary.connector}" and is named ${name}. Let both name the same connector.`;
  }
  if (definition !== null && definition.values !== document) {
    return `It says "values: ${definition.values}" and is named ${name}. Let both name the same table.`;
  }
  return null;
}

const ownToAnAccount = new Set<string>(['record.unknownField', 'record.notAValue']);

export function problemsOf(loaded: LoadedBundle, side: RecordSide | null): Problem[] {
  const { dictionary, values, problems } = loaded;
  if (dictionary === null) return [...problems];
  const found = lintDictionary(dictionary, {
    values,
    ...(side !== null && { object: side.description }),
    findLoss: rememberedLosses(loaded, side?.description ?? null),
  });
  const weighed = found.map((problem) =>
    side?.isShipped === true && ownToAnAccount.has(problem.code)
      ? ({ ...problem, severity: 'warning' } as const)
      : problem,
  );
  return [...problems, ...weighed];
}

/** Null for value tables, and for what cannot run. */
export function testReport({ dictionary, tests, values }: LoadedBundle): MappingTestReport | null {
  if (dictionary === null) return null;
  const { outcomes, unusedRules, unusedRows } = runDictionaryTests(dictionary, tests, values);
  return {
    outcomes: outcomes.map(({ name, passed, differences }) => ({
      name,
      passed,
      differences: differences.map(({ at, expected, actual }) => ({
        at,
        ...(expected !== undefined && { expected }),
        ...(actual !== undefined && { actual }),
      })),
    })),
    unusedRules: [...unusedRules],
    unusedRows: [...unusedRows],
  };
}
