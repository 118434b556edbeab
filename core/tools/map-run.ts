import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compile, type CompiledDictionary } from '#mappings/language/compile.ts';
import { renderProblem } from '#mappings/language/problem.ts';
import type { LossEvent, TraceRow } from '#mappings/language/run.ts';
import { StepFault } from '#mappings/language/step.ts';
import { UsageError, type CommandIo } from './command.ts';
import { chooseOne, openFor } from './map-library.ts';
import { forEachRecord } from './map-each.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

const shape = `<dictionary> [<records>] [--write] [--region CN] [--time-zone Asia/Shanghai]
                    [--strict] [--folder <dir>] [--json]`;

export const run: MapVerb = {
  name: 'run',
  usage: `tieline map run   ${shape}`,
  notes: `run and trace go from record to entity, with --write from entity to record. They end with 1 when a line cannot be read or
its result cannot be used (--strict: when anything was lost); the other lines are mapped all the same.`,
  run: (args, io) => runCommand(callOf(args, false), io),
};

export const trace: MapVerb = {
  name: 'trace',
  usage: `tieline map trace ${shape}`,
  run: (args, io) => runCommand(callOf(args, true), io),
};

function callOf(args: readonly string[], isTrace: boolean): RunCall {
  const { values, positionals } = parseOptions(args, {
    folder: { type: 'string' },
    write: { type: 'boolean' },
    strict: { type: 'boolean' },
    region: { type: 'string' },
    'time-zone': { type: 'string' },
  });
  const [name, file, ...extra] = positionals;
  if (name === undefined || extra.length > 0)
    throw new UsageError('Name one dictionary and at most one file of records.');
  return {
    name,
    file,
    folder: values.folder,
    write: values.write === true,
    trace: isTrace,
    strict: values.strict === true,
    json: values.json === true,
    region: values.region,
    timeZone: values['time-zone'],
  };
}

interface RunCall {
  readonly name: string;
  readonly file: string | undefined;
  readonly folder: string | undefined;
  readonly write: boolean;
  readonly trace: boolean;
  readonly strict: boolean;
  readonly json: boolean;
  readonly region: string | undefined;
  readonly timeZone: string | undefined;
}

/** One line of JSON per record; with `trace`, for people, a table of rules. Answers 1 when any record failed. */
async function runCommand(call: RunCall, io: CommandIo): Promise<number> {
  const library = openFor(io, call.folder);
  const { dictionary, problems } = chooseOne(call.name, { library, folder: call.folder }, io);
  if (dictionary === null) {
    if (call.json) io.out(JSON.stringify({ problems }));
    else for (const problem of problems) io.err(renderProblem(problem));
    return 1;
  }
  const compiled = compile(dictionary, {
    values: library.values,
    ...(call.region === undefined ? {} : { region: call.region }),
    ...(call.timeZone === undefined ? {} : { timeZone: call.timeZone }),
  });
  let isBad = false;
  const print = (record: JsonObject, line: number): void => {
    const result = mapOne(compiled, record, call);
    isBad ||= call.strict ? result.events.length > 0 : result.events.some((event) => event.kind === 'failed');
    if (call.trace && !call.json) for (const text of traceLines(compiled, result, call.write)) io.out(text);
    else io.out(JSON.stringify(call.json ? { line, ...result } : result));
  };
  const { faults } = await forEachRecord(call.file, io, { json: call.json, printsAlong: true, visit: print });
  return isBad || faults > 0 ? 1 : 0;
}

function mapOne(compiled: CompiledDictionary, record: JsonObject, call: RunCall): Result {
  if (call.trace) return call.write ? compiled.traceWrite(record) : compiled.traceRead(record);
  return call.write ? compiled.write(record) : compiled.read(record);
}

type Result = { readonly events: readonly LossEvent[]; readonly rows?: readonly TraceRow[] };

function traceLines(compiled: CompiledDictionary, result: Result, isWrite: boolean): string[] {
  const lines = (result.rows ?? []).flatMap((row) => {
    const names = compiled.stepNames(row.rule, isWrite ? 'write' : 'read');
    const inside = (row.inside ?? []).map(
      (branch) => `    ${branch.at}: ${show(branch.from)}${stepTexts(branch.steps, branch.names)}`,
    );
    return [`${row.rule}: ${show(row.from)}${stepTexts(row.steps, names)} ⇒ ${show(row.to)}`, ...inside];
  });
  return [...lines, ...result.events.map(lossLine), ''];
}

function stepTexts(steps: TraceRow['steps'], names: readonly string[]): string {
  return steps.map((value, index) => ` → ${names[index] ?? ''}: ${show(value)}`).join('');
}

function lossLine({ kind, rule, at, reason }: LossEvent): string {
  return `! ${kind} ${rule}${at === undefined ? '' : ` at ${at}`}: ${reason}`;
}

function show(value: JsonValue | StepFault | undefined): string {
  if (value instanceof StepFault) return `fault ${value.code}`;
  const text = value === undefined ? '(absent)' : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
