import type { Finding } from './findings.ts';
import type { RestConnection } from './rest-connection.ts';

/** What an import gives: a connection, the dictionaries it names, and everything that is not the same any more. */
export interface Imported {
  readonly connection: RestConnection;
  /** Files for the folder of the connection. */
  readonly files: readonly ImportedFile[];
  readonly findings: readonly Finding[];
}

export interface ImportedFile {
  /** `contact.yaml`, `contact.test.yaml` … */
  readonly name: string;
  readonly text: string;
}

export function idOf(title: string, otherwise: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/gu, '');
  return plain === '' ? otherwise : plain;
}
