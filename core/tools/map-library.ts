/** Finds the dictionaries a `map` command is about: by name in the library, or in a file of the author's. */
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { checkDictionary, type Dictionary } from '#mappings/language/dictionary.ts';
import { type Library, openLibrary } from '#mappings/language/library.ts';
import type { Problem } from '#mappings/language/problem.ts';
import type { DictionaryTest } from '#mappings/language/schema.ts';
import { UsageError, type CommandIo } from './command.ts';

export interface Chosen {
  readonly name: string;
  /** Null when its problems keep it from being used. */
  readonly dictionary: Dictionary | null;
  readonly tests: readonly DictionaryTest[];
  readonly problems: readonly Problem[];
}

export function openFor(io: CommandIo, folder: string | undefined): Library {
  return openLibrary({ userFolder: folder === undefined ? undefined : resolve(io.cwd, folder) });
}

/** All dictionaries of the library when no name is given. */
export function choose(library: Library, names: readonly string[], io: CommandIo): Chosen[] {
  if (names.length > 0) return names.map((name) => chooseOne(library, name, io));
  const broken = [...new Set(library.problems.map((problem) => problem.file))];
  return [
    ...library.entries.map((entry) => ({ ...entry, problems: [] })),
    ...broken.map((file) => ({ name: file, dictionary: null, tests: [], problems: problemsIn(library, file) })),
  ];
}

export function chooseOne(library: Library, name: string, io: CommandIo): Chosen {
  const file = resolve(io.cwd, name);
  if (/\.(?:ya?ml|json)$/.test(name) && existsSync(file)) return fromFile(library, file, io);
  const entry = library.entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return { ...entry, problems: problemsIn(library, entry.dictionary.file) };
  const known = library.entries.map((candidate) => candidate.name).join(', ');
  throw new UsageError(`There is no dictionary "${name}". Name a file, or one of: ${known}.`);
}

function fromFile(library: Library, file: string, io: CommandIo): Chosen {
  const name = relative(io.cwd, file);
  const parent = (parentName: string): Dictionary | null =>
    library.entries.find((entry) => entry.name === parentName)?.dictionary ?? null;
  const options = { file: name, values: library.values, parent };
  const { dictionary, problems } = checkDictionary(readFileSync(file, 'utf8'), options);
  return { name, dictionary, tests: dictionary?.tests ?? [], problems };
}

function problemsIn(library: Library, file: string): Problem[] {
  return library.problems.filter((problem) => problem.file === file);
}
