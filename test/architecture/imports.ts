/** The import graph as the code has it: every `import … from`, `export … from` and `import('…')` of the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
const sourceFolders = ['core', 'connectors', 'mappings', 'dashboard', 'test'];
const skippedFolders = new Set(['node_modules', 'dist', 'fixtures', 'artifacts']);

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The source file it names, from the root; `null` for a package. */
  readonly target: string | null;
  readonly isTypeOnly: boolean;
}

const statement = /^\s*(import|export)(\s+type)?\s+(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"\n]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

export function readSources(): SourceFile[] {
  return sourceFolders
    .flatMap((folder) => filesUnder(folder))
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return { path: file, text, imports: importsOf(file, text) };
    });
}

export function importsOf(file: string, text: string): Import[] {
  const statements = [...text.matchAll(statement)].map(([, , type, specifier = '']) => ({
    specifier,
    isTypeOnly: type !== undefined,
  }));
  const calls = [...text.matchAll(dynamic)].map(([, specifier = '']) => ({ specifier, isTypeOnly: false }));
  return [...statements, ...calls]
    .filter(({ specifier }) => !specifier.includes('${'))
    .map((found) => ({ ...found, target: targetOf(file, found.specifier) }));
}

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return null;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesUnder(name);
    return /\.(ts|tsx|mts)$/.test(entry.name) ? [name] : [];
  });
}

export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith('test/') || file.includes('/testing/');
}
