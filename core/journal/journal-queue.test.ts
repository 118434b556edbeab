import { describe, expect, it } from 'vitest';
import { JournalQueue } from './journal-queue.ts';

function recording() {
  const running = new Map<string, number>();
  const done: string[] = [];
  let widest = 0;
  let overlapped = false;
  const work = async (id: string): Promise<void> => {
    running.set(id, (running.get(id) ?? 0) + 1);
    overlapped ||= (running.get(id) ?? 0) > 1;
    widest = Math.max(widest, running.size);
    await Promise.resolve();
    running.delete(id);
    done.push(id);
    if (id === 'bad') throw new Error('refused');
  };
  return { work, done, seen: () => ({ widest, overlapped }) };
}

describe('JournalQueue', () => {
  it('runs different ids side by side and the same id never twice at once', async () => {
    const { work, done, seen } = recording();
    const queue = new JournalQueue(work, () => {}, 3);
    for (let round = 0; round < 5; round += 1) for (const id of ['a', 'b', 'c', 'd', 'e']) queue.add(id);
    await queue.idle();
    expect(new Set(done)).toEqual(new Set(['a', 'b', 'c', 'd', 'e']));
    expect(seen()).toEqual({ widest: 3, overlapped: false });
  });

  it('runs an id again when it was added while running', async () => {
    const { work, done } = recording();
    const queue = new JournalQueue(work, () => {});
    queue.add('a');
    queue.add('a');
    await queue.idle();
    expect(done).toEqual(['a', 'a']);
  });

  it('reports a failure and goes on', async () => {
    const { work, done } = recording();
    const failed: string[] = [];
    const queue = new JournalQueue(work, (id) => failed.push(id));
    queue.add('bad');
    queue.add('good');
    await queue.idle();
    expect(failed).toEqual(['bad']);
    expect(done).toContain('good');
  });
});
