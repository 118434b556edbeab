import { describe, expect, it } from 'vitest';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { applyLiveEvent, liveStateOf, settle, type LiveSnapshot } from './live-state.ts';

const call = (id: string, startMs: number, revision = 1) =>
  sampleInteraction({ id, startMs, revision, open: true, phase: 'ringing' });
const snapshot = (...interactions: LiveSnapshot['interactions']): LiveSnapshot => ({
  interactions,
  agents: [{ connectionId: 'pbx', agent: '1001', state: 'ready', reason: null, sinceMs: 1 }],
  history: [],
});
const ids = (state: { calls: readonly { id: string }[] }) => state.calls.map((one) => one.id);

describe('the live view', () => {
  it('never moves a row: new calls go last, ended ones stay until settled', () => {
    let state = liveStateOf(snapshot(call('b', 2), call('a', 1)), null);
    expect(ids(state)).toEqual(['a', 'b']);
    state = applyLiveEvent(state, { type: 'interaction', interaction: call('c', 0) });
    state = applyLiveEvent(state, { type: 'interaction', interaction: { ...call('a', 1, 2), open: false } });
    expect(ids(state)).toEqual(['a', 'b', 'c']);
    expect(ids(settle(state))).toEqual(['b', 'c']);
    const settled = settle(state);
    expect(settle(settled)).toBe(settled);
  });

  it('keeps the order of rows over a new snapshot; calls that are gone end and leave when settled', () => {
    const before = liveStateOf(snapshot(call('a', 1), call('b', 2), call('c', 3)), null);
    const after = liveStateOf(snapshot(call('d', 0), call('c', 3), call('a', 1)), before);
    expect(ids(settle(after))).toEqual(['a', 'c', 'd']);
    expect(ids(after)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('ignores older revisions and calls that ended before they were seen', () => {
    const state = liveStateOf(snapshot(call('a', 1, 5)), null);
    expect(applyLiveEvent(state, { type: 'interaction', interaction: call('a', 1, 4) })).toEqual(state);
    expect(applyLiveEvent(state, { type: 'interaction', interaction: { ...call('z', 1), open: false } })).toEqual(
      state,
    );
  });

  it('updates agents and links in place and forgets removed calls', () => {
    const agent = { connectionId: 'pbx', agent: '1001', state: 'busy', reason: null, sinceMs: 9 };
    let state = liveStateOf(snapshot(call('a', 1)), null);
    state = applyLiveEvent(state, { type: 'agent', ...agent });
    state = applyLiveEvent(state, { type: 'agent', ...agent, agent: '1002' });
    expect(state.agents).toEqual([agent, { ...agent, agent: '1002' }]);
    state = applyLiveEvent(state, { type: 'link', connectionId: 'pbx', state: 'failed', detail: 'gone' });
    expect(state.links).toEqual({ pbx: { state: 'failed', detail: 'gone' } });
    expect(ids(applyLiveEvent(state, { type: 'removed', interactionId: 'a' }))).toEqual([]);
  });
});
