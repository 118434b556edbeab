import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonValue } from '#core/contract/json.ts';
import { openAgainst } from './testing/open-session.ts';
import { startFakeHubSpot, type FakeHubSpot } from './testing/peer.ts';

let nowMs = Date.parse('2026-11-22T01:00:00Z');
let peer: FakeHubSpot;
beforeEach(async () => {
  peer = await startFakeHubSpot({ limits: null, searchLagMs: 5000, now: () => nowMs });
});
afterEach(() => peer.close());

async function pullAll(start: JsonValue | null): Promise<{ ids: string[]; cursor: JsonValue; pages: number }> {
  const session = await openAgainst(peer);
  const ids: string[] = [];
  let cursor = start;
  for (let pages = 1; ; pages += 1) {
    const page = await session.records.pull('contacts', cursor);
    ids.push(...page.records.map((record) => record.id));
    cursor = page.cursor;
    if (!page.more) {
      await session.close();
      return { ids, cursor, pages };
    }
  }
}

test('every contact comes once, though hundreds share one millisecond', async () => {
  const wanted: string[] = [];
  for (let index = 0; index < 730; index += 1) {
    if (index % 365 < 130) nowMs += 1;
    wanted.push(peer.seed('contacts', { firstname: `P${index}` }).id);
  }
  const { ids, pages } = await pullAll(null);
  expect(ids.toSorted()).toEqual(wanted.toSorted());
  expect(pages).toBeLessThan(20);
});

test('a change that search does not know yet comes with a later pull', async () => {
  peer.seed('contacts', { firstname: 'Old' });
  const first = await pullAll(null);
  expect(first.ids).toHaveLength(1);
  nowMs += 120_000;
  const session = await openAgainst(peer);
  const [outcome] = await session.records.push('contacts', [
    { key: 'p1', recordId: null, values: { firstname: 'New' } },
  ]);
  await session.close();
  const id = outcome?.status === 'done' ? outcome.recordId : '';
  const early = await pullAll(first.cursor);
  expect(early.ids).not.toContain(id);
  nowMs += 6000;
  expect((await pullAll(early.cursor)).ids).toContain(id);
});

test('a cursor of another kind starts from the beginning', async () => {
  const { id } = peer.seed('contacts', { firstname: 'Ann' });
  for (const strange of ['x', 7, { page: 2 }, []]) expect((await pullAll(strange)).ids).toEqual([id]);
});
