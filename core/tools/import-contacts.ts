import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importPreview, importStart, importState } from '#core/contract/api/directory.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { decodeImport } from '#core/directory/import-text.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { connectToHub, type HubClient } from './hub-client.ts';
import { parseOptions } from './options.ts';

type Progress = RouteResult<typeof importState>;
/** The head of the file is enough to read its columns. */
const headChars = 200_000;

export const command: Command = {
  name: 'import contacts',
  summary: 'Fill the directory from a CSV file',
  usage: `tieline import contacts <file.csv> [--map column=field …] [--dry-run] [--url <hub>] [--json]

Columns are recognised by their names, English or Chinese; --map names those that are not (fields: firstName, lastName,
displayName, jobTitle, accountName, email, phone, mobile, …). A contact that is there already, by number, e-mail or id, is updated.
--dry-run shows the mapping and the first rows and stores nothing. Exit code 1 when a line was refused.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      map: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean' },
      url: { type: 'string' },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError('Give one CSV file.');
    if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
    const { text: csv } = decodeImport(readFileSync(file));
    const hub = connectToHub(io, { url: values.url });
    const isJson = values.json === true;
    const preview = await hub.call(importPreview, { body: { csv: csv.slice(0, headChars), encoding: 'text' } });
    const mapping = { ...preview.mapping, ...pairsOf(values.map ?? []) };
    if (values['dry-run'] === true) return showPreview({ ...preview, mapping }, isJson, io);
    const { importId } = await hub.call(importStart, {
      body: { csv, encoding: 'text', mapping, fileName: basename(file) },
    });
    return report(await follow(hub, importId, isJson ? null : io), isJson, io);
  },
};

function pairsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new UsageError(`--map takes column=field, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function showPreview(preview: RouteResult<typeof importPreview>, isJson: boolean, io: CommandIo): number {
  if (isJson) {
    io.out(JSON.stringify(preview));
    return 0;
  }
  for (const column of preview.columns) io.out(`${column} → ${preview.mapping[column] ?? '(left out)'}`);
  for (const { line, contact, problems } of preview.rows) {
    io.out(
      `line ${line}: ${JSON.stringify(contact)}${problems.length === 0 ? '' : `  PROBLEMS: ${problems.join('; ')}`}`,
    );
  }
  return 0;
}

async function follow(hub: HubClient, importId: string, io: CommandIo | null): Promise<Progress> {
  let shown = -1;
  for (;;) {
    const progress = await hub.call(importState, { params: { importId } });
    const percent = progress.total === 0 ? 0 : Math.floor((progress.done / progress.total) * 100);
    if (percent !== shown) io?.err(`${String(percent).padStart(3)} %  ${progress.done} of ${progress.total} lines`);
    shown = percent;
    if (progress.state !== 'running') return progress;
    await sleep(300);
  }
}

function report(progress: Progress, isJson: boolean, io: CommandIo): number {
  const { state, created, updated, rejected, problems } = progress;
  if (isJson) io.out(JSON.stringify(progress));
  else {
    io.out(`${created} created, ${updated} updated, ${rejected} refused (${state}).`);
    for (const { line, problem } of problems) io.out(`line ${line}: ${problem}`);
  }
  return state === 'done' && rejected === 0 ? 0 : 1;
}
