/** Plays a recording through a connector's translator and the tracker on virtual time, without a database. Pure. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { CallEvent, SwitchEvent } from '#core/contract/call-events.ts';
import { HubError } from '#core/contract/errors.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { ReplaySource, ReplayStep } from '#core/contract/replay.ts';
import { z } from 'zod';
import { toInteraction } from '#core/calls/interaction.ts';
import { reconcileSnapshot } from '#core/calls/reconcile-snapshot.ts';
import { createTracker } from '#core/calls/tracker.ts';
import type { TrackedCall } from '#core/calls/tracked-call.ts';

/** When each piece of a recorded byte stream arrived. Written by the recorder beside the recording. */
export const timelineFile = z.looseObject({
  t0EpochMs: z.number().optional(),
  connections: z.array(z.looseObject({ t: z.number(), offset: z.number().int() })).optional(),
  chunks: z.array(z.tuple([z.number(), z.number().int(), z.number().int()])),
});
export type Timeline = z.output<typeof timelineFile>;

const messageList = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));

export interface Recording {
  readonly bytes: Buffer;
  readonly timeline: Timeline | null;
}

export interface Replayed {
  /** In order of start; times as epoch milliseconds. */
  readonly interactions: readonly Interaction[];
  /** The same, as the tracker keeps them; same order. */
  readonly calls: readonly TrackedCall[];
  readonly events: readonly SwitchEvent[];
  /** What 0 ms is: the recorder's zero, else the first byte. */
  readonly zeroMs: number;
}

export function loadRecording(file: string, timelinePath: string | null): Recording {
  return {
    bytes: readMaybeZipped(file),
    timeline:
      timelinePath === null ? null : timelineFile.parse(JSON.parse(readMaybeZipped(timelinePath).toString('utf8'))),
  };
}

function readMaybeZipped(file: string): Buffer {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

export function replay(source: ReplaySource, recording: Recording): Replayed {
  const run = new Run();
  const zeroMs = recording.timeline?.t0EpochMs ?? 0;
  const first = recording.bytes.find((byte) => byte > 0x20);
  // `[` begins a JSON array of messages; an AMI stream begins with its banner.
  const endMs =
    recording.timeline === null && first === 0x5b
      ? playMessages(run, source, recording.bytes)
      : playBytes(run, source, { ...recording, zeroMs });
  run.take(source.end(endMs), endMs);
  const calls = run.calls();
  return { interactions: calls.map(toInteraction), calls, events: run.events, zeroMs: zeroOf(run.events, zeroMs) };
}

/** Without a timeline, messages that carry the switch's own time are counted from the first of them. */
function zeroOf(events: readonly SwitchEvent[], zeroMs: number): number {
  const firstMs = events[0]?.atMs ?? 0;
  return zeroMs === 0 && firstMs > 1e11 ? firstMs : zeroMs;
}

function playMessages(run: Run, source: ReplaySource, bytes: Buffer): number {
  const parsed = messageList.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!parsed.success) throw new HubError('input.invalid', 'The recording is not a JSON array of flat event objects.');
  source.connect();
  // These recordings carry no times: messages are a millisecond apart.
  let atMs = 0;
  for (const message of parsed.data) {
    const texts = Object.fromEntries(Object.entries(message).map(([key, value]) => [key, String(value ?? '')]));
    run.take(source.message(texts, atMs), atMs);
    atMs += 1;
  }
  return atMs;
}

function playBytes(run: Run, source: ReplaySource, play: Recording & { zeroMs: number }): number {
  const { bytes, timeline, zeroMs } = play;
  const chunks = timeline?.chunks ?? [[0, 0, bytes.length] as const];
  const starts = new Set((timeline?.connections ?? [{ offset: 0 }]).map((connection) => connection.offset));
  let atMs = zeroMs;
  for (const [at, offset, length] of chunks) {
    atMs = zeroMs + at;
    if (starts.delete(offset)) source.connect();
    run.take(source.bytes(bytes.subarray(offset, offset + length), atMs), atMs);
  }
  return atMs;
}

class Run {
  readonly events: SwitchEvent[] = [];
  readonly #calls = new Map<string, TrackedCall>();
  readonly #tracker = createTracker({
    connectionId: 'replay',
    idOf: (connectionId, callId) => `${connectionId}/${callId}`,
  });

  take(steps: readonly ReplayStep[], atMs: number): void {
    for (const step of steps) {
      for (const event of step.events) this.#apply(event);
      if (step.snapshot === undefined) continue;
      for (const event of reconcileSnapshot(this.#tracker.open(), step.snapshot, atMs)) this.#apply(event);
    }
  }

  #apply(event: SwitchEvent): void {
    this.events.push(event);
    if (event.kind === 'call') this.#track(event);
  }

  #track(event: CallEvent): void {
    const result = this.#tracker.apply(event);
    for (const gone of result.absorbed) this.#calls.delete(gone.id);
    for (const call of result.changed) this.#calls.set(call.id, call);
  }

  calls(): TrackedCall[] {
    return [...this.#calls.values()].sort((a, b) => a.startMs - b.startMs);
  }
}
