/** When an interaction is due in a CRM, by that connection's policy. Pure. */
import type { Interaction } from '#core/contract/interaction.ts';
import { journalPolicy, type JournalPolicy } from '#core/contract/journal-policy.ts';

export const defaultJournalPolicy: JournalPolicy = journalPolicy.parse({});

export type JournalTiming =
  | { readonly kind: 'now' }
  | { readonly kind: 'at'; readonly atMs: number }
  | { readonly kind: 'never'; readonly reason: string };

/** When this interaction is due in this CRM. `wrapUpCompleted` is null while nobody opened a wrap-up. */
export function journalTiming(
  policy: JournalPolicy,
  interaction: Interaction,
  wrapUpCompleted: boolean | null,
): JournalTiming {
  const refusal = refuse(policy, interaction);
  if (refusal !== null) return { kind: 'never', reason: refusal };
  if (policy.mode === 'allAtOnce') {
    if (interaction.open || interaction.endMs === null) return { kind: 'never', reason: 'the call is not over yet' };
    if (wrapUpCompleted === true || interaction.agents.length === 0) return { kind: 'now' };
    return { kind: 'at', atMs: interaction.endMs + policy.maxWaitSecs * 1000 };
  }
  if (policy.mode === 'createOnly')
    return interaction.open ? { kind: 'never', reason: 'the call is not over yet' } : { kind: 'now' };
  return hasReached(policy.writeFrom, interaction)
    ? { kind: 'now' }
    : { kind: 'never', reason: `not yet at "${policy.writeFrom}"` };
}

function hasReached(from: JournalPolicy['writeFrom'], interaction: Interaction): boolean {
  if (!interaction.open) return true;
  return from === 'ring' || (from === 'answer' && interaction.answerMs !== null);
}

function refuse(policy: JournalPolicy, interaction: Interaction): string | null {
  if (!policy.enabled) return 'the journal is off for this connection';
  if (!policy.directions.includes(interaction.direction)) return `${interaction.direction} calls are not written`;
  const parties = [interaction.caller.number, interaction.callee, ...interaction.agents];
  const ignored = parties.find(
    (party) => party !== null && policy.ignoredNumbers.some((pattern) => matches(pattern, party)),
  );
  if (ignored !== undefined) return `${ignored} is on the ignore list`;
  const isShort = interaction.outcome === 'answered' && interaction.talkMs < policy.minTalkMs;
  return isShort ? `talk time is below ${policy.minTalkMs} ms` : null;
}

function matches(pattern: string, number: string): boolean {
  return pattern.endsWith('*') ? number.startsWith(pattern.slice(0, -1)) : number === pattern;
}
