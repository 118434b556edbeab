/**
 * `npm run generate [-- --check]`: writes everything that is derived from the source: the connector registry and the
 * configuration tables of the connectors' READMEs. With `--check` it writes nothing and fails when a file is stale.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { localeText } from '#core/contract/locale-text.ts';
import { withConfigTable } from './generate-readme.ts';
import { environmentTable } from '#core/platform/environment.ts';
import { registryText } from './generate-registry.ts';
import { withVariablesTable } from './generate-variables.ts';

const root = join(import.meta.dirname, '..', '..');
const connectorsDir = join(root, 'connectors');

const definition = z.object({
  manifest: z.object({
    id: z.string(),
    title: localeText,
    summary: localeText,
    vendor: z.string(),
    kind: z.enum(['switch', 'crm', 'erp', 'generic', 'demo']),
    docsUrl: z.string().optional(),
  }),
  config: z.instanceof(z.ZodObject),
});

const readmes = [
  ['README.md', ['variable', 'what it is', 'when unset']],
  ['README.zh-CN.md', ['变量', '含义（英文）', '未设置时（英文）']],
] as const;

interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

async function connectorFolders() {
  const entries = await readdir(connectorsDir, { withFileTypes: true });
  const folders = [];
  for (const entry of entries.filter((found) => found.isDirectory())) {
    const dir = join(connectorsDir, entry.name);
    const files = await readdir(dir);
    if (!files.includes('index.ts')) continue;
    const loaded = z.object({ default: definition }).parse(await import(pathToFileURL(join(dir, 'index.ts')).href));
    const { manifest, config } = loaded.default;
    if (manifest.id !== entry.name) throw new Error(`connectors/${entry.name}: its manifest says id "${manifest.id}".`);
    folders.push({ dir, files, manifest, config });
  }
  return folders;
}

async function generated(): Promise<readonly GeneratedFile[]> {
  const folders = await connectorFolders();
  const files: GeneratedFile[] = [{ path: join(connectorsDir, 'registry.generated.ts'), text: registryText(folders) }];
  for (const { dir, files: names, config } of folders) {
    if (!names.includes('README.md')) continue;
    const path = join(dir, 'README.md');
    files.push({ path, text: withConfigTable(await readFile(path, 'utf8'), config) });
  }
  for (const [name, heads] of readmes) {
    const path = join(root, name);
    files.push({ path, text: withVariablesTable(await readFile(path, 'utf8'), environmentTable, heads) });
  }
  return files;
}

async function main(isCheck: boolean): Promise<number> {
  const stale: string[] = [];
  for (const file of await generated()) {
    const current = await readFile(file.path, 'utf8').catch(() => '');
    if (current === file.text) continue;
    stale.push(file.path.slice(root.length + 1));
    if (!isCheck) await writeFile(file.path, file.text);
  }
  for (const path of stale) process.stdout.write(`${isCheck ? 'stale: ' : 'written: '}${path}\n`);
  if (isCheck && stale.length > 0) process.stdout.write('Run "npm run generate" and commit what it writes.\n');
  return isCheck && stale.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.includes('--check'));
