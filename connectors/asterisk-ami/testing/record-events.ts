/** Turns an AMI recording into the call events the hub would have stored, for `connectors/replay/fixtures`. */
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { createCallTranslator } from '../call-events.ts';
import { createFrameReader } from '../frames.ts';
import { readRecording, type Recording } from './recording.ts';

export interface RecordOptions {
  readonly title: string;
  /** Only the n-th call of the recording, counted from 1. */
  readonly call?: number;
  readonly trunks?: readonly string[];
}

/** Silence before the first event and after the last, milliseconds. */
const leadInMs = 200;
const leadOutMs = 300;

/** JSON lines: a header, then one event per line with `atMs` counted from the beginning. */
export async function recordEvents(path: string, options: RecordOptions): Promise<string> {
  const recording = await readRecording(path);
  const kept = callOf(translate(recording, options.trunks ?? ['PJSIP/trunk']), options.call);
  const beginMs = Math.min(...kept.map((event) => event.atMs)) - leadInMs;
  const events = kept
    .map((event, index) => ({ ...event, eventId: String(index + 1), atMs: Math.round(event.atMs - beginMs) }))
    .sort((a, b) => a.atMs - b.atMs);
  const name = /(?<name>[^/]+?)(?:\.ami)?$/u.exec(path)?.groups?.['name'] ?? '';
  const header = {
    title: options.title,
    origin: options.call === undefined ? `${name}.ami` : `${name}.ami, call ${options.call}`,
    durationMs: (events.at(-1)?.atMs ?? 0) + leadOutMs,
  };
  return `${[header, ...events].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function translate(recording: Recording, trunks: readonly string[]): SwitchEvent[] {
  const reader = createFrameReader();
  const translator = createCallTranslator({ sessionKey: 'r', trunks });
  const events = recording.events.flatMap(({ atMs, bytes }) =>
    reader.push(bytes).flatMap((frame) => translator.feed(frame, recording.t0EpochMs + atMs)),
  );
  const endMs = recording.t0EpochMs + (recording.events.at(-1)?.atMs ?? 0);
  return [...events, ...translator.tick(endMs + 5000)];
}

function callOf(events: readonly SwitchEvent[], call: number | undefined): readonly SwitchEvent[] {
  if (call === undefined) return events;
  const callIds = [...new Set(events.flatMap((event) => (event.kind === 'call' ? [event.callId] : [])))];
  return events.filter((event) => event.kind === 'call' && event.callId === callIds[call - 1]);
}
