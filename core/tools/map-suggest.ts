/** `tieline map suggest`: rules for an object nobody has mapped yet, as a table, as JSON, or as a dictionary to begin with. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { entityKind, type EntityKind } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { readDescription } from '#mappings/language/described.ts';
import { type Library, shippedFolder } from '#mappings/language/library.ts';
import { hasErrors, type Problem, renderProblem } from '#mappings/language/problem.ts';
import { draftDictionary, type DraftRequest } from '#mappings/suggest/draft.ts';
import { type Suggestion, suggestRules } from '#mappings/suggest/suggest.ts';
import { type CommandIo, UsageError } from './command.ts';
import { chooseOne, openFor } from './map-library.ts';
import { readRecords } from './map-records.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const suggest: MapVerb = {
  name: 'suggest',
  usage: `tieline map suggest <connector>/<object> | --fields <file> [--entity contact] [--samples <records>] [--rest]
                    [--alternatives] [--yaml] [--folder <dir>] [--json]`,
  notes: `suggest proposes rules for a described object: <connector>/<object>.fields.json of the mappings folder, or --fields. --rest
leaves out what the dictionary of that name maps already; --yaml prints a dictionary to begin with.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      fields: { type: 'string' },
      entity: { type: 'string' },
      samples: { type: 'string' },
      folder: { type: 'string' },
      rest: { type: 'boolean' },
      alternatives: { type: 'boolean' },
      yaml: { type: 'boolean' },
    });
    const call = { json: false, yaml: false, rest: false, alternatives: false, ...values };
    const subject = findSubject({ name: positionals, file: values.fields, folder: values.folder }, io);
    return suggestCommand(subject, call, io);
  },
};

interface SuggestCall {
  readonly entity?: string | undefined;
  readonly samples?: string | undefined;
  readonly folder?: string | undefined;
  readonly rest: boolean;
  readonly alternatives: boolean;
  readonly yaml: boolean;
  readonly json: boolean;
}

async function suggestCommand(subject: Subject, call: SuggestCall, io: CommandIo): Promise<number> {
  const library = openFor(io, call.folder);
  const { description: object, problems } = readDescription(readFileSync(subject.file, 'utf8'), subject.shown);
  if (object === null) return refuse(problems, call.json, io);
  const chosen = call.rest ? chooseOne(subject.name, { library, folder: call.folder }, io) : null;
  if (chosen !== null && hasErrors(chosen.problems)) return refuse(chosen.problems, call.json, io);
  const known = library.entries.find(({ name }) => name === subject.name)?.dictionary;
  const entity = entityOf(call.entity, subject.name, known?.entity);
  const suggestions = suggestRules({
    ...{ object, entity, connector: subject.connector, values: library.values },
    samples: call.samples === undefined ? [] : await readSamples(call.samples, io),
    learned: library.entries.map(({ dictionary }) => dictionary),
    existing: (chosen?.dictionary?.rules ?? []).map(textOfRule),
  });
  print({ connector: subject.connector, object, entity, suggestions, values: library.values }, call, io);
  return 0;
}

function print(draft: DraftRequest, call: SuggestCall, io: CommandIo): void {
  const shown = draft.suggestions.filter(({ rank }) => rank === 1 || call.alternatives);
  if (call.json) io.out(JSON.stringify(shown));
  else if (call.yaml) io.out(draftDictionary(draft).trimEnd());
  else for (const line of tableOf(shown)) io.out(line);
}

interface Subject {
  readonly name: string;
  readonly connector: string;
  readonly file: string;
  /** The file as the caller would name it. */
  readonly shown: string;
}

function findSubject(
  given: { readonly name: readonly string[]; readonly file: string | undefined; readonly folder: string | undefined },
  io: CommandIo,
): Subject {
  const [name, ...others] = given.name;
  if (others.length > 0 || (name === undefined) === (given.file === undefined)) {
    throw new UsageError('Name one object as connector/object, or a description with --fields.');
  }
  if (given.file !== undefined) {
    const file = resolve(io.cwd, given.file);
    if (!existsSync(file)) throw new UsageError(`There is no file ${given.file}.`);
    const folder = basename(dirname(file));
    const connector = /^[a-z0-9][a-z0-9-]{0,60}$/.test(folder) ? folder : 'my-crm';
    return {
      name: `${connector}/${basename(file).replace(/(?:\.fields)?\.json$/, '')}`,
      connector,
      file,
      shown: given.file,
    };
  }
  const folders = [...(given.folder === undefined ? [] : [resolve(io.cwd, given.folder)]), shippedFolder()];
  const file = folders.map((folder) => join(folder, `${name}.fields.json`)).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new UsageError(`There is no description ${name}.fields.json. Give one with --fields.`);
  }
  return { name: name ?? '', connector: name?.split('/')[0] ?? '', file, shown: `${name}.fields.json` };
}

function refuse(problems: readonly Problem[], isJson: boolean, io: CommandIo): number {
  if (isJson) io.out(JSON.stringify({ problems }));
  else for (const problem of problems) io.err(renderProblem(problem));
  return 1;
}

/** What objects of the usual names stand for. */
const usualEntities: Readonly<Record<string, EntityKind>> = { call: 'activity', lead: 'contact', company: 'account' };

function entityOf(asked: string | undefined, name: string, known: EntityKind | undefined): EntityKind {
  const object = name.split('/').at(-1) ?? '';
  const found = entityKind.safeParse(asked ?? known ?? usualEntities[object] ?? object);
  if (found.success) return found.data;
  throw new UsageError(`Say which entity it is: --entity ${entityKind.options.join(', ')}.`);
}

const maxSamples = 200;

async function readSamples(file: string, io: CommandIo): Promise<readonly JsonObject[]> {
  const records: JsonObject[] = [];
  for await (const record of readRecords(file, io)) {
    if (records.push(record) >= maxSamples) break;
  }
  return records;
}

function textOfRule({ to, from }: Library['entries'][number]['dictionary']['rules'][number]) {
  return { to: to.map(({ text }) => text), from: from.map(({ text }) => text) };
}

function tableOf(suggestions: readonly Suggestion[]): string[] {
  if (suggestions.length === 0) return ['Nothing to propose.'];
  const rows = suggestions.map(({ rule, to, from, confidence, reasons, rank }) => [
    `${Math.round(confidence * 100)} %`.padStart(5) + (rank === 1 ? '' : ` (${rank})`),
    to.join(', ') || '-',
    from.join(', ') || JSON.stringify(rule['value']),
    JSON.stringify(rule['steps'] ?? (rule['value'] === undefined ? [] : { value: rule['value'] })),
    reasons.map(({ kind, detail }) => `${kind}: ${detail}`).join('; '),
  ]);
  const all = [['sure', 'to', 'from', 'steps', 'why'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.min(50, Math.max(...all.map((row) => row[column]?.length ?? 0))));
  return all.map((row) =>
    row
      .map((cell, column) => fit(cell, widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function fit(cell: string, width: number | undefined): string {
  if (width === undefined) return cell;
  return cell.length > width ? `${cell.slice(0, width - 1)}…` : cell.padEnd(width);
}
