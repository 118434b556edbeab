/**
 * AMI events of Asterisk 12 and later to call events, pure: no socket, no clock.
 *
 * Connect a `FrameReader` before it and the hub's `push` behind it. `feed` takes every frame of the stream in order,
 * `tick` now and then when the line is quiet. What a handler may rely on is written in the recordings under `fixtures/`.
 */
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { agentHandlers } from './agent-events.ts';
import { bridgeHandlers, tellLeft } from './bridge-events.ts';
import { channelHandlers, endChannel } from './channel-events.ts';
import type { AmiFrame } from './frames.ts';
import { createFrameGuard } from './guard.ts';
import { listHandlers, tellListed } from './list-events.ts';
import { Scene } from './scene.ts';
import type { Handler, TranslatorOptions } from './scene.ts';
import { serviceHandlers } from './service-events.ts';
import { transferHandlers } from './transfer-events.ts';

export type { TranslatorOptions } from './scene.ts';

export interface CallTranslator {
  /** `atMs`: when the bytes arrived, epoch milliseconds; a `Timestamp` header of the message goes before it. */
  feed(frame: AmiFrame, atMs: number): SwitchEvent[];
  /** Lets go of what waited for one more message. Call about once a second. */
  tick(atMs: number): SwitchEvent[];
  /** Channels kept in memory: those that are up. */
  channels(): number;
}

const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    ...channelHandlers,
    ...bridgeHandlers,
    ...transferHandlers,
    ...serviceHandlers,
    ...listHandlers,
    ...agentHandlers,
  }),
);

/** These show that a channel which left a bridge goes on alone in the dialplan. */
const goesOn = new Set(['Newexten', 'DialBegin', 'QueueCallerJoin', 'MusicOnHoldStart']);
const patienceMs = 1000;
const requestPatienceMs = 300;

export function createCallTranslator(options: TranslatorOptions): CallTranslator {
  const scene = new Scene(options);
  const guard = createFrameGuard((event) => handlers.has(event), options.onNotice ?? (() => undefined));

  function release(atMs: number, frame: AmiFrame | null): void {
    if (scene.listed.size > 0 && endsLists(frame)) tellListed(scene);
    if (scene.waiting.size > 0) releaseWaiting(scene, atMs, frame);
    while (scene.heldEnds[0] !== undefined && atMs - scene.heldEnds[0].atMs > requestPatienceMs) releaseEnd(scene);
  }

  return {
    feed(frame, atMs) {
      const trusted = guard.take(frame);
      if (trusted === null || trusted.kind !== 'event') return [];
      scene.nowMs = timeOf(trusted, atMs);
      const handler = handlers.get(trusted.name);
      release(scene.nowMs, trusted);
      if (handler !== undefined) handler(scene, trusted);
      if (trusted.name === 'OriginateResponse') while (scene.heldEnds.length > 0) releaseEnd(scene);
      return scene.take();
    },
    tick(atMs) {
      release(atMs, null);
      return scene.take();
    },
    channels: () => scene.graph.size(),
  };
}

/** `Timestamp` is there with `timestampevents = yes`: epoch seconds with a fraction. */
function timeOf(frame: AmiFrame, atMs: number): number {
  const seconds = Number(frame.get('Timestamp') ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : atMs;
}

/** A client asks for several lists in a row; the first live event after them finds them complete. */
function endsLists(frame: AmiFrame | null): boolean {
  return frame === null || (handlers.has(frame.name) && !(frame.name in listHandlers));
}

function releaseWaiting(scene: Scene, atMs: number, frame: AmiFrame | null): void {
  const subject = frame === null || !goesOn.has(frame.name) ? undefined : frame.get('Uniqueid');
  for (const id of scene.waiting) {
    const channel = scene.graph.channel(id);
    if (channel === undefined) scene.waiting.delete(id);
    else if (id === subject || (channel.leftAtMs !== null && atMs - channel.leftAtMs > patienceMs))
      tellLeft(scene, channel);
  }
}

function releaseEnd(scene: Scene): void {
  const held = scene.heldEnds.shift();
  if (held === undefined) return;
  const now = scene.nowMs;
  scene.nowMs = held.atMs;
  endChannel(scene, held.channel, held.cause);
  scene.nowMs = now;
}
