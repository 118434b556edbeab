/** The desk as data: a session and the events that move it on. Pure, so refresh, replay and order can be tested. */
import type { DeskEvent, DeskSession, Pop, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';

/** Applying an event twice, or an older one late, changes nothing. */
export function applyDeskEvent(session: DeskSession, event: DeskEvent, cursor: number | null): DeskSession {
  const next = reduce(session, event);
  return cursor === null || cursor <= next.cursor ? next : { ...next, cursor };
}

function reduce(session: DeskSession, event: DeskEvent): DeskSession {
  switch (event.type) {
    case 'pop':
      return { ...session, pops: withPop(session.pops, event.pop) };
    case 'call':
      return withCall(session, event.interaction);
    case 'agent':
      return { ...session, agentState: { state: event.state, reason: event.reason } };
    case 'wrapUp':
      return withWrapUp(session, event.wrapUp);
    case 'reset':
      return session;
  }
}

const popRank = { shown: 0, acknowledged: 1, closed: 2 };

function withPop(pops: readonly Pop[], pop: Pop): Pop[] {
  const held = pops.find((one) => one.id === pop.id);
  if (held === undefined) return [...pops, pop];
  const isOlder = popRank[pop.state] < popRank[held.state] || (pop.state === held.state && pop.stage < held.stage);
  return isOlder ? [...pops] : pops.map((one) => (one.id === pop.id ? pop : one));
}

function withCall(session: DeskSession, interaction: Interaction): DeskSession {
  const held = session.calls.find((call) => call.id === interaction.id);
  if (held !== undefined && held.revision >= interaction.revision) return session;
  if (interaction.open) {
    const calls =
      held === undefined
        ? [...session.calls, interaction]
        : session.calls.map((call) => (call.id === interaction.id ? interaction : call));
    return { ...session, calls };
  }
  const ended = { ...session, calls: session.calls.filter((call) => call.id !== interaction.id) };
  return withEnded(ended, interaction);
}

function withEnded(session: DeskSession, interaction: Interaction): DeskSession {
  const { agent } = session;
  const open = session.openWrapUps.find((one) => one.interaction.id === interaction.id);
  if (open !== undefined) {
    const openWrapUps = session.openWrapUps.map((one) => (one === open ? { ...one, interaction } : one));
    return { ...session, openWrapUps };
  }
  if (agent === null) return session;
  if (interaction.agents.includes(agent)) {
    const wrapUp = emptyWrapUp(interaction.id);
    return { ...session, openWrapUps: [{ interaction, wrapUp }, ...session.openWrapUps] };
  }
  const rangHere = interaction.legs.some((leg) => leg.agent === agent && leg.result !== 'answeredElsewhere');
  const isMissed = interaction.outcome === 'missed' || interaction.outcome === 'abandoned';
  if (!rangHere || !isMissed || interaction.direction === 'outbound') return session;
  return { ...session, missed: [interaction, ...session.missed.filter((one) => one.id !== interaction.id)] };
}

/** What is written during a call is held with it, so the wrap-up after the call begins with it. */
function withWrapUp(session: DeskSession, wrapUp: WrapUp): DeskSession {
  const isMine = (one: Interaction) => one.id === wrapUp.interactionId;
  const call = session.calls.find(isMine);
  const isHeld = session.openWrapUps.some(({ interaction }) => isMine(interaction));
  const held =
    isHeld || call === undefined ? session.openWrapUps : [{ interaction: call, wrapUp }, ...session.openWrapUps];
  const openWrapUps = held
    .map((one) => (isMine(one.interaction) ? { ...one, wrapUp } : one))
    .filter((one) => !one.wrapUp.completed);
  return { ...session, openWrapUps };
}

export function emptyWrapUp(interactionId: string): WrapUp {
  return { interactionId, notes: '', disposition: null, contactId: null, completed: false };
}

/** Rings here, is talked on here, or was: a call that only rang here and went elsewhere is none of this desk's work. */
export function isCallHere(call: Interaction, agent: string | null): boolean {
  if (agent === null) return false;
  return call.ringing.includes(agent) || call.agents.includes(agent) || hasLegHere(call, agent);
}

/** The agent's own leg is up, so it can be commanded. */
export function hasLegHere(call: Interaction, agent: string | null): boolean {
  return call.legs.some((leg) => leg.agent === agent && leg.endMs === null && leg.result !== 'answeredElsewhere');
}

/** The newest pop of an interaction, whatever its state. */
export function popOf(session: DeskSession, interactionId: string): Pop | undefined {
  return session.pops.findLast((pop) => pop.interactionId === interactionId);
}

/** Pops that still ask for the agent's eyes, the newest first. Once a call has ended its pop has nothing to say. */
export function shownPops(session: DeskSession): readonly Pop[] {
  const ended = new Set([...session.openWrapUps.map(({ interaction }) => interaction), ...session.missed].map(endedId));
  return session.pops
    .filter((pop) => pop.state === 'shown' && !ended.has(pop.interactionId))
    .sort((a, b) => b.atMs - a.atMs);
}

function endedId(interaction: Interaction): string | null {
  return interaction.open ? null : interaction.id;
}
