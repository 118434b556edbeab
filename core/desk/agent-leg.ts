/** Which part of a call is an agent's own. Pure. */
import type { Actor } from '#core/contract/actor.ts';
import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';

/** The phone someone sits at; without a connection the extension counts on any telephone system. */
export type Phone = Pick<Actor, 'extension' | 'connectionId'>;

/** The live leg of a phone in an interaction; with several (a consult beside the call) the one that talks longest. */
export function agentLeg(interaction: Interaction, phone: Phone): InteractionLeg | null {
  if (!isAt(interaction, phone)) return null;
  const live = interaction.legs.filter((leg) => leg.agent === phone.extension && leg.endMs === null);
  const byRole = [...live].sort((left, right) => rank(left) - rank(right) || left.startMs - right.startMs);
  return byRole[0] ?? null;
}

/** Whether the phone rings, talks or rang in an interaction. */
export function hasPart(interaction: Interaction, phone: Phone): boolean {
  if (!isAt(interaction, phone)) return false;
  const parties = [...interaction.ringing, ...interaction.agents, ...interaction.legs.map(({ agent }) => agent)];
  return parties.includes(phone.extension);
}

/** The same extension may exist on two telephone systems. */
function isAt({ connectionId }: Interaction, phone: Phone): boolean {
  return phone.extension !== null && (phone.connectionId ?? connectionId) === connectionId;
}

function rank(leg: InteractionLeg): number {
  return leg.role === 'agent' ? 0 : leg.role === 'caller' ? 1 : 2;
}
