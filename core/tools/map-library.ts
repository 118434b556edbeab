/** Finds the dictionaries a `map` command is about: by name in the library, or in a file of the author's. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { checkDictionary, type Dictionary } from '#mappings/language/dictionary.ts';
import { type Library, openLibrary, shippedFolder } from '#mappings/language/library.ts';
import type { Problem } from '#mappings/language/problem.ts';
import { readTestFile } from '#mappings/language/read-files.ts';
import type { DictionaryTest } from '#mappings/language/schema.ts';
import { UsageError, type CommandIo } from './command.ts';

export interface Chosen {
  readonly name: string;
  /** Where the description of its object would stand: `<object>.fields.json`; null for text from standard input. */
  readonly place: Place | null;
  /** Null when its problems keep it from being used. */
  readonly dictionary: Dictionary | null;
  readonly tests: readonly DictionaryTest[];
  readonly problems: readonly Problem[];
}

export interface Place {
  readonly folders: readonly string[];
  /** `hubspot/contact`, below one of the folders. */
  readonly name: string;
}

export function openFor(io: CommandIo, folder: string | undefined): Library {
  if (folder === undefined) return openLibrary();
  const userFolder = resolve(io.cwd, folder);
  if (!existsSync(userFolder)) throw new UsageError(`There is no folder ${folder} in ${io.cwd}.`);
  return openLibrary({ userFolder });
}

export interface Choosing {
  readonly library: Library;
  readonly folder: string | undefined;
  /** What `-` stands for. */
  readonly stdin?: string;
}

/** All dictionaries of the library when no name is given. */
export function choose(names: readonly string[], choosing: Choosing, io: CommandIo): Chosen[] {
  if (names.length > 0) return names.map((name) => chooseOne(name, choosing, io));
  const { library } = choosing;
  const broken = [...new Set(library.problems.map((problem) => problem.file))];
  return [
    ...library.entries.map((entry) => ({ ...entry, place: placeIn(entry.name, choosing, io), problems: [] })),
    ...broken.map((file) => {
      return { name: file, place: null, dictionary: null, tests: [], problems: problemsIn(library, file) };
    }),
  ];
}

export function chooseOne(name: string, choosing: Choosing, io: CommandIo): Chosen {
  const { library, stdin } = choosing;
  if (name === '-' && stdin !== undefined) {
    return { ...fromText(stdin, 'stdin', library), place: null };
  }
  const file = resolve(io.cwd, name);
  if (/\.(?:ya?ml|json)$/.test(name) && existsSync(file)) return fromFile(file, choosing, io);
  const problems = library.problems.filter((problem) => isBeside(problem.file, name));
  const entry = library.entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return { ...entry, place: placeIn(name, choosing, io), problems };
  if (problems.length > 0) return { name, place: null, dictionary: null, tests: [], problems };
  const known = library.entries.map((candidate) => candidate.name).join(', ');
  throw new UsageError(`There is no dictionary "${name}". Name a file, or one of: ${known}.`);
}

/** Standard input as one text, when a name asks for it. */
export async function readStdin(names: readonly string[], io: CommandIo): Promise<{ stdin?: string }> {
  if (!names.includes('-')) return {};
  const chunks: Buffer[] = [];
  for await (const chunk of io.input ?? process.stdin) chunks.push(Buffer.from(chunk as Buffer | string));
  return { stdin: Buffer.concat(chunks).toString('utf8') };
}

function placeIn(name: string, { folder }: Choosing, io: CommandIo): Place {
  return { name, folders: [shippedFolder(), ...(folder === undefined ? [] : [resolve(io.cwd, folder)])] };
}

/** With the tests and the description that stand beside it. */
function fromFile(file: string, { library }: Choosing, io: CommandIo): Chosen {
  const chosen = fromText(readFileSync(file, 'utf8'), relative(io.cwd, file), library);
  const bare = basename(file).replace(/\.(?:ya?ml|json)$/, '');
  const place = { name: bare, folders: [dirname(file)] };
  const beside = join(dirname(file), `${bare}.test.yaml`);
  if (chosen.dictionary === null || !existsSync(beside)) return { ...chosen, place };
  const { tests, problems } = readTestFile(readFileSync(beside, 'utf8'), relative(io.cwd, beside));
  return { ...chosen, place, tests: [...chosen.tests, ...tests], problems: [...chosen.problems, ...problems] };
}

function fromText(text: string, name: string, library: Library): Omit<Chosen, 'place'> {
  const parent = (parentName: string): Dictionary | null =>
    library.entries.find((entry) => entry.name === parentName)?.dictionary ?? null;
  const { dictionary, problems } = checkDictionary(text, { file: name, values: library.values, parent });
  return { name, dictionary, tests: dictionary?.tests ?? [], problems };
}

function problemsIn(library: Library, file: string): Problem[] {
  return library.problems.filter((problem) => problem.file === file);
}

/** Whether a file is the dictionary of a name, or its tests. */
function isBeside(file: string, name: string): boolean {
  return file.startsWith(`${name}.`) && !file.slice(name.length).includes('/');
}
