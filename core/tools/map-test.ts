import { runDictionaryTests, type TestReport } from '#mappings/language/dictionary-tests.ts';
import { renderProblem } from '#mappings/language/problem.ts';
import type { CommandIo } from './command.ts';
import { choose, openFor } from './map-library.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const test: MapVerb = {
  name: 'test',
  usage: 'tieline map test  [<dictionary> …] [--folder <dir>] [--json]',
  notes: 'test ends with 1 when a test fails.',
  run(args, io) {
    const { values, positionals } = parseOptions(args, { folder: { type: 'string' } });
    return testCommand({ names: positionals, folder: values.folder, json: values.json === true }, io);
  },
};

interface TestCall {
  readonly names: readonly string[];
  readonly folder: string | undefined;
  readonly json: boolean;
}

function testCommand(call: TestCall, io: CommandIo): number {
  const library = openFor(io, call.folder);
  let failures = 0;
  let count = 0;
  for (const { name, dictionary, tests, problems } of choose(library, call.names, io)) {
    if (dictionary === null) {
      failures += 1;
      for (const problem of problems) io.err(renderProblem(problem));
      continue;
    }
    const report = runDictionaryTests(dictionary, tests, library.values);
    count += report.outcomes.length;
    failures += report.outcomes.filter((outcome) => !outcome.passed).length;
    if (call.json) io.out(JSON.stringify({ dictionary: name, ...report }));
    else for (const line of reportLines(name, report)) io.out(line);
  }
  if (!call.json) io.out(`${count} tests, ${failures} failed`);
  return failures > 0 ? 1 : 0;
}

function reportLines(name: string, report: TestReport): string[] {
  const lines = report.outcomes.flatMap((outcome) => [
    `${outcome.passed ? 'ok    ' : 'FAILED'} ${name}: ${outcome.name}`,
    ...outcome.differences.map(
      ({ at, expected, actual }) => `         ${at}: expected ${show(expected)}, got ${show(actual)}`,
    ),
  ]);
  const unused = [...report.unusedRules, ...report.unusedRows];
  if (unused.length > 0) lines.push(`note   ${name}: no test of its own exercises ${unused.join('; ')}`);
  return lines;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
