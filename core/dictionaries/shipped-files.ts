/** The documents that come with the hub and those of the data folder, which take the place of shipped ones. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { documentName } from '#core/contract/mapping.ts';
import { listFiles } from '#mappings/language/library.ts';
import { connectorOf } from './document-name.ts';
import type { Texts } from './bundle.ts';

const documentFile = /^(.+?)(\.test)?\.(?:ya?ml|json)$/;
/** Folders of `mappings/` that hold code. */
const codeFolders = new Set(['language', 'import', 'suggest', 'testing']);

export function readDocuments(folders: readonly string[]): Map<string, Texts> {
  const texts = new Map<string, string>();
  const tests = new Map<string, string>();
  for (const [file, path] of listFiles(folders)) {
    const [, name = '', isTest] = documentFile.exec(file) ?? [];
    if (!documentName.safeParse(name).success || codeFolders.has(connectorOf(name))) continue;
    (isTest === undefined ? texts : tests).set(name, readFileSync(path, 'utf8'));
  }
  return new Map([...texts].map(([name, text]) => [name, { text, tests: tests.get(name) ?? null }]));
}

/** The same for the same documents with the same texts. */
export function fingerprintOf(documents: ReadonlyMap<string, Texts>): string {
  const sorted = [...documents].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const lines = sorted.map(([name, { text, tests }]) => [name, text, tests]);
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex');
}
