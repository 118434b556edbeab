/** What `CoreShowChannels` (or `Status`, for users without `reporting`) lists, as calls (recordings 17b, 17c). Pure. */
import type { CallSnapshot } from '#core/contract/call-events.ts';
import { peerName } from './channel-graph.ts';
import type { AmiFrame } from './frames.ts';

type SnapshotLeg = CallSnapshot['legs'][number];

/** Channels nobody sits in: Local halves and the switch's own announcers and recorders. */
const hiddenChannel = /^(?:Local|Announcer|CBAnn|CBRec|ConfBridgeRecorder|Recorder|Record|Surrogate|Snoop|Message)\//iu;

export function callSnapshots(
  channels: readonly AmiFrame[],
  isTrunk: (channelName: string) => boolean,
  nowMs: number,
): readonly CallSnapshot[] {
  const calls = new Map<string, { legs: SnapshotLeg[]; startedAtMs: number | null }>();
  for (const frame of channels) {
    const legId = frame.get('Uniqueid');
    const name = frame.get('Channel');
    if (legId === undefined || name === undefined || hiddenChannel.test(name)) continue;
    const callId = frame.get('Linkedid') ?? legId;
    const call = calls.get(callId) ?? { legs: [], startedAtMs: null };
    const kind = isTrunk(name) ? 'trunk' : 'extension';
    const id = peerName(name).replace(/^[^/]*\//u, '');
    call.legs.push({ legId, device: { kind, id }, state: legState(frame) }, ...switchSide(legId, frame));
    const startedAtMs = startOf(frame, nowMs);
    if (startedAtMs !== null) call.startedAtMs = Math.min(call.startedAtMs ?? startedAtMs, startedAtMs);
    calls.set(callId, call);
  }
  return Array.from(calls, ([callId, call]) => ({ callId, ...call }));
}

/** Who is up without a bridge talks to the switch itself; the translator gives that end a leg of its own. */
function switchSide(legId: string, frame: AmiFrame): SnapshotLeg[] {
  const isBridged = (frame.get('BridgeId') ?? frame.get('BridgeID') ?? '') !== '';
  if (isBridged || frame.get('ChannelState') !== '6') return [];
  const isMailbox = /^voicemail/iu.test(frame.get('Application') ?? '');
  const [suffix, kind] = isMailbox ? (['voicemail', 'voicemail'] as const) : (['switch', 'ivr'] as const);
  return [{ legId: `${legId}:${suffix}`, device: { kind, id: frame.get('Exten') ?? '' }, state: 'connected' }];
}

/** `Up` is not "talking": a caller is up in a queue too, and only a bridge means somebody is at the other end. */
function legState(frame: AmiFrame): SnapshotLeg['state'] {
  const isBridged = (frame.get('BridgeId') ?? frame.get('BridgeID') ?? '') !== '';
  if (isBridged) return 'connected';
  if (/^queue$/iu.test(frame.get('Application') ?? '')) return 'queued';
  const state = frame.get('ChannelState');
  if (state === '5') return 'alerting';
  return state === '6' ? 'connected' : 'initiated';
}

/** `Duration: 00:00:02` counts from the channel's creation; `Status` says `Seconds`. */
function startOf(frame: AmiFrame, nowMs: number): number | null {
  const seconds = frame.get('Seconds');
  if (seconds !== undefined && /^\d+$/u.test(seconds)) return nowMs - Number(seconds) * 1000;
  const parts = /^(?<hours>\d+):(?<minutes>\d+):(?<seconds>\d+)$/u.exec(frame.get('Duration') ?? '')?.groups;
  if (parts === undefined) return null;
  const total = Number(parts['hours']) * 3600 + Number(parts['minutes']) * 60 + Number(parts['seconds']);
  return nowMs - total * 1000;
}
