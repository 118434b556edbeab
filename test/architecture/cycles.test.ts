import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './imports.ts';

test('no file imports itself through others', () => {
  expect(findCycles(readSources())).toEqual([]);
});

test('the search finds a cycle', () => {
  const file = (path: string, target: string): SourceFile => ({
    path,
    text: '',
    imports: [{ specifier: target, target, isTypeOnly: false }],
  });
  expect(findCycles([file('a', 'b'), file('b', 'c'), file('c', 'b')])).toEqual(['b -> c -> b']);
});

/** Depth first. Imports of types alone do not count: they are gone when the code runs. */
function findCycles(sources: readonly SourceFile[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const finished = new Set<string>();
  const trail: string[] = [];
  const cycles: string[] = [];
  const visit = (file: string): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' -> '));
    if (start >= 0 || finished.has(file)) return;
    trail.push(file);
    for (const { target, isTypeOnly } of byPath.get(file)?.imports ?? [])
      if (!isTypeOnly && target !== null && byPath.has(target)) visit(target);
    trail.pop();
    finished.add(file);
  };
  for (const { path } of sources) visit(path);
  return cycles;
}
