import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';

/** The live leg of an agent in an interaction; with several (a consult beside the call) the one that talks longest. */
export function agentLeg(interaction: Interaction, agent: string): InteractionLeg | null {
  const live = interaction.legs.filter((leg) => leg.agent === agent && leg.endMs === null);
  const byRole = [...live].sort((left, right) => rank(left) - rank(right) || left.startMs - right.startMs);
  return byRole[0] ?? null;
}

function rank(leg: InteractionLeg): number {
  return leg.role === 'agent' ? 0 : leg.role === 'caller' ? 1 : 2;
}
