/** Who gets a pop for an interaction, and whose pop is over: pure, so that every trigger and race is a table in a test. */
import type { Pop } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { PopRule } from '#core/contract/pop-rule.ts';

export const defaultPopRules: readonly PopRule[] = [
  { direction: 'inbound', trigger: 'ring' },
  { direction: 'outbound', trigger: 'ring' },
  { trigger: 'never' },
];

/** The part of a pop the plan needs; one pop per interaction and user at a time. */
export type KnownPop = Pick<Pop, 'id' | 'userId' | 'agent' | 'target' | 'state' | 'closedReason'>;

export interface PopPlan {
  readonly open: readonly { readonly agent: string; readonly trigger: 'offer' | 'ring' | 'answer' }[];
  readonly close: readonly { readonly popId: string; readonly reason: 'answeredElsewhere' | 'rangOut' | 'ended' }[];
  /** Pops that need no more eyes: the agent talked, the call is over, and there was one record to show. */
  readonly settle: readonly string[];
}

export function planPops(interaction: Interaction, known: readonly KnownPop[], rules: readonly PopRule[]): PopPlan {
  const settle = known.filter((pop) => isSettled(interaction, pop)).map(({ id }) => id);
  return { open: popsToOpen(interaction, known, rules), close: popsToClose(interaction, known), settle };
}

function popsToOpen(interaction: Interaction, known: readonly KnownPop[], rules: readonly PopRule[]): PopPlan['open'] {
  if (!interaction.open) return [];
  const wanted = triggerFor(interaction, rules);
  if (wanted === 'never') return [];
  const have = new Set(known.filter((pop) => !mayReturn(pop)).map((pop) => pop.agent));
  const due: { agent: string; trigger: 'offer' | 'ring' | 'answer' }[] = [];
  const isOffer = interaction.queue !== null;
  if (wanted === 'ring' || (wanted === 'offer' && isOffer)) {
    for (const agent of interaction.ringing) due.push({ agent, trigger: isOffer ? 'offer' : 'ring' });
  }
  for (const agent of talkingAgents(interaction)) due.push({ agent, trigger: 'answer' });
  return due.filter(
    ({ agent }, index) => !have.has(agent) && due.findIndex((other) => other.agent === agent) === index,
  );
}

/** A queue offers a waiting call to the same phone again, and a call may be handed to someone it rang for before. */
function mayReturn({ state, closedReason }: KnownPop): boolean {
  return state === 'closed' && (closedReason === 'rangOut' || closedReason === 'answeredElsewhere');
}

function triggerFor(interaction: Interaction, rules: readonly PopRule[]): PopRule['trigger'] {
  const fits = (rule: PopRule): boolean =>
    (rule.direction === undefined || rule.direction === interaction.direction) &&
    (rule.queue === undefined || rule.queue === interaction.queue);
  return rules.find(fits)?.trigger ?? 'never';
}

/** Agents on the call now: the last one who took it, and conference members whose legs are still up. */
function talkingAgents(interaction: Interaction): string[] {
  const up = interaction.legs.filter((leg) => leg.agent !== null && leg.endMs === null && leg.role !== 'consult');
  const talking = up.filter((leg) => leg.spans.some((span) => span.state === 'talking' || span.state === 'conference'));
  return talking.flatMap((leg) => (leg.agent === null ? [] : [leg.agent]));
}

function popsToClose(interaction: Interaction, known: readonly KnownPop[]): PopPlan['close'] {
  const concerned = new Set([...interaction.ringing, ...interaction.agents, ...talkingAgents(interaction)]);
  return known
    .filter((pop) => pop.state !== 'closed' && !concerned.has(pop.agent))
    .map((pop) => ({ popId: pop.id, reason: closeReason(interaction) }));
}

function closeReason(interaction: Interaction): 'answeredElsewhere' | 'rangOut' | 'ended' {
  if (interaction.answerMs !== null && interaction.agents.length > 0) return 'answeredElsewhere';
  return interaction.open ? 'rangOut' : 'ended';
}

/** A choice or a new record can still be made while wrapping up. */
function isSettled({ open, agents }: Interaction, { state, target, agent }: KnownPop): boolean {
  return !open && state === 'shown' && target === 'record' && agents.includes(agent);
}
