/**
 * Recorded streams without a ground truth: compared with what each of them is held to say. Every expectation was checked
 * by hand against the bare events of its stream (dials, bridges, transfers, hang-up causes), not against this program.
 * Times are not asserted: the streams carry none.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interaction } from '#core/contract/interaction.ts';
import type { CreateReplay } from '#core/contract/replay.ts';
import { z } from 'zod';
import { loadRecording, replay } from './replay-engine.ts';

const expectation = z.strictObject({
  /** What happens in the stream, in a sentence. */
  what: z.string(),
  interactions: z.array(
    z.strictObject({
      direction: z.string(),
      caller: z.string().nullable(),
      presentation: z.string().default('allowed'),
      callee: z.string().nullable(),
      agents: z.array(z.string()),
      agent: z.string().nullable(),
      queue: z.string().nullable().default(null),
      outcome: z.string(),
      cause: z.number().nullable(),
      /** `kind from > to` */
      transfers: z.array(z.string()),
      /** `device role result` */
      legs: z.array(z.string()),
    }),
  ),
});
const expectationFile = z.record(z.string(), expectation);

export interface StreamResult {
  readonly stream: string;
  readonly what: string;
  readonly problems: readonly string[];
}

export function checkStreams(folder: string, expectationPath: string, createReplay: CreateReplay): StreamResult[] {
  const expected = expectationFile.parse(JSON.parse(readFileSync(expectationPath, 'utf8')));
  const found = new Set(streamsIn(folder));
  const missing = Object.keys(expected).filter((stream) => !found.has(stream));
  const results = [...found].map((stream) =>
    checkStream(stream, join(folder, `${stream}.json`), { expected, createReplay }),
  );
  return [...results, ...missing.map((stream) => ({ stream, what: '', problems: ['the recording is missing'] }))];
}

function streamsIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((group) =>
      readdirSync(join(folder, group))
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => `${group}/${file.slice(0, -'.json'.length)}`),
    );
}

function checkStream(
  stream: string,
  file: string,
  by: { expected: z.output<typeof expectationFile>; createReplay: CreateReplay },
): StreamResult {
  const problems: string[] = [];
  const source = by.createReplay({
    settings: { trunks: 'SIP/voipgrid-siproute-*' },
    onNotice: (message) => problems.push(message),
  });
  const { interactions } = replay(source, loadRecording(file, null));
  const wanted = by.expected[stream];
  if (wanted === undefined) return { stream, what: '', problems: ['no expectation'] };
  const derived = interactions.map(summary);
  for (let index = 0; index < Math.max(wanted.interactions.length, derived.length); index += 1) {
    const [a, b] = [JSON.stringify(wanted.interactions[index]), JSON.stringify(derived[index])];
    if (a !== b) problems.push(`expected ${a}\n      found    ${b}`);
  }
  return { stream, what: wanted.what, problems: [...problems, ...interactions.flatMap(unexplained)] };
}

function summary(one: Interaction) {
  return {
    direction: one.direction,
    caller: one.caller.number,
    presentation: one.caller.presentation,
    callee: one.callee,
    agents: one.agents,
    agent: one.agent,
    queue: one.queue,
    outcome: one.outcome,
    cause: one.cause,
    transfers: one.transfers.map((transfer) => `${transfer.kind} ${transfer.from} > ${transfer.to}`),
    legs: one.legs.map((leg) => `${leg.device} ${leg.role} ${leg.result}`),
  };
}

/** Nothing may be left open, and every leg must have come to an end that says how. */
function unexplained(one: Interaction): string[] {
  const open = one.open ? ['left open'] : [];
  const legs = one.legs.filter((leg) => leg.endMs === null || leg.result === null || leg.spans.length === 0);
  return [...open, ...legs.map((leg) => `leg ${leg.legId} of ${leg.device} is not explained`)];
}
