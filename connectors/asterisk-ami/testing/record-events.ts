/**
 * Turns an AMI recording into the call events the hub would have stored: one JSON object per line, times in
 * milliseconds since the recording began. For `connectors/replay/fixtures`.
 *
 *   node --conditions=hub-source connectors/asterisk-ami/testing/record-events.ts <recording.ami> [--call <n>] [--title <text>]
 */
import { parseArgs } from 'node:util';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { createCallTranslator } from '../call-events.ts';
import { createFrameReader } from '../frames.ts';
import { readRecording } from './recording.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { call: { type: 'string' }, title: { type: 'string' }, trunks: { type: 'string', default: 'PJSIP/trunk' } },
});
const [path = ''] = positionals;
const recording = await readRecording(path);
const reader = createFrameReader();
const translator = createCallTranslator({ sessionKey: 'r', trunks: values.trunks.split(',') });
const events: SwitchEvent[] = [];
for (const { atMs, bytes } of recording.events) {
  for (const frame of reader.push(bytes)) events.push(...translator.feed(frame, recording.t0EpochMs + atMs));
}
const endMs = recording.t0EpochMs + (recording.events.at(-1)?.atMs ?? 0);
events.push(...translator.tick(endMs + 5000));

const callIds = [...new Set(events.flatMap((event) => (event.kind === 'call' ? [event.callId] : [])))];
const wanted = values.call === undefined ? null : callIds[Number(values.call) - 1];
const kept = events.filter((event) => wanted === null || (event.kind === 'call' && event.callId === wanted));
const beginMs = Math.min(...kept.map((event) => event.atMs)) - 200;
const shifted = kept
  .map((event, index) => ({ ...event, eventId: String(index + 1), atMs: Math.round(event.atMs - beginMs) }))
  .sort((a, b) => a.atMs - b.atMs);

const name = /(?<name>[^/]+?)(?:\.ami)?$/u.exec(path)?.groups?.['name'] ?? '';
const origin = values.call === undefined ? `${name}.ami` : `${name}.ami, call ${values.call}`;
const header = { title: values.title ?? name, origin, durationMs: (shifted.at(-1)?.atMs ?? 0) + 300 };
process.stdout.write(`${[header, ...shifted].map((line) => JSON.stringify(line)).join('\n')}\n`);
