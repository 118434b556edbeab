import { describe, expect, it } from 'vitest';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { activityKey, composeActivity } from './activity.ts';
import { journalTexts } from './texts.ts';

const parts = {
  interaction: sampleInteraction(),
  facts: { startedAt: '2026-11-22T01:48:38.000Z' },
  contact: null,
  wrapUp: null,
  agentNames: new Map([['1001', 'Alice Agent']]),
  texts: journalTexts('en'),
};

describe('composeActivity', () => {
  it('says who, how it ended and how long, in the language asked for', () => {
    expect(composeActivity(parts)).toMatchObject({
      subject: 'Inbound call: John Smith (answered)',
      body: 'Agent: Alice Agent (1001)\nRang: 0:01\nTalked: 0:07',
      startedAt: '2026-11-22T01:48:38.000Z',
    });
    expect(composeActivity({ ...parts, texts: journalTexts('zh-CN') }).subject).toBe('来电：John Smith（已接听）');
  });

  it('names the matched contact rather than what the caller calls itself', () => {
    const activity = composeActivity({ ...parts, contact: { id: 'c-1', displayName: '王小明' } });
    expect(activity).toMatchObject({ contactId: 'c-1', subject: 'Inbound call: 王小明 (answered)' });
  });

  it('carries notes, disposition and the way of the call', () => {
    const interaction = sampleInteraction({
      agents: ['1001', '1002'],
      agent: '1002',
      queue: 'support',
      waitMs: 65_000,
      transfers: [{ kind: 'attended', from: '1001', to: '1002', atMs: 5_000 }],
    });
    const { body } = composeActivity({
      ...parts,
      interaction,
      wrapUp: { notes: 'Wants a quote', disposition: 'Sales lead' },
    });
    expect(body).toBe(
      'Agent: Alice Agent (1001) → 1002\nQueue: support\nWaited: 1:05\nRang: 0:01\nTalked: 0:07\n' +
        'Transfers: attended transfer 1001 → 1002\nDisposition: Sales lead\nNotes: Wants a quote',
    );
  });
});

describe('activityKey', () => {
  it('is the same for the same interaction and safe in URLs', () => {
    expect(activityKey('abc', null)).toBe('tl-abc');
    expect(activityKey('abc', '10/01 x')).toBe('tl-abc-10_01_x');
  });
});
