import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createReplay } from '#connectors/asterisk-ami/replay.ts';
import { createFrameReader } from '#connectors/asterisk-ami/frames.ts';
import { createChannelList } from '#connectors/asterisk-ami/testing/channel-list.ts';
import { toInteraction } from '#core/calls/interaction.ts';
import { reconcileSnapshot } from '#core/calls/reconcile-snapshot.ts';
import type { TrackedCall } from '#core/calls/tracked-call.ts';
import { createTracker } from '#core/calls/tracker.ts';
import type { ReplayStep } from '#core/contract/replay.ts';
import { describe, expect, it } from 'vitest';
import { loadRecording } from './replay-engine.ts';

const folder = join(import.meta.dirname, '../../connectors/asterisk-ami/fixtures/asterisk-22');
/** Left out: streams without calls, with several links, too large; and 09b, whose answer to a refused request may come
 * after the restart and then begins a contact of its own. */
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.truth.json') && !/^(?:09b|1[4-8]|30)/.test(file))
  .map((file) => file.slice(0, -'.truth.json'.length))
  .sort();

/** Plays a recording through a hub that is killed and started again after `restartAt` messages. */
function play(name: string, restartAt: number | null) {
  const plain = join(folder, `${name}.ami`);
  const { bytes } = loadRecording(existsSync(plain) ? plain : `${plain}.gz`, null);
  const frames = createFrameReader().push(bytes);
  const list = createChannelList();
  const options = { connectionId: 'sw', idOf: (connectionId: string, callId: string) => `${connectionId}/${callId}` };
  const calls = new Map<string, TrackedCall>();
  let tracker = createTracker(options);
  let source = createReplay({ settings: { trunks: 'PJSIP/trunk' }, onNotice: () => undefined });
  const take = (steps: readonly ReplayStep[], atMs: number) => {
    for (const step of steps) {
      const inferred = step.snapshot === undefined ? [] : reconcileSnapshot(tracker.open(), step.snapshot, atMs);
      for (const event of [...step.events, ...inferred]) {
        if (event.kind !== 'call') continue;
        const { changed, absorbed } = tracker.apply(event);
        for (const gone of absorbed) calls.delete(gone.id);
        for (const call of changed) calls.set(call.id, call);
      }
    }
  };
  const message = (frame: (typeof frames)[number], atMs: number) => {
    if (frame.kind === 'event') take(source.message(Object.fromEntries(frame.headers()), atMs), atMs);
  };
  frames.forEach((frame, index) => {
    message(frame, index * 10);
    list.feed(frame);
    if (index !== restartAt) return;
    const stored: TrackedCall[] = JSON.parse(JSON.stringify(tracker.open()));
    tracker = createTracker(options);
    tracker.load(stored);
    source = createReplay({ settings: { trunks: 'PJSIP/trunk' }, onNotice: () => undefined });
    for (const listed of list.frames()) message(listed, index * 10);
  });
  take(source.end(frames.length * 10), frames.length * 10);
  return {
    count: frames.length,
    interactions: [...calls.values()].map(toInteraction).sort((a, b) => a.startMs - b.startMs),
  };
}

describe('a hub killed at any moment of a call', () => {
  it.each(names)('%s ends with the same contacts', (name) => {
    const whole = play(name, null);
    const step = Math.max(1, Math.floor(whole.count / 23));
    const wrong: string[] = [];
    for (let at = 2; at < whole.count; at += step) {
      const { interactions } = play(name, at);
      const seen = interactions.map((one) => [
        one.direction,
        one.callee,
        one.outcome === 'answered',
        one.agent,
        one.open,
      ]);
      const expected = whole.interactions.map((one) => [
        one.direction,
        one.callee,
        one.outcome === 'answered',
        one.agent,
        one.open,
      ]);
      if (JSON.stringify(seen) !== JSON.stringify(expected))
        wrong.push(`after ${at}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
    }
    expect(wrong).toEqual([]);
  });
});
