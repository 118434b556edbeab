import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

function recorder(fail: (items: readonly number[]) => boolean = () => false) {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const commit = async (items: readonly number[]): Promise<number[]> => {
    batches.push([...items]);
    await new Promise<void>((resolve) => {
      gates.push(resolve);
    });
    if (fail(items)) throw new Error(`no ${items.join()}`);
    return items.map((item) => item * 10);
  };
  const turn = async (): Promise<void> => {
    await new Promise(setImmediate);
    gates.shift()?.();
    await new Promise(setImmediate);
  };
  return { batches, commit, turn };
}

test('idle commits at once; what comes meanwhile shares the next commit; each gets its own result', async () => {
  const { batches, commit, turn } = recorder();
  const group = new GroupCommit({ commit, maxBatch: 3 });
  const first = group.add(1);
  await new Promise(setImmediate);
  const rest = [2, 3, 4, 5].map((item) => group.add(item));
  await turn();
  await turn();
  await turn();
  expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40, 50]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  await group.idle();
});

test('one bad item fails alone', async () => {
  const { commit, turn } = recorder((items) => items.includes(2));
  const group = new GroupCommit({ commit });
  const results = Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
  for (let n = 0; n < 4; n += 1) await turn();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const after = group.add(9);
  await turn();
  expect(await after).toBe(90);
});
