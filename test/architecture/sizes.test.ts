import { expect, test } from 'vitest';
import { isTest, readSources } from './imports.ts';

const hardStop = 350;
const testHardStop = 500;
/** Written by a program, or a table that reads better in one piece. */
const exempt = /\.generated\.ts$|-table\.ts$|\.table\.ts$/;

test('no file is longer than a reader can hold', () => {
  const sizes = readSources()
    .filter(({ path }) => !exempt.test(path))
    .map(({ path, text }) => ({
      path,
      lines: text.split('\n').length - 1,
      limit: isTest(path) ? testHardStop : hardStop,
    }));
  for (const [title, group] of [
    ['code', sizes.filter(({ path }) => !isTest(path))],
    ['tests', sizes.filter(({ path }) => isTest(path))],
  ] as const) {
    console.info(`${title}: ${distribution(group.map(({ lines }) => lines))}`);
  }
  expect(sizes.filter(({ lines, limit }) => lines > limit)).toEqual([]);
});

function distribution(lines: readonly number[]): string {
  const sorted = lines.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const total = lines.reduce((sum, count) => sum + count, 0);
  return `${lines.length} files, ${total} lines, median ${at(0.5)}, p90 ${at(0.9)}, longest ${sorted.at(-1) ?? 0}`;
}
