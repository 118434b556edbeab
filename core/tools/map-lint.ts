import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DescriptionFile, findDescription, readDescription } from '#mappings/language/described.ts';
import { lintDictionary } from '#mappings/language/lint.ts';
import { hasErrors, type Problem, renderProblem } from '#mappings/language/problem.ts';
import { UsageError, type CommandIo } from './command.ts';
import { choose, type Choosing, type Chosen, openFor, readStdin } from './map-library.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const lint: MapVerb = {
  name: 'lint',
  usage: 'tieline map lint  [<dictionary> …] [--fields <file>] [--strict] [--folder <dir>] [--json]',
  notes: `lint ends with 1 on errors (--strict: on warnings too). The record's side is checked against the description of the object
beside the dictionary, <object>.fields.json, or the one given with --fields. A dictionary named - is standard input.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      fields: { type: 'string' },
      folder: { type: 'string' },
      strict: { type: 'boolean' },
    });
    const { folder, fields, strict = false, json = false } = values;
    if (fields !== undefined && positionals.length !== 1) throw new UsageError('--fields goes with one dictionary.');
    const choosing = { library: openFor(io, folder), folder, ...(await readStdin(positionals, io)) };
    return lintCommand({ names: positionals, choosing, fields, strict, json }, io);
  },
};

interface LintCall {
  readonly names: readonly string[];
  readonly choosing: Choosing;
  readonly fields: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

function lintCommand(call: LintCall, io: CommandIo): number {
  const chosen = choose(call.names, call.choosing, io);
  const given = call.fields === undefined ? null : readFields(call.fields, io);
  const problems = chosen.flatMap((one) => lintOne(one, given, call.choosing));
  if (call.json) io.out(JSON.stringify(problems));
  else {
    for (const problem of problems) io.out(`${renderProblem(problem)}\n`);
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    io.out(`${chosen.length} dictionaries, ${errors} errors, ${problems.length - errors} warnings`);
  }
  return hasErrors(problems) || (call.strict && problems.length > 0) ? 1 : 0;
}

function readFields(file: string, io: CommandIo): DescriptionFile {
  try {
    return readDescription(readFileSync(resolve(io.cwd, file), 'utf8'), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`There is no file ${file} that can be read.`);
    throw error;
  }
}

function lintOne(one: Chosen, given: DescriptionFile | null, { library }: Choosing): Problem[] {
  const { dictionary, tests, place } = one;
  if (dictionary === null) return [...one.problems];
  const described = given ?? (place === null ? null : findDescription(place.name, place.folders));
  const object = described?.description ?? null;
  const found = lintDictionary(dictionary, { values: library.values, tests, ...(object === null ? {} : { object }) });
  return [...one.problems, ...(described?.problems ?? []), ...found];
}
