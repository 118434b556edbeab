import { runDictionaryTests, type TestReport } from '#mappings/language/dictionary-tests.ts';
import { hasErrors, renderProblem } from '#mappings/language/problem.ts';
import type { CommandIo } from './command.ts';
import { choose, type Choosing, openFor, readStdin } from './map-library.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const test: MapVerb = {
  name: 'test',
  usage: 'tieline map test  [<dictionary> …] [--strict] [--folder <dir>] [--json]',
  notes:
    'test ends with 1 when a test fails (--strict: also when rules or rows of value tables are exercised by none).',
  async run(args, io) {
    const { values, positionals } = parseOptions(args, { folder: { type: 'string' }, strict: { type: 'boolean' } });
    const { folder, strict = false, json = false } = values;
    const choosing = { library: openFor(io, folder), folder, ...(await readStdin(positionals, io)) };
    return testCommand({ names: positionals, choosing, strict, json }, io);
  },
};

interface TestCall {
  readonly names: readonly string[];
  readonly choosing: Choosing;
  readonly strict: boolean;
  readonly json: boolean;
}

function testCommand(call: TestCall, io: CommandIo): number {
  const { library } = call.choosing;
  let failures = 0;
  let count = 0;
  let unused = 0;
  for (const { name, dictionary, tests, problems } of choose(call.names, call.choosing, io)) {
    if (dictionary === null || hasErrors(problems)) {
      failures += 1;
      if (call.json) io.out(JSON.stringify({ dictionary: name, problems }));
      else for (const problem of problems) io.err(renderProblem(problem));
      continue;
    }
    const report = runDictionaryTests(dictionary, tests, library.values);
    count += report.outcomes.length;
    unused += report.unusedRules.length + report.unusedRows.length;
    failures += report.outcomes.filter((outcome) => !outcome.passed).length;
    if (call.json) io.out(JSON.stringify({ dictionary: name, ...report }));
    else for (const line of reportLines(name, report)) io.out(line);
  }
  if (!call.json) io.out(`${count} tests, ${failures} failed`);
  return failures > 0 || (call.strict && unused > 0) ? 1 : 0;
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
