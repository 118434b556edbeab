/** Interaction + wrap-up + identification -> the canonical activity that dictionaries turn into a CRM record. */
import type { Interaction } from '#core/contract/interaction.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { JournalTexts } from './texts.ts';

export interface ActivityParts {
  readonly interaction: Interaction;
  /** What the switch connector's dictionary read from the interaction: times, numbers, outcome. */
  readonly facts: JsonObject;
  readonly contact: { readonly id: string; readonly displayName: string } | null;
  readonly wrapUp: { readonly notes: string; readonly disposition: string | null } | null;
  /** Display names by extension; an agent without one is named by the extension. */
  readonly agentNames: ReadonlyMap<string, string>;
  readonly texts: JournalTexts;
}

export function composeActivity(parts: ActivityParts): JsonObject {
  const { interaction, facts, texts, wrapUp, contact } = parts;
  const outcome = interaction.outcome ?? 'inProgress';
  return {
    ...facts,
    kind: 'call',
    interactionId: interaction.id,
    direction: interaction.direction,
    outcome,
    agent: interaction.agent,
    contactId: contact?.id ?? null,
    subject: texts.subject(texts.directions[interaction.direction], otherParty(parts), texts.outcomes[outcome]),
    notes: wrapUp?.notes === '' ? null : (wrapUp?.notes ?? null),
    disposition: wrapUp?.disposition ?? null,
    body: composeBody(parts),
  };
}

function otherParty({ interaction, contact, texts }: ActivityParts): string {
  if (contact !== null) return contact.displayName;
  if (interaction.direction === 'outbound') return interaction.callee ?? texts.unknownCaller;
  return interaction.caller.name ?? interaction.caller.number ?? texts.unknownCaller;
}

/** One fact a line, only facts that exist, in the order a reader asks for them. */
function composeBody({ interaction, texts, wrapUp, agentNames }: ActivityParts): string {
  const { labels, duration } = texts;
  const named = (agent: string): string => {
    const name = agentNames.get(agent);
    return name === undefined ? agent : `${name} (${agent})`;
  };
  const transfers = interaction.transfers.map(
    ({ kind, from, to }) => `${texts.transferKinds[kind] ?? kind} ${from ?? '?'} → ${to ?? '?'}`,
  );
  const lines: (string | null)[] = [
    line(labels.agent, interaction.agents.map(named).join(' → ')),
    line(labels.queue, interaction.queue),
    line(labels.waited, interaction.waitMs === null ? null : duration(interaction.waitMs)),
    line(labels.rang, interaction.ringMs === null ? null : duration(interaction.ringMs)),
    line(labels.talked, interaction.talkMs > 0 ? duration(interaction.talkMs) : null),
    line(labels.held, interaction.holdMs > 0 ? duration(interaction.holdMs) : null),
    line(labels.transfers, transfers.join(', ')),
    line(labels.disposition, wrapUp?.disposition ?? null),
    line(labels.notes, wrapUp?.notes ?? null),
    interaction.inferred ? labels.inferred : null,
  ];
  return lines.filter((text) => text !== null).join('\n');
}

function line(label: string, value: string | null): string | null {
  return value === null || value === '' ? null : `${label}: ${value}`;
}

/** The record key of an interaction in one CRM: the same interaction always has the same key, whoever computes it. */
export function activityKey(interactionId: string, agent: string | null): string {
  return agent === null ? `tl-${interactionId}` : `tl-${interactionId}-${agent.replace(/[^\w.-]/g, '_')}`;
}
