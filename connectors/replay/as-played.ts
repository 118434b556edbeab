/** A recorded event as it happens now: its own ids for this playing, the time of now, agents by the map. Pure. */
import type { CallEvent, DeviceRef, LegRef, PartyRef, SwitchEvent } from '#core/contract/call-events.ts';

export interface Playing {
  readonly run: string;
  readonly number: number;
  readonly recording: string;
  readonly index: number;
  readonly atMs: number;
  readonly agentMap: Readonly<Record<string, string>>;
}

/** The event id is the same whenever this event of this playing is delivered. */
export function asPlayed(event: SwitchEvent, playing: Playing): SwitchEvent {
  const eventId = `${playing.run}-${playing.number}-${playing.recording}-${playing.index}`;
  const { atMs } = playing;
  if (event.kind === 'agent') return { ...event, eventId, atMs, agent: extension(event.agent, playing) };
  return { ...event, ...moved(event, playing), eventId, atMs };
}

function moved(event: CallEvent, playing: Playing): Partial<CallEvent> {
  const id = (recorded: string) => `${recorded}~${playing.run}.${playing.number}`;
  const leg = (ref: LegRef): LegRef => ({ legId: id(ref.legId), device: device(ref.device, playing) });
  const { transfer } = event;
  return {
    callId: id(event.callId),
    ...(event.leg && { leg: leg(event.leg) }),
    ...(event.peer && { peer: leg(event.peer) }),
    ...(event.connected && { connected: event.connected.map(id) }),
    ...(event.mergedCallId !== undefined && { mergedCallId: id(event.mergedCallId) }),
    ...(event.calling && { calling: party(event.calling, playing) }),
    ...(event.called && { called: party(event.called, playing) }),
    ...(transfer && {
      transfer: { ...transfer, from: maybe(transfer.from, playing), to: maybe(transfer.to, playing) },
    }),
  };
}

const device = (ref: DeviceRef, playing: Playing): DeviceRef =>
  ref.kind === 'extension' ? { ...ref, id: extension(ref.id, playing) } : ref;

const party = (ref: PartyRef, playing: Playing): PartyRef => ({ ...ref, number: maybe(ref.number, playing) });

const maybe = (number: string | null, playing: Playing) => (number === null ? null : extension(number, playing));

const extension = (recorded: string, { agentMap }: Playing) =>
  Object.hasOwn(agentMap, recorded) ? (agentMap[recorded] ?? recorded) : recorded;
