/** `tieline replay`: what the hub would make of a recording, one line of JSON per interaction. */
import { existsSync } from 'node:fs';
import { HubError } from '#core/contract/errors.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { CreateReplay } from '#core/contract/replay.ts';
import { connectorRegistry } from '#connectors/registry.generated.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { loadRecording, replay } from './replay-engine.ts';

/** Kinds of transfer that hand the conversation to somebody else; parking and pickup are not among them. */
const handOvers = new Set<string>(['blind', 'attended']);

export const command: Command = {
  name: 'replay',
  summary: 'Play a recording and print the interactions the hub makes of it',
  usage: `tieline replay <connector> <file> [--timeline <file>] [--set key=value …]

  <file>       A recorded byte stream, or a JSON array of events. May be gzip (.gz).
  --timeline   When each piece of the byte stream arrived. Without it everything arrives at 0 ms.
  --set        A setting of the connection, such as trunks=PJSIP/trunk,SIP/carrier-* (which channels lead outside).

Prints one line of JSON per interaction in order of start, times in milliseconds from the first byte.
No database and no network is used. Notices about the recording go to standard error.`,
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      timeline: { type: 'string' },
      set: { type: 'string', multiple: true },
    });
    const [connector, file, ...rest] = positionals;
    if (connector === undefined || file === undefined || rest.length > 0)
      throw new UsageError('Give a connector and one file.');
    for (const path of [file, values.timeline]) {
      if (path !== undefined && !existsSync(path)) throw new UsageError(`There is no file ${path}.`);
    }
    const createReplay = await replayOf(connector);
    const source = createReplay({ settings: settingsOf(values.set ?? []), onNotice: (message) => io.err(message) });
    const { interactions, zeroMs } = replay(source, loadRecording(file, values.timeline ?? null));
    for (const interaction of interactions) io.out(JSON.stringify(replayLine(interaction, zeroMs)));
    return 0;
  },
};

export async function replayOf(connectorId: string): Promise<CreateReplay> {
  const entry = connectorRegistry.find(({ manifest }) => manifest.id === connectorId);
  if (entry?.replay) return (await entry.replay()).createReplay;
  const known = connectorRegistry.filter((other) => other.replay !== null).map(({ manifest }) => manifest.id);
  throw new HubError(
    'input.invalid',
    `"${connectorId}" plays no recordings. These connectors do: ${known.join(', ')}.`,
  );
}

export function settingsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--set takes key=value, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The printed line: milliseconds from `zeroMs`. */
export function replayLine(interaction: Interaction, zeroMs: number) {
  const since = (atMs: number | null) => (atMs === null ? null : Math.round(atMs - zeroMs));
  const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms));
  const { caller, transfers, recordings } = interaction;
  return {
    direction: interaction.direction,
    caller: { number: caller.number, name: caller.name },
    callee: interaction.callee,
    agents: interaction.agents,
    agent: interaction.agent,
    outcome: interaction.outcome,
    startMs: since(interaction.startMs),
    ringMs: rounded(interaction.ringMs),
    answerMs: since(interaction.answerMs),
    endMs: since(interaction.endMs),
    talkMs: rounded(interaction.talkMs),
    holdMs: rounded(interaction.holdMs),
    queue: interaction.queue,
    waitMs: rounded(interaction.waitMs),
    transfers: transfers
      .filter((transfer) => handOvers.has(transfer.kind))
      .map(({ kind, from, to, atMs }) => ({ kind, from, to, atMs: since(atMs) })),
    recordings: recordings.map((recording) => recording.id),
    cause: interaction.cause,
    open: interaction.open,
    inferred: interaction.inferred,
  };
}
