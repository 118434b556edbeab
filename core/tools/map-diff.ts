/** `tieline map diff`: what changes between two dictionaries, in their rules and in what comes out for samples. */
import type { JsonValue } from '#core/contract/json.ts';
import { compile } from '#mappings/language/compile.ts';
import { type DictionaryChanges, diffDictionaries, isUnchanged, type RuleChange } from '#mappings/language/diff.ts';
import { type ChangedOutput, createOutputDiffer, type OutputDiff } from '#mappings/language/diff-outputs.ts';
import { renderProblem } from '#mappings/language/problem.ts';
import type { Library } from '#mappings/language/library.ts';
import { UsageError, type CommandIo } from './command.ts';
import { forEachRecord } from './map-each.ts';
import { type Chosen, chooseOne, openFor } from './map-library.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const diff: MapVerb = {
  name: 'diff',
  usage: `tieline map diff  <old> [<new>] [--samples <records>] [--write] [--show 20] [--region CN] [--time-zone Asia/Shanghai]
                    [--folder <dir>] [--json]`,
  notes: `diff compares two dictionaries: names, files, or name@file for a file in place of the dictionary of that name. One name with
--folder compares the shipped one with yours. With --samples (- is standard input) every record is mapped with both, with
--write every entity. It ends with 0 when nothing differs, 1 when something does or a sample cannot be read.`,
  run: (args, io) => diffCommand(callOf(args), io),
};

interface DiffCall {
  readonly names: readonly [string, string];
  readonly samples: string | undefined;
  readonly folder: string | undefined;
  readonly write: boolean;
  readonly show: number;
  readonly json: boolean;
  readonly place: { readonly region?: string; readonly timeZone?: string };
}

function callOf(args: readonly string[]): DiffCall {
  const { values, positionals } = parseOptions(args, {
    samples: { type: 'string' },
    folder: { type: 'string' },
    write: { type: 'boolean' },
    show: { type: 'string' },
    region: { type: 'string' },
    'time-zone': { type: 'string' },
  });
  const [before, after = values.folder === undefined ? undefined : before, ...extra] = positionals;
  if (before === undefined || after === undefined || extra.length > 0) {
    throw new UsageError('Name two dictionaries, the old one and the new one; or one, and --folder with yours.');
  }
  const show = Number(values.show ?? 20);
  if (!Number.isInteger(show) || show < 0) throw new UsageError('--show takes a number of samples.');
  const { region, 'time-zone': timeZone } = values;
  return {
    names: [before, after],
    samples: values.samples,
    folder: values.folder,
    write: values.write === true,
    show,
    json: values.json === true,
    place: { ...(region === undefined ? {} : { region }), ...(timeZone === undefined ? {} : { timeZone }) },
  };
}

/** What `diff` programs answer when there was nothing to compare. */
const exitTrouble = 2;

async function diffCommand(call: DiffCall, io: CommandIo): Promise<number> {
  const after = openFor(io, call.folder);
  const before = call.folder !== undefined && call.names[0] === call.names[1] ? openFor(io, undefined) : after;
  const sides = [chooseSide(before, call.names[0], io), chooseSide(after, call.names[1], io)] as const;
  const [old, fresh] = sides.map((side) => side.dictionary);
  if (!old || !fresh) {
    for (const problem of sides.flatMap((side) => side.problems)) io.err(renderProblem(problem));
    return exitTrouble;
  }
  const changes = diffDictionaries(old, fresh, { before: before.values, after: after.values });
  const differ = createOutputDiffer(
    compile(old, { ...call.place, values: before.values }),
    compile(fresh, { ...call.place, values: after.values }),
    { show: call.show },
  );
  const unreadable = await feed(differ, call, io);
  const outputs = call.samples === undefined ? null : differ.report();
  const names = { from: sides[0].name, to: sides[1].name };
  print({ ...names, ...changes, outputs, unreadable }, call.json, io);
  const isSame = isUnchanged(changes) && (outputs === null || outputs.changed === 0);
  return isSame && unreadable === 0 ? 0 : 1;
}

interface Comparison extends DictionaryChanges {
  readonly from: string;
  readonly to: string;
  readonly outputs: OutputDiff | null;
  readonly unreadable: number;
}

function print(comparison: Comparison, isJson: boolean, io: CommandIo): void {
  if (isJson) return io.out(JSON.stringify(comparison));
  for (const line of changeLines(comparison)) io.out(line);
  if (comparison.outputs !== null) for (const line of outputLines(comparison.outputs)) io.out(line);
}

/** `hubspot/contact@draft.yaml`: the file, compared as if it were that dictionary's. */
function chooseSide(library: Library, name: string, io: CommandIo): Chosen {
  const [known = '', file] = name.split('@');
  const choosing = { library, folder: undefined };
  if (file === undefined) return chooseOne(name, choosing, io);
  chooseOne(known, choosing, io);
  return { ...chooseOne(file, choosing, io), name };
}

/** Answers how many samples could not be read. */
async function feed(differ: ReturnType<typeof createOutputDiffer>, call: DiffCall, io: CommandIo): Promise<number> {
  if (call.samples === undefined) return 0;
  const direction = call.write ? 'write' : 'read';
  const { faults } = await forEachRecord(call.samples, io, {
    json: call.json,
    printsAlong: false,
    visit: (input, line) => void differ.add({ label: `line ${line}`, direction, input }),
  });
  return faults;
}

function changeLines(changes: DictionaryChanges): string[] {
  if (isUnchanged(changes)) return ['The dictionaries say the same.'];
  return [
    ...changes.head.map(({ field, before, after }) => `~ ${field}: ${arrow(before, after)}`),
    ...changes.rules.flatMap(ruleLines),
    ...changes.rows.map(({ table, before, after }) => `~ table ${table}: ${arrow(before, after)}`),
  ];
}

function ruleLines({ id, change, parts }: RuleChange): string[] {
  const mark = { added: '+', removed: '-', changed: '~' }[change];
  return [
    `${mark} rule ${id} ${change}`,
    ...parts.map(({ part, before, after }) => {
      const value = change === 'changed' ? arrow(before, after) : show(after ?? before);
      return `    ${part}: ${value}`;
    }),
  ];
}

function outputLines({ samples, changed, failed, rules, shown }: OutputDiff): string[] {
  const count = (number: number): string => number.toLocaleString('en');
  const some = shown.length < changed ? `, the first ${shown.length} shown` : '';
  return [
    '',
    `${count(samples)} samples, ${count(changed)} come out differently${some}; cannot be used: ${count(failed.before)} → ${count(failed.after)}`,
    ...rules.map(({ rule, changed: times }) => `  rule ${rule}: ${count(times)} samples`),
    ...shown.flatMap(sampleLines),
  ];
}

function sampleLines({ sample, fields, fieldCount, events }: ChangedOutput): string[] {
  return [
    `  ${sample}`,
    ...fields.map(
      ({ field, rule, before, after }) =>
        `    ${field}: ${arrow(before, after)}${rule === null || rule === field ? '' : `  (rule ${rule})`}`,
    ),
    ...(fieldCount > fields.length ? [`    … and ${fieldCount - fields.length} fields more`] : []),
    ...events.map(
      ({ change, event }) => `    ${change === 'added' ? '+' : '-'} ${event.kind} ${event.rule}: ${event.reason}`,
    ),
  ];
}

function arrow(before: JsonValue | undefined, after: JsonValue | undefined): string {
  return `${show(before)} → ${show(after)}`;
}

function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
