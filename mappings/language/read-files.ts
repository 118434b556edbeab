/** The files beside dictionaries: value tables and tests. What is wrong with one comes back as problems. */
import type { Problem } from './problem.ts';
import { type DictionaryTest, testFileSchema } from './schema.ts';
import { parseSource } from './source.ts';
import { buildValueTable, type ValueTable, type ValueTableDefinition, valueTableSchema } from './value-table.ts';
import { problemsOf } from './zod-problems.ts';

export interface TableFile {
  /** Null when the file cannot be read as a table. */
  readonly table: ValueTable | null;
  readonly definition: ValueTableDefinition | null;
  readonly problems: readonly Problem[];
}

export function readTableFile(text: string, file: string): TableFile {
  const { source, problems } = parseSource(text, file);
  if (source === null) return { table: null, definition: null, problems };
  const parsed = valueTableSchema.safeParse(source.value);
  if (!parsed.success) {
    return {
      table: null,
      definition: null,
      problems: [...problems, ...problemsOf(parsed.error, valueTableSchema, source)],
    };
  }
  const table = buildValueTable(parsed.data, parsed.data.values);
  if (table.ambiguous.length === 0) return { table, definition: parsed.data, problems };
  const message = `These values stand in two rows of one side: ${table.ambiguous.slice(0, 5).join(', ')}.`;
  const what = { code: 'values.ambiguous', message, mend: 'Keep each value in one row.' } as const;
  return { table, definition: parsed.data, problems: [...problems, source.problemAt(['rows'], what)] };
}

export function readTestFile(
  text: string,
  file: string,
): { tests: readonly DictionaryTest[]; problems: readonly Problem[] } {
  const { source, problems } = parseSource(text, file);
  if (source === null) return { tests: [], problems };
  const parsed = testFileSchema.safeParse(source.value);
  if (parsed.success) return { tests: parsed.data.tests, problems };
  return { tests: [], problems: [...problems, ...problemsOf(parsed.error, testFileSchema, source)] };
}
