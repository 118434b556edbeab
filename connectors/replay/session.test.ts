import { expect, test } from 'vitest';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import type { JsonValue } from '#core/contract/json.ts';
import connector from './index.ts';
import { loadRecordings } from './recordings.ts';

/** A hub that survives its sessions: cursor and stored events. */
function hub(config: Record<string, unknown>) {
  let cursor: JsonValue | null = null;
  const stored: SwitchEvent[] = [];
  const open = async (accept: (batch: readonly SwitchEvent[]) => boolean = () => true) => {
    const session = await connector.open({
      connectionId: 'c',
      tenantId: 'default',
      config: connector.config.parse(config),
      signal: new AbortController().signal,
      now: Date.now,
      cursor: {
        get: async () => structuredClone(cursor),
        set: async (value) => {
          cursor = structuredClone(value);
        },
      },
      report: () => undefined,
    });
    await session.callEvents.listen(async (batch) => {
      if (!accept(batch)) throw new Error('no room');
      stored.push(...batch);
    });
    return session;
  };
  return { open, stored, ids: () => stored.map((event) => event.eventId) };
}

const fast = { recordings: ['inbound-answered', 'attended-transfer'], speed: 1000, gapSecs: 0, loop: false };

test('plays the recordings as calls of now', async () => {
  const { open, stored } = hub({ ...fast, agentMap: { '1001': '7001' } });
  const beganMs = Date.now();
  const session = await open();
  await expect
    .poll(() => stored.filter((event) => event.kind === 'call' && event.type === 'callCleared').length, {
      timeout: 8000,
    })
    .toBeGreaterThanOrEqual(3);
  await session.close();
  expect(stored.every((event) => event.atMs >= beganMs && event.atMs < beganMs + 30_000)).toBe(true);
  const text = JSON.stringify(stored);
  expect(text).toContain('"7001"');
  expect(text).not.toContain('"1001"');
  const merged = stored.flatMap((event) => (event.kind === 'call' && event.mergedCallId ? [event.mergedCallId] : []));
  const callIds = new Set(stored.flatMap((event) => (event.kind === 'call' ? [event.callId] : [])));
  expect(merged.every((id) => callIds.has(id))).toBe(true);
});

test('refused and closed at any event, every event is stored and only its own again', async () => {
  const { open, ids } = hub({ ...fast, calls: 60, callsPerSec: 200 });
  let offered = 0;
  for (let round = 0; round < 12; round += 1) {
    let left = round;
    const session = await open(() => {
      offered += 1;
      return left-- > 0;
    });
    await expect(session.lost).resolves.toMatchObject({ code: 'link.lost' });
    await session.close();
  }
  const last = await open();
  const recordings = await loadRecordings(fast.recordings);
  const expected = recordings.reduce((sum, { events }) => sum + 30 * events.length, 0);
  await expect.poll(() => new Set(ids()).size, { timeout: 10_000 }).toBe(expected);
  await last.close();
  expect(ids()).toHaveLength(expected);
  expect(offered).toBeGreaterThan(12);
});

test('an unknown recording names the field', async () => {
  const { open } = hub({ recordings: ['../../etc/passwd'] });
  await expect(open()).rejects.toMatchObject({ code: 'config.invalid', field: 'recordings' });
});
