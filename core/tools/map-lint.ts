import { lintDictionary } from '#mappings/language/lint.ts';
import { hasErrors, type Problem, renderProblem } from '#mappings/language/problem.ts';
import type { CommandIo } from './command.ts';
import { choose, openFor } from './map-library.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const lint: MapVerb = {
  name: 'lint',
  usage: 'tieline map lint  [<dictionary> …] [--strict] [--folder <dir>] [--json]',
  notes: 'lint ends with 1 on errors (--strict: on warnings too).',
  run(args, io) {
    const { values, positionals } = parseOptions(args, { folder: { type: 'string' }, strict: { type: 'boolean' } });
    const { folder, strict = false, json = false } = values;
    return lintCommand({ names: positionals, folder, strict, json }, io);
  },
};

interface LintCall {
  readonly names: readonly string[];
  readonly folder: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

function lintCommand(call: LintCall, io: CommandIo): number {
  const library = openFor(io, call.folder);
  const chosen = choose(library, call.names, io);
  const problems: Problem[] = chosen.flatMap(({ dictionary, problems: found }) => [
    ...found,
    ...(dictionary === null ? [] : lintDictionary(dictionary, { values: library.values })),
  ]);
  if (call.json) io.out(JSON.stringify(problems));
  else {
    for (const problem of problems) io.out(`${renderProblem(problem)}\n`);
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    io.out(`${chosen.length} dictionaries, ${errors} errors, ${problems.length - errors} warnings`);
  }
  return hasErrors(problems) || (call.strict && problems.length > 0) ? 1 : 0;
}
