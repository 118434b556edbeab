import { describe, expect, it } from 'vitest';
import type { Pop } from '#core/contract/desk.ts';
import type { InteractionLeg } from '#core/contract/interaction.ts';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { defaultPopRules, planPops } from './pop-plan.ts';

const ringing = (agents: string[], queue: string | null = null) =>
  sampleInteraction({
    open: true,
    phase: 'ringing',
    outcome: null,
    endMs: null,
    answerMs: null,
    agents: [],
    agent: null,
    ringing: agents,
    queue,
  });
const leg = (agent: string, endMs: number | null = null): InteractionLeg => ({
  legId: agent,
  callId: 'c',
  device: agent,
  deviceKind: 'extension',
  agent,
  role: 'agent',
  result: 'answered',
  startMs: 0,
  endMs,
  cause: null,
  spans: [{ state: 'talking', fromMs: 10, toMs: endMs }],
});
const talking = (agent: string) =>
  sampleInteraction({
    open: true,
    phase: 'talking',
    outcome: null,
    endMs: null,
    agents: [agent],
    agent,
    legs: [leg(agent)],
  });
const pop = (agent: string) => ({
  id: `p-${agent}`,
  userId: `u-${agent}`,
  agent,
  target: 'record' as Pop['target'],
  state: 'shown' as const,
  closedReason: null,
});

describe('planPops', () => {
  it('pops for every phone that rings, once', () => {
    expect(planPops(ringing(['1001', '1002'], 'support'), [pop('1001')], defaultPopRules)).toEqual({
      open: [{ agent: '1002', trigger: 'offer' }],
      close: [],
      settle: [],
    });
  });

  it('closes the other pops when one agent answers', () => {
    expect(planPops(talking('1002'), [pop('1001'), pop('1002')], defaultPopRules)).toEqual({
      open: [],
      close: [{ popId: 'p-1001', reason: 'answeredElsewhere' }],
      settle: [],
    });
  });

  it('closes a pop whose phone stopped ringing while the caller still waits', () => {
    expect(planPops(ringing(['1002'], 'sales'), [pop('1001')], defaultPopRules).close).toEqual([
      { popId: 'p-1001', reason: 'rangOut' },
    ]);
  });

  it('closes all when the caller gives up', () => {
    const gone = sampleInteraction({ outcome: 'abandoned', answerMs: null, agents: [], agent: null });
    expect(planPops(gone, [pop('1001')], defaultPopRules)).toEqual({
      open: [],
      close: [{ popId: 'p-1001', reason: 'ended' }],
      settle: [],
    });
  });

  it('keeps the pop of the agent who talked after the end, where the wrap-up still has to say who it was', () => {
    for (const target of ['choose', 'create'] as const) {
      const plan = planPops(sampleInteraction(), [{ ...pop('1001'), target }], defaultPopRules);
      expect(plan).toEqual({ open: [], close: [], settle: [] });
    }
  });

  it('takes the pop of the agent who talked as seen after the end, where one record was shown', () => {
    const plan = planPops(sampleInteraction(), [pop('1001')], defaultPopRules);
    expect(plan).toEqual({ open: [], close: [], settle: ['p-1001'] });
    expect(planPops(talking('1001'), [pop('1001')], defaultPopRules).settle).toEqual([]);
  });

  it('pops at the answer for whoever got the call without ringing, by pickup or transfer', () => {
    expect(planPops(talking('1003'), [], defaultPopRules).open).toEqual([{ agent: '1003', trigger: 'answer' }]);
  });

  it('follows the first rule that fits: per queue and direction', () => {
    const rules = [{ queue: 'support', trigger: 'answer' as const }, ...defaultPopRules];
    expect(planPops(ringing(['1001'], 'support'), [], rules).open).toEqual([]);
    expect(planPops(ringing(['1001'], 'sales'), [], rules).open).toHaveLength(1);
    const internal = { ...ringing(['1001']), direction: 'internal' as const };
    expect(planPops(internal, [], defaultPopRules).open).toEqual([]);
  });

  it('never brings back a pop its agent closed', () => {
    const closed = { ...pop('1001'), state: 'closed' as const, closedReason: 'dismissed' as const };
    expect(planPops(ringing(['1001']), [closed], defaultPopRules).open).toEqual([]);
  });

  it('pops again when the queue offers the call to the same phone once more, or it is handed to it later', () => {
    const rangOut = { ...pop('1001'), state: 'closed' as const, closedReason: 'rangOut' as const };
    expect(planPops(ringing(['1001'], 'sales'), [rangOut], defaultPopRules).open).toEqual([
      { agent: '1001', trigger: 'offer' },
    ]);
    const elsewhere = { ...rangOut, closedReason: 'answeredElsewhere' as const };
    expect(planPops(talking('1001'), [elsewhere], defaultPopRules).open).toEqual([
      { agent: '1001', trigger: 'answer' },
    ]);
  });
});
