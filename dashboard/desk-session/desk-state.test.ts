import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '#core/contract/desk.ts';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { sampleLeg } from '../testing/sample-calls.ts';
import { sampleDesk } from '../testing/sample-hub.ts';
import { sampleCandidate, samplePop } from '../testing/sample-records.ts';
import { applyDeskEvent, hasLegHere, isCallHere, popOf, shownPops } from './desk-state.ts';

const empty = sampleDesk([]);
const ringing = sampleInteraction({
  id: 'x',
  revision: 1,
  open: true,
  phase: 'ringing',
  ringing: ['1001'],
  agents: [],
});
const talking = { ...ringing, revision: 2, phase: 'talking' as const, ringing: [], agents: ['1001'] };
const ended = { ...talking, revision: 3, phase: 'ended' as const, open: false };
const pop = samplePop({ id: 'p', interactionId: 'x', atMs: 1 });
const upgraded = { ...pop, stage: 2 as const, target: 'record' as const, candidates: [sampleCandidate] };

function play(events: readonly DeskEvent[]) {
  return events.reduce((session, event, index) => applyDeskEvent(session, event, index + 2), empty);
}

const story: readonly DeskEvent[] = [
  { type: 'call', interaction: ringing },
  { type: 'pop', pop },
  { type: 'pop', pop: upgraded },
  { type: 'call', interaction: talking },
  { type: 'pop', pop: { ...upgraded, state: 'acknowledged' } },
  { type: 'call', interaction: ended },
];

describe('the desk', () => {
  it('shows a ringing call and its pop, upgraded in place', () => {
    const session = play(story.slice(0, 3));
    expect(session.calls).toEqual([ringing]);
    expect(shownPops(session)).toEqual([upgraded]);
    expect(session.cursor).toBe(4);
  });

  it('turns a call that ended into an open wrap-up for the one who talked', () => {
    const session = play(story);
    expect(session.calls).toEqual([]);
    expect(session.openWrapUps).toEqual([
      {
        interaction: ended,
        wrapUp: { interactionId: 'x', notes: '', disposition: null, contactId: null, completed: false },
      },
    ]);
    expect(popOf(session, 'x')?.state).toBe('acknowledged');
  });

  it('keeps what an agent already wrote when the call ends, and lets a finished wrap-up go', () => {
    const notes = { interactionId: 'x', notes: 'hi', disposition: null, contactId: null, completed: false };
    const held = { ...empty, openWrapUps: [{ interaction: talking, wrapUp: notes }] };
    const after = applyDeskEvent(held, { type: 'call', interaction: ended }, null);
    expect(after.openWrapUps).toEqual([{ interaction: ended, wrapUp: notes }]);
    const done = applyDeskEvent(after, { type: 'wrapUp', wrapUp: { ...notes, completed: true } }, null);
    expect(done.openWrapUps).toEqual([]);
  });

  it('begins the wrap-up with what was written during the call', () => {
    const notes = { interactionId: 'x', notes: 'hi', disposition: null, contactId: null, completed: false };
    const written = applyDeskEvent(play(story.slice(0, 4)), { type: 'wrapUp', wrapUp: notes }, null);
    const after = applyDeskEvent(written, { type: 'call', interaction: ended }, null);
    expect(after.openWrapUps).toEqual([{ interaction: ended, wrapUp: notes }]);
  });

  it('lists a call as missed only where it rang and nobody took it', () => {
    const leg = sampleLeg({ legId: 'l', agent: '1001', startMs: 0, result: 'noAnswer' });
    const missed = { ...ended, agents: [], outcome: 'missed' as const, legs: [leg] };
    expect(play([{ type: 'call', interaction: missed }]).missed).toEqual([missed]);
    const elsewhere = { ...missed, legs: [{ ...leg, result: 'answeredElsewhere' as const }] };
    expect(play([{ type: 'call', interaction: elsewhere }]).missed).toEqual([]);
    expect(play([{ type: 'call', interaction: { ...missed, direction: 'outbound' } }]).missed).toEqual([]);
  });

  it('never goes back: old revisions, stages and cursors change nothing', () => {
    const session = play(story);
    expect(applyDeskEvent(session, { type: 'pop', pop }, 3)).toEqual(session);
    const talks = play(story.slice(0, 4));
    expect(applyDeskEvent(talks, { type: 'call', interaction: ringing }, 2)).toEqual(talks);
  });

  it('ends the same when events are repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: story.length - 1 })), (again) => {
        const repeated = story.flatMap((event, index) => [
          event,
          ...again.filter((one) => one === index).map(() => event),
        ]);
        expect({ ...play(repeated), cursor: 0 }).toEqual({ ...play(story), cursor: 0 });
      }),
    );
  });

  it('shows no pop of a call that has ended', () => {
    expect(shownPops(play(story.filter((event) => event.type !== 'pop' || event.pop.state === 'shown')))).toEqual([]);
  });

  it('tells work of this desk from calls that only rang here', () => {
    const up = sampleLeg({ legId: 'l', agent: '1001', startMs: 0 });
    expect(isCallHere(ringing, '1001')).toBe(true);
    expect(isCallHere({ ...ringing, ringing: [] }, '1001')).toBe(false);
    expect(isCallHere(talking, null)).toBe(false);
    expect(hasLegHere({ ...talking, legs: [up] }, '1001')).toBe(true);
    expect(hasLegHere({ ...talking, legs: [{ ...up, endMs: 5 }] }, '1001')).toBe(false);
  });
});
