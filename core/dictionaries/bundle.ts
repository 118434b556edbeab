/**
 * A document with the texts of everything it needs: what it extends, and the value tables it looks up. A bundle read
 * today and in ten years gives the same dictionary, whatever became of the documents around it.
 */
import { createHash } from 'node:crypto';
import { compile } from '#mappings/language/compile.ts';
import { checkDictionary, type Dictionary } from '#mappings/language/dictionary.ts';
import { hasErrors, type Problem } from '#mappings/language/problem.ts';
import { readTableFile, readTestFile } from '#mappings/language/read-files.ts';
import type { DictionaryTest } from '#mappings/language/schema.ts';
import type { ValueTable, ValueTableDefinition } from '#mappings/language/value-table.ts';
import { remember } from './remember.ts';

export interface Texts {
  readonly text: string;
  /** Null when no tests stand beside it. */
  readonly tests: string | null;
}
export interface Bundle extends Texts {
  /** Document name to text, in all generations. */
  readonly parents: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}
export type DocumentKind = 'dictionary' | 'values';

/** Value tables stand in this folder; every other one belongs to a connector. */
const sharedFolder = 'shared';

export function kindOf(name: string): DocumentKind {
  return name.startsWith(`${sharedFolder}/`) ? 'values' : 'dictionary';
}

export interface LoadedBundle {
  readonly name: string;
  readonly kind: DocumentKind;
  /** Null when errors keep it from being used, and for value tables. */
  readonly dictionary: Dictionary | null;
  readonly table: ValueTable | null;
  readonly definition: ValueTableDefinition | null;
  readonly values: ReadonlyMap<string, ValueTable>;
  /** Of the tables it looks up, by document name. */
  readonly tableTexts: Readonly<Record<string, string>>;
  readonly tests: readonly DictionaryTest[];
  readonly problems: readonly Problem[];
}

export function hashOf(bundle: Bundle): string {
  const sorted = (texts: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(texts).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const { text, tests, parents, values } = bundle;
  return createHash('sha256')
    .update(JSON.stringify([text, tests, sorted(parents), sorted(values)]))
    .digest('hex');
}

/** Never throws: what is wrong comes back as problems. */
export function loadBundle(name: string, bundle: Bundle): LoadedBundle {
  const tables = new Map<string, ValueTable>();
  for (const [tableName, text] of Object.entries(bundle.values)) {
    const { table } = readTableFile(text, fileOf(tableName));
    if (table !== null) tables.set(table.name, table);
  }
  const textOf = (parent: string): string | undefined => bundle.parents[parent];
  return load({ name, texts: bundle, tables, tableTexts: bundle.values, textOf });
}

/** The documents as they stand: the live ones, or the files. */
export interface Shelf {
  textOf(name: string): string | undefined;
  readonly tables: readonly { readonly name: string; readonly text: string; readonly table: ValueTable }[];
}

/** The shelf is put up for every preview, and its tables seldom change. */
const tableOf = remember<ValueTable | null>(200);

export function shelfOf(texts: ReadonlyMap<string, string>): Shelf {
  const tables = [...texts].flatMap(([name, text]) => {
    const table = kindOf(name) === 'values' ? tableOf(text, () => readTableFile(text, fileOf(name)).table) : null;
    return table === null ? [] : [{ name, text, table }];
  });
  return { textOf: (name) => texts.get(name), tables };
}

/** Collects what a document needs from the shelf. */
export function bindBundle(name: string, texts: Texts, shelf: Shelf): { bundle: Bundle; loaded: LoadedBundle } {
  const tables = new NotedTables();
  for (const { name: tableName, text, table } of shelf.tables) tables.offer(table, tableName, text);
  const parents: Record<string, string> = {};
  const textOf = (parent: string): string | undefined => {
    const text = shelf.textOf(parent);
    if (text !== undefined) parents[parent] = text;
    return text;
  };
  const loaded = load({ name, texts, tables, tableTexts: tables.texts, textOf });
  const { text, tests } = texts;
  return { bundle: { text, tests, parents, values: loaded.kind === 'values' ? {} : tables.texts }, loaded };
}

/** Notes which tables a dictionary asks for, nested steps included, because it is the compiler that asks. */
class NotedTables extends Map<string, ValueTable> {
  readonly texts: Record<string, string> = {};
  private readonly offered = new Map<string, readonly [name: string, text: string]>();

  offer(table: ValueTable, name: string, text: string): void {
    this.set(table.name, table);
    this.offered.set(table.name, [name, text]);
  }

  override get(name: string): ValueTable | undefined {
    this.note(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.note(name);
    return super.has(name);
  }

  private note(name: string): void {
    const [document, text] = this.offered.get(name) ?? [];
    if (document !== undefined && text !== undefined) this.texts[document] = text;
  }
}

interface Loading {
  readonly name: string;
  readonly texts: Texts;
  readonly tables: ReadonlyMap<string, ValueTable>;
  readonly tableTexts: Readonly<Record<string, string>>;
  readonly textOf: (parent: string) => string | undefined;
}

function load({ name, texts, tables, tableTexts, textOf }: Loading): LoadedBundle {
  const shared = {
    name,
    kind: kindOf(name),
    dictionary: null,
    table: null,
    definition: null,
    values: tables,
    tableTexts,
    tests: [],
  };
  if (shared.kind === 'values') return { ...shared, ...readTableFile(texts.text, fileOf(name)) };
  const parent = parentReader(name, tables, textOf);
  const { dictionary, problems } = checkDictionary(texts.text, { file: fileOf(name), values: tables, parent });
  const beside = texts.tests === null ? { tests: [], problems: [] } : readTestFile(texts.tests, testFileOf(name));
  const tests = [...(dictionary?.tests ?? []), ...beside.tests];
  const found = [...problems, ...beside.problems];
  if (dictionary === null) return { ...shared, tests, problems: found };
  const unusable = compileProblems(dictionary, tables);
  return { ...shared, dictionary: hasErrors(unusable) ? null : dictionary, tests, problems: [...found, ...unusable] };
}

/** Reads what a dictionary extends, generation by generation; a circle finds nothing. */
export function parentReader(
  name: string,
  values: ReadonlyMap<string, ValueTable>,
  textOf: (parent: string) => string | undefined,
): (parentName: string) => Dictionary | null {
  const loading = new Set([name]);
  const parent = (parentName: string): Dictionary | null => {
    const text = loading.has(parentName) ? undefined : textOf(parentName);
    if (text === undefined) return null;
    loading.add(parentName);
    return checkDictionary(text, { file: fileOf(parentName), values, parent }).dictionary;
  };
  return parent;
}

/** Compiling asks for every table, also for those of nested steps. */
function compileProblems(dictionary: Dictionary, values: ReadonlyMap<string, ValueTable>): readonly Problem[] {
  try {
    compile(dictionary, { values });
    return [];
  } catch (thrown) {
    if (thrown instanceof Error && 'problems' in thrown) return (thrown as { problems: readonly Problem[] }).problems;
    throw thrown;
  }
}

export function fileOf(name: string): string {
  return `${name}.yaml`;
}

function testFileOf(name: string): string {
  return `${name}.test.yaml`;
}
