/**
 * What a connector's `testing/harness.ts` exports (as `harness`) so that the contract suite in `test/contract` can
 * drive the connector against its fake remote. Everything runs on loopback and in the test's own process.
 */
import type { Change } from '#core/contract/connector.ts';
import type { JsonObject } from '#core/contract/json.ts';

/** Faults a fake HTTP remote must be able to answer with, once, on the next request. */
export const httpFaults = ['401', '403', '429', '500', 'reset', 'garbage'] as const;
export type HttpFault = (typeof httpFaults)[number];

/** Cases of the suite a connector may be excused from, with a reason. An excuse that is not needed fails the suite. */
export const waivableCases = [
  'wrongCredentials',
  'abortOpen',
  'linkLost',
  'pushRejected',
  'duplicateDelivery',
  'garbage',
  ...httpFaults,
  'duplicatePush',
] as const;
export type WaivableCase = (typeof waivableCases)[number];

export interface ConnectorHarness {
  /**
   * Starts a fresh fake remote. `secret` is the credential it must accept; the suite passes a canary and then looks
   * for it in everything the connector says.
   */
  start(options: { secret: string }): Promise<HarnessPeer>;
  readonly waivers?: Partial<Record<WaivableCase, string>>;
}

export interface HarnessPeer {
  /** A complete config that works against this remote, with the secret in it. */
  readonly config: JsonObject;
  /** The same with a wrong credential, and the config field the error must name. Null: the remote has no credentials. */
  readonly wrongCredentials: { readonly config: JsonObject; readonly field: string } | null;
  /** Idempotent; resolves when nothing listens any more. */
  close(): Promise<void>;
  /** Open sockets of clients, to prove that nothing leaks. */
  openSockets(): number;
  /** From now on accepts connections but never answers. */
  stall(): void;
  /** Only for connectors with the facet `callEvents`. */
  readonly calls?: CallsPeer;
  /** Only for connectors with the facet `records`. */
  readonly records?: RecordsPeer;
}

export interface CallsPeer {
  /** Sends one short answered call, as fast as possible; resolves when the bytes are written. */
  playCall(): Promise<void>;
  /** Sends the last call's bytes once more, unchanged. */
  repeatCall(): Promise<void>;
  /** Sends the first half of an event, then drops the connection. */
  cutMidEvent(): Promise<void>;
  /** Sends bytes that are not the protocol. The session must survive them or report itself lost. */
  sendGarbage(): Promise<void>;
}

export interface RecordsPeer {
  /** The object the suite writes, and a change that is valid for it (create by key). */
  readonly object: string;
  readonly change: Change;
  /** Answers the next request with this fault; `429` with `Retry-After: 7`. */
  failNext(fault: HttpFault): void;
  /** How many records of `object` the remote holds now. */
  count(): number;
}
