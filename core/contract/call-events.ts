/**
 * What a switch reports about calls, in the words of ECMA-269 (CSTA Phase III) call control events.
 * A *leg* is CSTA's "connection": one device in one call. Connectors emit these, `core/calls` is their only reader.
 */
import { z } from 'zod';

export const callEventTypes = [
  'originated',
  'delivered',
  'queued',
  'established',
  'held',
  'retrieved',
  'transferred',
  'conferenced',
  'diverted',
  'failed',
  'legCleared',
  'callCleared',
  'digitsCollected',
  'recordingStarted',
  'recordingStopped',
] as const;
export type CallEventType = (typeof callEventTypes)[number];

/** What sits at the end of a leg. `extension` is an agent's phone; `trunk` is the outside world. */
export const deviceKinds = [
  'extension',
  'trunk',
  'queue',
  'ivr',
  'voicemail',
  'conference',
  'park',
  'unknown',
] as const;

export const deviceRef = z.object({
  kind: z.enum(deviceKinds),
  /** The number or name people use: `1001` for an extension, the trunk's name for a trunk. */
  id: z.string(),
  name: z.string().nullable().optional(),
});
export type DeviceRef = z.output<typeof deviceRef>;

export const legRef = z.object({
  /** The switch's id of the leg, unique for the life of the switch (Asterisk: Uniqueid). */
  legId: z.string(),
  device: deviceRef,
});
export type LegRef = z.output<typeof legRef>;

/** A party's number and name as the switch shows them, unescaped but not normalised. `null` = not given. */
export const partyRef = z.object({
  number: z.string().nullable(),
  name: z.string().nullable(),
  presentation: z.enum(['allowed', 'restricted', 'unavailable']).optional(),
});
export type PartyRef = z.output<typeof partyRef>;

/** Q.850 cause where the switch gives one; `text` as the switch words it. */
export const callCause = z.object({ q850: z.number().int().nullable(), text: z.string().nullable() });
export type CallCause = z.output<typeof callCause>;

export const callDirection = z.enum(['inbound', 'outbound', 'internal']);
export type CallDirection = z.output<typeof callDirection>;

export const callEvent = z.object({
  kind: z.literal('call'),
  /** Unique per connection and the same on every delivery of the same event: the idempotency key of storage. */
  eventId: z.string().min(1).max(200),
  type: z.enum(callEventTypes),
  /** The switch's id of the call this event belongs to (Asterisk: Linkedid of its first channel). */
  callId: z.string().min(1),
  /** Epoch milliseconds, by the switch's clock where it gives one, else when the bytes arrived. */
  atMs: z.number(),
  /** The leg the event is about: originating, ringing, answering, holding, cleared… */
  leg: legRef.optional(),
  /** The leg on the other side, where the event has one (for `delivered`: the calling leg). */
  peer: legRef.optional(),
  /**
   * Every leg that hears `leg` once this event is done, where the switch tells; legs it heard before and that are not
   * listed hear it no more. Absent: only `peer` is known to hear it.
   */
  connected: z.array(z.string()).optional(),
  /** `legCleared`: the device itself hung up, or the switch took the leg down. */
  clearedBy: z.enum(['device', 'switch']).optional(),
  /** `failed`: when the attempt that failed began. */
  sinceMs: z.number().optional(),
  direction: callDirection.optional(),
  calling: partyRef.optional(),
  /** The number the caller dialled (DID, extension, outside number). */
  called: partyRef.optional(),
  queue: z.string().optional(),
  cause: callCause.optional(),
  /** `transferred` and `conferenced`: the call that ends up inside `callId` (the consult call). */
  mergedCallId: z.string().optional(),
  transfer: z
    .object({
      kind: z.enum(['blind', 'attended', 'park', 'pickup', 'forward', 'parkTimeout']),
      from: z.string().nullable(),
      to: z.string().nullable(),
    })
    .optional(),
  digits: z.string().optional(),
  recording: z.object({ id: z.string(), location: z.string().nullable() }).optional(),
  /** Free marks of the caller of `makeCall` that come back with the call (record id, request id). */
  correlation: z.record(z.string(), z.string()).optional(),
  /** Set on events the hub made up from a snapshot because the real ones were lost. */
  inferred: z.boolean().optional(),
});
export type CallEvent = z.output<typeof callEvent>;

export const agentStates = ['loggedOn', 'ready', 'notReady', 'busy', 'workingAfterCall', 'loggedOff'] as const;
export type AgentState = (typeof agentStates)[number];

export const agentEvent = z.object({
  kind: z.literal('agent'),
  eventId: z.string().min(1).max(200),
  atMs: z.number(),
  /** The agent's extension or login on the switch. */
  agent: z.string(),
  state: z.enum(agentStates),
  /** Queue the state is limited to; absent = all. */
  queue: z.string().optional(),
  reason: z.string().nullable().optional(),
  inferred: z.boolean().optional(),
});
export type AgentEvent = z.output<typeof agentEvent>;

export const switchEvent = z.discriminatedUnion('kind', [callEvent, agentEvent]);
export type SwitchEvent = z.output<typeof switchEvent>;

/** One call that is up right now, as a switch lists it after a (re)connect. */
export interface CallSnapshot {
  readonly callId: string;
  readonly legs: readonly (LegRef & { readonly state: 'alerting' | 'connected' | 'held' | 'queued' | 'initiated' })[];
  readonly startedAtMs: number | null;
}
