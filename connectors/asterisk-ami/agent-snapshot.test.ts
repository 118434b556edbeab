import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { agentEvent } from '#core/contract/call-events.ts';
import { agentSnapshot } from './agent-snapshot.ts';
import { createFrameReader, frameOf } from './frames.ts';

test('recording 17b: who is on the phone, and who is ready where', () => {
  const path = join(import.meta.dirname, 'fixtures', 'asterisk-22', '17b-snapshot-while-calls-up.ami.gz');
  const events = agentSnapshot(createFrameReader().push(gunzipSync(readFileSync(path))), 's', 7);
  expect(events.every((event) => agentEvent.safeParse(event).success && event.inferred)).toBe(true);
  expect(events.slice(0, 2)).toMatchObject([
    { agent: '1001', state: 'busy', atMs: 7 },
    { agent: '1002', state: 'busy' },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ agent: '1003', queue: 'support', state: 'ready' }));
  expect(new Set(events.map((event) => event.eventId)).size).toBe(events.length);
  expect(events.some((event) => event.agent.includes('@'))).toBe(false);
});

test('paused with a reason, and a member without anything', () => {
  const member = frameOf([
    ['Event', 'QueueMember'],
    ['Queue', 'sales'],
    ['Location', 'Local/1003@agents/n'],
    ['Status', '5'],
    ['Paused', '1'],
    ['PausedReason', 'Lunch'],
  ]);
  expect(agentSnapshot([member, frameOf([['Event', 'QueueMember']])], 's', 0)).toMatchObject([
    { agent: '1003', state: 'loggedOff' },
    { agent: '1003', queue: 'sales', state: 'notReady', reason: 'Lunch' },
  ]);
});
