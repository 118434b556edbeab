import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Finding, ImportRefusal, renderFinding } from '#mappings/import/findings.ts';
import { importTemplate, type TemplateKind, templateKinds } from '#mappings/import/import-template.ts';
import type { Imported } from '#mappings/import/imported.ts';
import { mostBytes } from '#mappings/import/xml/decode.ts';
import { type CommandIo, UsageError } from './command.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const importVerb: MapVerb = {
  name: 'import',
  usage: 'tieline map import <template.xml> [--from 3cx|yeastar] [--out <dir>] [--force] [--strict] [--json]',
  notes:
    'import makes <dir>/<id>/connection.json and its dictionaries of a 3CX or Yeastar template, and lists what could not be carried (--strict: ends with 1 then).',
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      from: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
      strict: { type: 'boolean' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one template file.');
    const kind = templateKinds.find((each) => each === values.from);
    if (values.from !== undefined && kind === undefined) throw new UsageError('--from takes 3cx or yeastar.');
    const call = { file, kind, out: values.out ?? '.', force: values.force === true, json: values.json === true };
    const imported = await read(call, io);
    if (imported === null) return 1;
    const written = await write(imported, call, io);
    if (written === null) return 1;
    report(imported, written, call, io);
    return values.strict === true && imported.findings.some(isLost) ? 1 : 0;
  },
};

interface ImportCall {
  readonly file: string;
  readonly kind: TemplateKind | undefined;
  readonly out: string;
  readonly force: boolean;
  readonly json: boolean;
}

async function read(call: ImportCall, io: CommandIo): Promise<Imported | null> {
  const path = resolve(io.cwd, call.file);
  const about = statSync(path, { throwIfNoEntry: false });
  if (about?.isFile() !== true) throw new UsageError(`There is no file ${call.file}.`);
  try {
    // Asked before reading: a file of gigabytes need not pass through memory to be refused.
    const bytes = about.size > mostBytes ? new Uint8Array(mostBytes + 1) : await readFile(path);
    return importTemplate(bytes, call.kind);
  } catch (thrown) {
    if (!(thrown instanceof ImportRefusal)) throw thrown;
    const { code, line, column, message } = thrown;
    if (call.json) io.out(JSON.stringify({ refused: { code, line, column, message } }));
    else io.err(`${call.file}:${line}:${column} ${code}: ${message}`);
    return null;
  }
}

/** Paths written, relative to where the command runs; null when something stands there already. */
async function write(imported: Imported, call: ImportCall, io: CommandIo): Promise<string[] | null> {
  const folder = resolve(io.cwd, call.out, imported.connection.id);
  const connection = { name: 'connection.json', text: `${JSON.stringify(imported.connection, null, 2)}\n` };
  const files = [connection, ...imported.files].map(({ name, text }) => ({ path: join(folder, name), text }));
  const standing = files.filter(({ path }) => existsSync(path)).map(({ path }) => relative(io.cwd, path));
  if (standing.length > 0 && !call.force) {
    io.err(`${standing.join(', ')} would be overwritten. Choose another --out, or say --force.`);
    return null;
  }
  await mkdir(folder, { recursive: true });
  for (const { path, text } of files) await writeFile(path, text);
  return files.map(({ path }) => relative(io.cwd, path));
}

function report(imported: Imported, written: readonly string[], call: ImportCall, io: CommandIo): void {
  const { connection, findings } = imported;
  if (call.json) {
    io.out(JSON.stringify({ id: connection.id, written, operations: Object.keys(connection.operations), findings }));
    return;
  }
  io.out(`${connection.title}: ${Object.keys(connection.operations).join(', ')}`);
  for (const path of written) io.out(`  wrote ${path}`);
  for (const finding of findings) io.out(`\n${renderFinding(finding)}`);
  const lost = findings.filter(isLost).length;
  io.out(`\n${lost} not carried, ${findings.length - lost} changed`);
  if (imported.files.length > 0) io.out(`Try it: tieline map test ${testable(imported)} --folder ${call.out}`);
}

function testable({ connection, files }: Imported): string {
  const names = files.filter(({ name }) => !name.includes('.test.')).map(({ name }) => name.replace('.yaml', ''));
  return names.map((name) => `${connection.id}/${name}`).join(' ');
}

function isLost(finding: Finding): boolean {
  return finding.kind === 'lost';
}
