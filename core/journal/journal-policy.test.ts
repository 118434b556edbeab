import { describe, expect, it } from 'vitest';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { journalPolicy } from '#core/contract/journal-policy.ts';
import { defaultJournalPolicy, journalTiming } from './journal-policy.ts';

const open = sampleInteraction({ open: true, endMs: null, outcome: null, phase: 'talking' });
const ended = sampleInteraction();

describe('journalTiming', () => {
  it('writes an ended call at once by default, an open one not yet', () => {
    expect(journalTiming(defaultJournalPolicy, ended, null)).toEqual({ kind: 'now' });
    expect(journalTiming(defaultJournalPolicy, open, null)).toMatchObject({ kind: 'never' });
  });

  it('can start at ring or at answer', () => {
    const ringing = sampleInteraction({ open: true, answerMs: null, endMs: null, phase: 'ringing' });
    expect(journalTiming({ ...defaultJournalPolicy, writeFrom: 'ring' }, ringing, null).kind).toBe('now');
    expect(journalTiming({ ...defaultJournalPolicy, writeFrom: 'answer' }, ringing, null).kind).toBe('never');
    expect(journalTiming({ ...defaultJournalPolicy, writeFrom: 'answer' }, open, null).kind).toBe('now');
  });

  it('all at once waits for the wrap-up, but not for ever, and not for a call nobody took', () => {
    const policy = journalPolicy.parse({ mode: 'allAtOnce', maxWaitSecs: 60 });
    expect(journalTiming(policy, ended, false)).toEqual({ kind: 'at', atMs: 69_500 });
    expect(journalTiming(policy, ended, true)).toEqual({ kind: 'now' });
    expect(journalTiming(policy, sampleInteraction({ agents: [], agent: null, outcome: 'abandoned' }), null)).toEqual({
      kind: 'now',
    });
  });

  it('leaves out internal calls, ignored numbers and talks below the minimum, and says why', () => {
    expect(journalTiming(defaultJournalPolicy, sampleInteraction({ direction: 'internal' }), null)).toMatchObject({
      reason: expect.stringContaining('internal'),
    });
    const ignoring = journalPolicy.parse({ ignoredNumbers: ['+1415*'] });
    expect(journalTiming(ignoring, ended, null)).toMatchObject({
      kind: 'never',
      reason: expect.stringContaining('+14155550123'),
    });
    expect(journalTiming(journalPolicy.parse({ minTalkMs: 8_000 }), ended, null).kind).toBe('never');
    const missed = sampleInteraction({ outcome: 'missed', talkMs: 0 });
    expect(journalTiming(journalPolicy.parse({ minTalkMs: 8_000 }), missed, null).kind).toBe('now');
  });
});
