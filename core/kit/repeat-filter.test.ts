import { expect, test } from 'vitest';
import { createRepeatFilter } from './repeat-filter.ts';

test('told at once, then with a count after a while, per key', () => {
  const filter = createRepeatFilter({ everyMs: 1000 });
  expect([0, 1, 500, 999].map((at) => filter.take('a', at))).toEqual([{ missed: 0 }, null, null, null]);
  expect(filter.take('b', 500)).toEqual({ missed: 0 });
  expect(filter.take('a', 1000)).toEqual({ missed: 3 });
  expect(filter.take('a', 3000)).toEqual({ missed: 0 });
});

test('the memory is bounded whatever the keys', () => {
  const filter = createRepeatFilter({ everyMs: 1000, maxKeys: 3 });
  for (let n = 0; n < 100; n += 1) expect(filter.take(String(n), n)).toEqual({ missed: 0 });
  expect(filter.take('0', 100)).toEqual({ missed: 0 });
  expect(filter.take('99', 100)).toBeNull();
});
