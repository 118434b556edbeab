/** `tieline map suggest`: rules for an object nobody has mapped yet, as a table, as JSON, or as a dictionary to begin with. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { entityKind, type EntityKind } from '#core/contract/entities.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { objectDescription } from '#core/contract/mapping.ts';
import { type Library, shippedFolder } from '#mappings/language/library.ts';
import { draftDictionary } from '#mappings/suggest/draft.ts';
import { type Suggestion, suggestRules } from '#mappings/suggest/suggest.ts';
import { type CommandIo, UsageError } from './command.ts';
import { openFor } from './map-library.ts';
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
    const library = openFor(io, values.folder);
    const subject = findSubject({ name: positionals, file: values.fields, folder: values.folder }, io);
    const object = readDescription(subject.file);
    const known = library.entries.find(({ name }) => name === subject.name)?.dictionary;
    const entity = entityOf(values.entity, subject.name, known?.entity);
    const suggestions = suggestRules({
      ...{ object, entity, connector: subject.connector, values: library.values },
      samples: values.samples === undefined ? [] : await readSamples(values.samples, io),
      learned: library.entries.map(({ dictionary }) => dictionary),
      existing: values.rest === true ? (known?.rules ?? []).map(textOfRule) : [],
    });
    const shown = suggestions.filter(({ rank }) => rank === 1 || values.alternatives === true);
    if (values.json === true) io.out(JSON.stringify(shown));
    else if (values.yaml === true) {
      const draft = { connector: subject.connector, object, entity, suggestions, values: library.values };
      io.out(draftDictionary(draft).trimEnd());
    } else for (const line of tableOf(shown)) io.out(line);
    return 0;
  },
};

interface Subject {
  readonly name: string;
  readonly connector: string;
  readonly file: string;
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
    return { name: `${connector}/${basename(file).replace(/(?:\.fields)?\.json$/, '')}`, connector, file };
  }
  const folders = [...(given.folder === undefined ? [] : [resolve(io.cwd, given.folder)]), shippedFolder()];
  const file = folders.map((folder) => join(folder, `${name}.fields.json`)).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new UsageError(`There is no description ${name}.fields.json. Give one with --fields.`);
  }
  return { name: name ?? '', connector: name?.split('/')[0] ?? '', file };
}

function readDescription(file: string): z.output<typeof objectDescription> {
  try {
    return objectDescription.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const mend = 'It is JSON: { "name": …, "fields": [{ "name": …, "label": …, "type": "string" }] }.';
    throw new HubError('input.invalid', `${file} describes no object. ${mend} ${why}`, { cause });
  }
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
