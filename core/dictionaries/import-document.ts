/** A template of another system as documents to begin from. */
import type { importTemplate as importRoute } from '#core/contract/api/dictionaries.ts';
import { HubError } from '#core/contract/errors.ts';
import { jsonObject } from '#core/contract/json.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { ImportRefusal } from '#mappings/import/findings.ts';
import { importTemplate } from '#mappings/import/import-template.ts';
import type { Imported } from '#mappings/import/imported.ts';

type Answer = RouteResult<typeof importRoute>;

export function importText(template: string): Answer {
  const { connection, files, findings } = read(template);
  if (connection.origin === undefined)
    throw new HubError('bug', 'An imported connection does not say where it is from.');
  return {
    format: connection.origin.kind,
    connection: jsonObject.parse(connection),
    documents: documentsOf(connection.id, files),
    notCarried: findings.map(({ code, kind, where, what, why, mend }) => {
      const place = `${where.line}:${where.column} ${where.path}`;
      return { code, kind, where: place, what, why, mend };
    }),
  };
}

/** The text came through JSON, so it is decoded whatever its first line says of its encoding. */
const saysEncoding = /^(\s*<\?xml[^?>]{0,200}?)\s+encoding\s*=\s*(?:"[^"]{0,40}"|'[^']{0,40}')/;

function read(template: string): Imported {
  try {
    return importTemplate(new TextEncoder().encode(template.replace(saysEncoding, '$1')));
  } catch (thrown) {
    if (!(thrown instanceof ImportRefusal)) throw thrown;
    throw new HubError('input.invalid', `Line ${thrown.line}: ${thrown.message}`, { field: 'template', cause: thrown });
  }
}

function documentsOf(folder: string, files: Imported['files']): Answer['documents'] {
  const tests = new Map(files.filter(({ name }) => isTest(name)).map(({ name, text }) => [baseName(name), text]));
  return files
    .filter(({ name }) => !isTest(name))
    .map(({ name, text }) => ({ name: `${folder}/${baseName(name)}`, text, tests: tests.get(baseName(name)) ?? null }));
}

function isTest(name: string): boolean {
  return name.endsWith('.test.yaml');
}

function baseName(name: string): string {
  return name.replace(/(?:\.test)?\.yaml$/, '');
}
