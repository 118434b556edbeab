/** `tieline replay`: what the hub would make of a recording, one line of JSON per interaction. */
import type { Interaction } from '#core/contract/interaction.ts';

/** Kinds of transfer that hand the conversation to somebody else; parking and pickup are not among them. */
const handOvers = new Set<string>(['blind', 'attended']);

/** The printed line: milliseconds from `zeroMs`. */
export function replayLine(interaction: Interaction, zeroMs: number) {
  const rel = (atMs: number | null) => (atMs === null ? null : round(atMs - zeroMs));
  const { caller, transfers, recordings } = interaction;
  return {
    direction: interaction.direction,
    caller: { number: caller.number, name: caller.name },
    callee: interaction.callee,
    agents: interaction.agents,
    agent: interaction.agent,
    outcome: interaction.outcome,
    startMs: rel(interaction.startMs),
    ringMs: interaction.ringMs === null ? null : round(interaction.ringMs),
    answerMs: rel(interaction.answerMs),
    endMs: rel(interaction.endMs),
    talkMs: round(interaction.talkMs),
    holdMs: round(interaction.holdMs),
    queue: interaction.queue,
    waitMs: interaction.waitMs === null ? null : round(interaction.waitMs),
    transfers: transfers
      .filter((transfer) => handOvers.has(transfer.kind))
      .map(({ kind, from, to, atMs }) => ({ kind, from, to, atMs: rel(atMs) })),
    recordings: recordings.map((recording) => recording.id),
    cause: interaction.cause,
    open: interaction.open,
    inferred: interaction.inferred,
  };
}

const round = (ms: number) => Math.round(ms);
