/** The live view as data. Rows never move: new calls go to the end, ended ones stay until the reader looks away. */
import type { liveEvents, liveSnapshot } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { RouteResult } from '#core/contract/route.ts';

export type LiveSnapshot = RouteResult<typeof liveSnapshot>;
export type LiveEvent = RouteResult<typeof liveEvents>;

export interface LiveState {
  readonly calls: readonly Interaction[];
  readonly agents: LiveSnapshot['agents'];
  readonly links: Readonly<Record<string, { readonly state: string; readonly detail: string | null }>>;
}

export function liveStateOf(snapshot: LiveSnapshot, before: LiveState | null): LiveState {
  const held = before?.calls ?? [];
  const now = new Map(snapshot.interactions.map((call) => [call.id, call]));
  const kept = held.map((call) => newer(call, now.get(call.id) ?? { ...call, open: false, phase: 'ended' }));
  const keptIds = new Set(kept.map((call) => call.id));
  const added = snapshot.interactions.filter((call) => !keptIds.has(call.id)).sort((a, b) => a.startMs - b.startMs);
  return { calls: [...kept, ...added], agents: snapshot.agents, links: before?.links ?? {} };
}

/** A snapshot may have been taken before the last event came. */
function newer(held: Interaction, found: Interaction): Interaction {
  return found.revision < held.revision ? held : found;
}

export function applyLiveEvent(state: LiveState, event: LiveEvent): LiveState {
  if (event.type === 'interaction') return { ...state, calls: withCall(state.calls, event.interaction) };
  if (event.type === 'agent') return { ...state, agents: withAgent(state.agents, event) };
  if (event.type === 'removed')
    return { ...state, calls: state.calls.filter((call) => call.id !== event.interactionId) };
  return { ...state, links: { ...state.links, [event.connectionId]: { state: event.state, detail: event.detail } } };
}

function withCall(calls: readonly Interaction[], call: Interaction): readonly Interaction[] {
  const held = calls.find((one) => one.id === call.id);
  if (held === undefined) return call.open ? [...calls, call] : calls;
  if (held.revision >= call.revision) return calls;
  return calls.map((one) => (one.id === call.id ? call : one));
}

type AgentEvent = Extract<LiveEvent, { type: 'agent' }>;

function withAgent(agents: LiveSnapshot['agents'], event: AgentEvent): LiveSnapshot['agents'] {
  const { connectionId, agent, state, reason, sinceMs } = event;
  const heard = { connectionId, agent, state, reason, sinceMs };
  const isSame = (one: { connectionId: string; agent: string }) =>
    one.connectionId === connectionId && one.agent === agent;
  return agents.some(isSame) ? agents.map((one) => (isSame(one) ? heard : one)) : [...agents, heard];
}

/** Takes ended calls away; called only while no pointer or focus is on the table. */
export function settle(state: LiveState): LiveState {
  const calls = state.calls.filter((call) => call.open);
  return calls.length === state.calls.length ? state : { ...state, calls };
}
