import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { forbidden } from './floors.ts';
import { isTest, readSources, root, type SourceFile } from './imports.ts';

const sources = readSources();
const code = sources.filter(({ path: file }) => !isTest(file));
const plumbing = /\.(entity|store|service|controller|consumer|module|migration|guard)\.ts$/;
const isFramework = (specifier: string): boolean => specifier.startsWith('@nestjs/') || specifier === 'typeorm';

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function faults(files: readonly SourceFile[], reason: (file: SourceFile, to: string) => string | null): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap(({ target }) => {
      const why = target === null ? null : reason(file, target);
      return why === null ? [] : [`${file.path} -> ${target}: ${why}`];
    }),
  );
}

describe('floors', () => {
  test('a file imports only from its own folder or from a lower floor', () => {
    expect(faults(code, (file, to) => forbidden(file.path, to))).toEqual([]);
  });

  test('a test beside the code keeps to the floors, but may use the testing folder of any lower one', () => {
    const tests = sources.filter(({ path: file }) => isTest(file) && !file.startsWith('test/'));
    const reach = (file: SourceFile, to: string): string | null =>
      to.includes('/testing/') || to.startsWith('test/') ? null : forbidden(file.path, to);
    // A test of a connector-facing folder may name the connector it plays.
    expect(faults(tests, (file, to) => (to.startsWith('connectors/') ? null : reach(file, to)))).toEqual([]);
  });

  test('code does not import tests', () => {
    expect(
      faults(code, (_file, to) => (/\.test\.tsx?$/.test(to) || to.startsWith('test/') ? 'is a test' : null)),
    ).toEqual([]);
  });

  test('every local import names an existing file with its extension', () => {
    const known = new Set(sources.map(({ path: file }) => file));
    const isSource = (to: string): boolean => /\.(ts|tsx)$/.test(to);
    expect(faults(code, (_file, to) => (isSource(to) && !known.has(to) ? 'does not exist' : null))).toEqual([]);
  });

  test('core/contract imports zod and nothing else', () => {
    const packages = code
      .filter(({ path: file }) => file.startsWith('core/contract/'))
      .flatMap(({ path: file, imports }) =>
        imports
          .filter(({ target, specifier }) => target === null && specifier !== 'zod')
          .map(({ specifier }) => `${file}: ${specifier}`),
      );
    expect(packages).toEqual([]);
  });

  test('only plumbing files import the framework or the database library', () => {
    const thinking = code.filter(({ path: file }) => !plumbing.test(file) && !file.startsWith('core/app/'));
    const found = thinking.flatMap(({ path: file, imports }) =>
      imports
        .filter(({ specifier, isTypeOnly }) => isFramework(specifier) && !isTypeOnly)
        .map(({ specifier }) => `${file}: ${specifier}`),
    );
    expect(found).toEqual([]);
  });

  test('outside connectors, no code says the name of one', () => {
    const ids = readdirSync(path.join(root, 'connectors'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const named = new RegExp(`['"\`/](${ids.join('|')})['"\`/]`);
    const found = code
      .filter(({ path: file }) => /^core\/(?!tools|app)/.test(file))
      .flatMap(({ path: file, text }) =>
        ids.length > 0 && named.test(withoutComments(text)) ? [`${file}: ${named.exec(text)?.[1]}`] : [],
      );
    expect(found).toEqual([]);
  });
});
