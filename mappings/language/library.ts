import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { compile, type CompiledDictionary, type CompileOptions } from './compile.ts';
import { checkDictionary, type Dictionary } from './dictionary.ts';
import { findDictionary } from './find-dictionary.ts';
import { DictionaryError, type Problem } from './problem.ts';
import { readTableFile, readTestFile } from './read-files.ts';
import type { DictionaryTest } from './schema.ts';
import type { ValueTable } from './value-table.ts';

export interface LibraryEntry {
  /** `hubspot/contact`: folder and file name, as `extends` names it. */
  readonly name: string;
  readonly dictionary: Dictionary;
  readonly tests: readonly DictionaryTest[];
}

/** All dictionaries and value tables of some folders, checked. */
export interface Library {
  readonly entries: readonly LibraryEntry[];
  readonly values: ReadonlyMap<string, ValueTable>;
  readonly problems: readonly Problem[];
  /**
   * The dictionary for a connector's object, by the object's name or the file's (`contacts` or `contact`); when the
   * connector has none, the one under `default/`. A broken file of the connector never gives way to the default.
   */
  find(connector: string, object: string): Dictionary | null;
  /** The same, compiled; compiled once per set of options. Throws `DictionaryError` when nothing fits. */
  compiled(connector: string, object: string, options?: Omit<CompileOptions, 'values'>): CompiledDictionary;
}

export interface LibraryOptions {
  /** Files here take the place of shipped files of the same relative name, and add to them. */
  readonly userFolder?: string | undefined;
  readonly shippedFolder?: string | undefined;
}

/**
 * Reads and checks everything. A broken file does not throw here and does not stop the others: it is left out, its
 * problems are kept, and asking for what it should have given throws them.
 */
export function openLibrary(options: LibraryOptions = {}): Library {
  const folders = [options.shippedFolder ?? shippedFolder(), ...(options.userFolder ? [options.userFolder] : [])];
  const reader = new LibraryReader(listFiles(folders));
  const { entries, values, problems } = reader;
  const compiledOnes = new Map<string, CompiledDictionary>();
  const brokenOf = (connector: string): Problem[] =>
    problems.filter(({ severity, file }) => severity === 'error' && file.startsWith(`${connector}/`));
  const known = entries.map(({ name, dictionary }) => {
    return { name, connector: dictionary.connector, object: dictionary.object, dictionary };
  });
  const broken = problems.filter(({ severity }) => severity === 'error').map(({ file }) => file);
  const find = (connector: string, object: string): Dictionary | null =>
    findDictionary(known, connector, object, broken)?.dictionary ?? null;
  return {
    entries,
    values,
    problems,
    find,
    compiled: (connector, object, settings = {}) => {
      const key = JSON.stringify([connector, object, settings.region, settings.timeZone]);
      const compiledBefore = compiledOnes.get(key);
      if (compiledBefore !== undefined) return compiledBefore;
      const dictionary = find(connector, object);
      if (dictionary === null) throw new DictionaryError([...brokenOf(connector), missing(connector, object)]);
      const fresh = compile(dictionary, { ...settings, values });
      compiledOnes.set(key, fresh);
      return fresh;
    },
  };
}

function missing(connector: string, object: string): Problem {
  return {
    code: 'extends.missing',
    severity: 'error',
    file: `${connector}/${object}.yaml`,
    line: 1,
    column: 1,
    message: `There is no dictionary for ${connector} ${object}, nor a default one.`,
    mend: `Write mappings/${connector}/${object}.yaml or put one into the user folder.`,
    excerpt: '',
  };
}

/** `mappings/` of the package, found from the sources and from the build alike: YAML files are not compiled. */
export function shippedFolder(): string {
  let folder = import.meta.dirname;
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'mappings', 'shared')))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The shipped mappings folder is missing; install the package again.');
    folder = above;
  }
  return join(folder, 'mappings');
}

/** Relative name (`hubspot/contact.yaml`) to file; a later folder wins. */
export function listFiles(folders: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:ya?ml|json)$/.test(entry.name) || isOther(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const name = relative(folder, file).split(sep).join('/');
      if (/^[^/]+\/[^/]+$/.test(name) && !name.startsWith('language/')) files.set(name, file);
    }
  }
  return files;
}

/** Descriptions of objects, and the connection an imported template gives, stand beside dictionaries. */
function isOther(name: string): boolean {
  return /\.fields\.(?:ya?ml|json)$/.test(name) || name === 'connection.json';
}

/** Of dictionaries that extend each other. */
const longestChain = 20;

class LibraryReader {
  readonly entries: LibraryEntry[] = [];
  readonly values = new Map<string, ValueTable>();
  readonly problems: Problem[] = [];
  private readonly files: ReadonlyMap<string, string>;
  private readonly loading = new Set<string>();
  private depth = 0;

  constructor(files: ReadonlyMap<string, string>) {
    this.files = files;
    for (const name of files.keys()) if (name.startsWith('shared/')) this.readValues(name);
    for (const name of files.keys())
      if (!name.startsWith('shared/') && !isTestFile(name)) this.readEntry(baseName(name));
  }

  private text(name: string): { text: string; file: string } {
    const file = this.files.get(name) ?? name;
    return { text: readFileSync(file, 'utf8'), file: name };
  }

  private readValues(name: string): void {
    const { text, file } = this.text(name);
    const { table, problems } = readTableFile(text, file);
    this.problems.push(...problems);
    if (table !== null) this.values.set(table.name, table);
  }

  /** Depth first, so that an extended dictionary stands before those that extend it; a circle finds nothing. */
  private readEntry(base: string): Dictionary | null {
    const known = this.entries.find((entry) => entry.name === base);
    if (known !== undefined) return known.dictionary;
    const name = ['yaml', 'yml', 'json'].map((end) => `${base}.${end}`).find((candidate) => this.files.has(candidate));
    if (name === undefined || this.loading.has(base) || this.depth >= longestChain) return null;
    this.loading.add(base);
    this.depth += 1;
    const options = { values: this.values, parent: (parent: string) => this.readEntry(parent) };
    const { text, file } = this.text(name);
    const { dictionary, problems } = checkDictionary(text, { file, ...options });
    this.depth -= 1;
    this.problems.push(...problems);
    if (dictionary !== null) {
      this.entries.push({ name: base, dictionary, tests: [...dictionary.tests, ...this.readTests(base)] });
    }
    return dictionary;
  }

  private readTests(base: string): readonly DictionaryTest[] {
    const name = [`${base}.test.yaml`, `${base}.test.json`].find((candidate) => this.files.has(candidate));
    if (name === undefined) return [];
    const { text, file } = this.text(name);
    const { tests, problems } = readTestFile(text, file);
    this.problems.push(...problems);
    return tests;
  }
}

function isTestFile(name: string): boolean {
  return /\.test\.(?:yaml|json)$/.test(name);
}

function baseName(name: string): string {
  return name.replace(/\.(?:ya?ml|json)$/, '');
}
