import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginRun, nextEvent, postponed, type DueEvent, type Plan, type ScheduleState } from './schedule.ts';

const plan = (extra: Partial<Plan> = {}): Plan => ({
  recordings: [
    { timesMs: [0, 100, 100, 250], durationMs: 300 },
    { timesMs: [50], durationMs: 60 },
  ],
  speed: 1,
  gapMs: 1000,
  everyMs: null,
  total: 3,
  ...extra,
});

function play(from: ScheduleState, by: Plan, limit = 10_000): DueEvent[] {
  const events: DueEvent[] = [];
  let state = from;
  for (let next = nextEvent(state, by); next !== null && events.length < limit; next = nextEvent(state, by)) {
    events.push(next.event);
    state = next.state;
  }
  return events;
}

test('one after the other, with the pause between', () => {
  const events = play(beginRun('r', 5000), plan());
  expect(events.map((event) => event.atMs - 5000)).toEqual([0, 100, 100, 250, 1350, 2360, 2460, 2460, 2610]);
  expect(events.map((event) => event.playback.number)).toEqual([0, 0, 0, 0, 1, 2, 2, 2, 2]);
});

test('at a rate, playings overlap and come in order of time', () => {
  const events = play(beginRun('r', 0), plan({ everyMs: 20, total: 50 }));
  expect(events).toHaveLength(25 * 4 + 25);
  expect(events.map((event) => event.atMs)).toEqual(events.map((event) => event.atMs).toSorted((a, b) => a - b));
});

test('nothing to play ends at once', () => {
  expect(play(beginRun('r', 0), plan({ recordings: [] }))).toEqual([]);
  expect(play(beginRun('r', 0), plan({ recordings: [{ timesMs: [], durationMs: 0 }], gapMs: 0 }))).toEqual([]);
});

test('stopped anywhere and taken up from the kept state, the same events follow', () => {
  fc.assert(
    fc.property(
      fc.nat(120),
      fc.option(fc.integer({ min: 1, max: 200 })),
      fc.integer({ min: 1, max: 20 }),
      (cut, everyMs, total) => {
        const by = plan({ everyMs, total });
        const whole = play(beginRun('r', 7), by);
        let state = beginRun('r', 7);
        for (let n = 0; n < cut; n += 1) state = nextEvent(state, by)?.state ?? state;
        const kept: ScheduleState = JSON.parse(JSON.stringify(state));
        expect(play(kept, by)).toEqual(whole.slice(cut));
      },
    ),
  );
});

test('postponed, only the time changes', () => {
  const state = nextEvent(beginRun('r', 0), plan())?.state ?? beginRun('r', 0);
  const later = play(postponed(state, 500), plan());
  expect(later.map((event) => event.atMs)).toEqual(play(state, plan()).map((event) => event.atMs + 500));
});
