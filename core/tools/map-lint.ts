import { lintDictionary } from '#mappings/language/lint.ts';
import { hasErrors, type Problem, renderProblem } from '#mappings/language/problem.ts';
import type { CommandIo } from './command.ts';
import { choose, openFor } from './map-library.ts';

export interface LintCall {
  readonly names: readonly string[];
  readonly folder: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

export function lintCommand(call: LintCall, io: CommandIo): number {
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
