import type { Interaction } from '../interaction.ts';

/** A plain answered inbound call for tests; override what matters to the case. */
export function sampleInteraction(overrides: Partial<Interaction> = {}): Interaction {
  return {
    id: 'i-1',
    connectionId: 'pbx',
    callIds: ['1795312119.1109'],
    revision: 5,
    direction: 'inbound',
    caller: { number: '+14155550123', name: 'John Smith', presentation: 'allowed' },
    callee: '+15558881001',
    agents: ['1001'],
    agent: '1001',
    ringing: [],
    phase: 'ended',
    outcome: 'answered',
    startMs: 1_000,
    ringStartMs: 1_010,
    answerMs: 2_500,
    endMs: 9_500,
    ringMs: 1_490,
    waitMs: null,
    talkMs: 7_000,
    holdMs: 0,
    queue: null,
    transfers: [],
    legs: [],
    recordings: [],
    cause: 16,
    correlation: {},
    open: false,
    inferred: false,
    ...overrides,
  };
}

/** The same call while it rings at one agent's phone and nobody has taken it. */
export function ringingInteraction(overrides: Partial<Interaction> = {}): Interaction {
  return sampleInteraction({
    agents: [],
    agent: null,
    ringing: ['1001'],
    phase: 'ringing',
    outcome: null,
    answerMs: null,
    endMs: null,
    ringMs: null,
    talkMs: 0,
    cause: null,
    open: true,
    ...overrides,
  });
}
