/** Whose number decides who the caller is. Pure. */
import type { Interaction } from '#core/contract/interaction.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import type { NumberPlace } from '#core/kit/number-rules.ts';

/** The number of the party outside, as the switch gave it: who calls, or whom we call. */
export function otherPartyRaw(interaction: Interaction): string | null {
  if (interaction.direction === 'internal') return null;
  return interaction.direction === 'outbound' ? interaction.callee : interaction.caller.number;
}

/** What the switch says about hiding wins over a number that came through nevertheless. */
export function otherParty(interaction: Interaction, habits: Partial<NumberHabits>): PhoneNumber {
  const raw = otherPartyRaw(interaction) ?? '';
  const number = parseNumber(raw, habits);
  const said = interaction.direction === 'inbound' ? interaction.caller.presentation : 'allowed';
  return said === 'allowed' ? number : { raw, e164: null, extension: null, presentation: said };
}

/** Where the number came from: the first outside line of the call, and the number that was dialled on it. */
export function placeOf(interaction: Interaction): NumberPlace {
  const trunk = interaction.legs.find((leg) => leg.deviceKind === 'trunk')?.device ?? null;
  const did = interaction.direction === 'inbound' ? interaction.callee : null;
  return { connectionId: interaction.connectionId, trunk, did };
}

/** The agent whose earlier calls break a tie: who talks, else the only one whose phone rings. */
export function agentOf(interaction: Interaction): string | null {
  return interaction.agent ?? (interaction.ringing.length === 1 ? (interaction.ringing[0] ?? null) : null);
}
