/**
 * The connector contract: what one folder under `connectors/` gives the hub, and what the hub gives it.
 *
 * A connector translates. It does not log successes, count, retry, sleep or cache: the guarded session of
 * `core/connections` does that once for all. Vendor SDKs load inside `open`, never at import.
 */
import type { z } from 'zod';
import type { AgentState, CallSnapshot, SwitchEvent } from './call-events.ts';
import type { EntityKind, FieldType } from './entities.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { LocaleText } from './locale-text.ts';
import type { PhoneNumber } from './phone-number.ts';

/** Readable without connecting; shown where a user picks a connector. */
export interface Manifest {
  /** Kebab-case `<system>[-<protocol>]`; equal to the folder name. */
  readonly id: string;
  readonly title: LocaleText;
  readonly summary: LocaleText;
  readonly vendor: string;
  readonly kind: 'switch' | 'crm' | 'erp' | 'generic' | 'demo';
  readonly docsUrl?: string;
}

export const callControlVerbs = [
  'makeCall',
  'answer',
  'clear',
  'hold',
  'retrieve',
  'transfer',
  'attendedTransfer',
  'park',
  'conference',
  'play',
  'record',
] as const;
export type CallControlVerb = (typeof callControlVerbs)[number];

/** A facet with nothing to declare but its presence: `{}`. */
export type NoOptions = Readonly<Record<string, never>>;

/** What a connector can do. An absent facet is unsupported; a declared one must exist on the session (compile error). */
export interface Facets {
  readonly callEvents?: { readonly snapshot: boolean };
  readonly callControl?: { readonly verbs: readonly CallControlVerb[] };
  readonly agentState?: { readonly states: readonly AgentState[] };
  readonly records?: { readonly objects: readonly RecordObject[] };
  readonly callerLookup?: NoOptions;
  readonly webhooks?: NoOptions;
  readonly soapService?: NoOptions;
}

/** One object type a CRM/ERP connector can move, and the canonical kind it stands for. */
export interface RecordObject {
  readonly name: string;
  readonly entity: EntityKind;
  readonly can: readonly ('pull' | 'read' | 'create' | 'update' | 'upsert' | 'delete')[];
}

export interface Connector<C extends z.ZodObject = z.ZodObject, F extends Facets = Facets> {
  readonly manifest: Manifest;
  /** Strict schema: types, dashboard form, README table, encryption and redaction all come from it. */
  readonly config: C;
  readonly facets: F;
  /**
   * Called by the supervisor when a connection starts and after every loss. Resolves when the link is authenticated.
   * Must honour `context.signal` at every await, leak nothing when it fails, and throw `HubError` only.
   */
  open(context: ConnectorContext<z.output<C>>): Promise<Session<F>>;
}

/** Ties the declared facets to the session type; returns its argument. */
export function defineConnector<const C extends z.ZodObject, const F extends Facets>(
  connector: Connector<C, F>,
): Connector<C, F> {
  return connector;
}

export interface ConnectorContext<Config> {
  readonly connectionId: string;
  readonly tenantId: string;
  readonly config: Config;
  /** Aborted when the hub gives up on `open` or closes the connection. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. The only clock a connector may read, so tests can run on virtual time. */
  now(): number;
  /** A durable value of this connection (replay id, file offset). Set it only after `push` resolved. */
  readonly cursor: { get(): Promise<JsonValue | null>; set(value: JsonValue): Promise<void> };
  /** For facts ops must see: link lost, frame dropped, forged frame refused. Never for successes. */
  report(notice: ConnectorNotice): void;
}

export interface ConnectorNotice {
  readonly code: 'link.lost' | 'frame.dropped' | 'frame.forged' | 'event.unknown' | 'config.suspicious';
  /** No secrets, no whole payloads. */
  readonly message: string;
}

/** What `open` resolves to. `close` is idempotent and resolves when sockets and timers are gone. */
export type Session<F extends Facets = Facets> = SessionBase & {
  readonly [K in keyof F & keyof FacetRuntime]: K extends 'callControl'
    ? Pick<CallControl, NonNullable<F['callControl']>['verbs'][number]>
    : FacetRuntime[K];
};

export interface SessionBase {
  /** Tests reachability, credentials and privileges; names the config field at fault. Never throws for a remote fault. */
  probe(): Promise<ProbeReport>;
  close(): Promise<void>;
  /** Resolves with the reason when the link breaks by itself; the supervisor then opens anew. */
  readonly lost: Promise<Error>;
}

export interface ProbeReport {
  readonly ok: boolean;
  readonly checks: readonly ProbeCheck[];
}
export interface ProbeCheck {
  readonly name: 'reachable' | 'credentials' | 'privileges' | 'version' | 'objects';
  readonly ok: boolean;
  /** Plain sentence: what was found, and how to mend it when `ok` is false. */
  readonly detail: string;
  readonly field?: string;
}

export interface FacetRuntime {
  callEvents: {
    /**
     * Starts delivery; resolves once the stream is live. `push` takes events in order and may be called again before
     * an earlier call resolved; it resolves when the hub has **stored** them. Stop reading the wire while more than
     * a thousand events are unstored. A rejected push means: deliver these again (after a reopen).
     */
    listen(push: (events: readonly SwitchEvent[]) => Promise<void>): Promise<void>;
    snapshot(): Promise<readonly CallSnapshot[]>;
  };
  callControl: CallControl;
  agentState: { set(agent: string, state: AgentState, options?: { queue?: string; reason?: string }): Promise<void> };
  records: Records;
  callerLookup: { byNumber(number: PhoneNumber, deadline: Deadline): Promise<readonly Match[]> };
  webhooks: {
    enroll(url: string): Promise<void>;
    withdraw(): Promise<void>;
    verify(raw: RawDelivery): WebhookVerdict;
    translate(raw: RawDelivery): readonly SwitchEvent[];
  };
  soapService: NoOptions;
}

export interface Deadline {
  /** Epoch milliseconds after which an answer is of no use. */
  readonly atMs: number;
  readonly signal: AbortSignal;
}

/** A record an external system found for a number. */
export interface Match {
  readonly object: string;
  readonly entity: EntityKind;
  readonly recordId: string;
  readonly values: JsonObject;
  readonly recordUrl: string | null;
}

export interface RawDelivery {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAtMs: number;
}
export type WebhookVerdict =
  | { readonly ok: true; readonly deliveryId: string }
  | { readonly ok: false; readonly reason: string };

/** Every verb throws `HubError` (`remote.rejected` with the switch's words) when the switch refuses. */
export interface CallControl {
  /** Rings the agent's device first, then dials. Resolves when the switch accepted the order. */
  makeCall(order: MakeCall): Promise<{ requestId: string; dialled: string }>;
  answer(leg: string): Promise<void>;
  /** Hangs up one leg. */
  clear(leg: string): Promise<void>;
  hold(leg: string): Promise<void>;
  retrieve(leg: string): Promise<void>;
  /** Single-step (blind) transfer: `leg` leaves, its peer goes to `destination`. */
  transfer(leg: string, destination: string): Promise<void>;
  attendedTransfer(leg: string, destination: string): Promise<void>;
  park(leg: string, announceTo?: string): Promise<void>;
  conference(leg: string, otherLeg: string): Promise<void>;
  play(leg: string, media: string): Promise<void>;
  record(leg: string, on: boolean): Promise<void>;
}

export interface MakeCall {
  readonly agent: string;
  /** As the user typed or clicked it; the connector cleans it and says what it really dialled. */
  readonly number: string;
  /** Idempotency key of the order; a repeat with the same id must not ring twice. */
  readonly requestId: string;
  readonly callerId?: string;
  readonly correlation?: Readonly<Record<string, string>>;
}

export interface Records {
  describe(object: string): Promise<ObjectDescription>;
  /** One page of changes after `cursor` (null = from the beginning), oldest first. The hub stores the cursor after the page. */
  pull(object: string, cursor: JsonValue | null): Promise<Page>;
  /** Current values by id; missing ones are left out. */
  read(object: string, ids: readonly string[]): Promise<readonly RemoteRecord[]>;
  /** Looks a write up by its idempotency key, to resolve `inDoubt`. Null = it never arrived. */
  findByKey(object: string, key: string): Promise<RemoteRecord | null>;
  /** Answers one outcome per change, same order. Throws only when the whole batch failed. */
  push(object: string, batch: readonly Change[]): Promise<readonly Outcome[]>;
  readonly limits: { readonly batchSize: number };
}

export interface ObjectDescription {
  readonly name: string;
  readonly fields: readonly DescribedField[];
}
export interface DescribedField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly maxLength?: number;
  readonly values?: readonly string[];
  /** The vendor has announced its end, or hides it from new integrations. */
  readonly deprecated?: boolean;
  /** A few values as records hold them, for suggestions; never of a secret field. */
  readonly samples?: readonly JsonValue[];
}

export interface RemoteRecord {
  readonly id: string;
  readonly values: JsonObject;
  readonly modifiedAtMs: number | null;
  readonly url?: string | null;
}
export interface Page {
  readonly records: readonly RemoteRecord[];
  readonly deletedIds: readonly string[];
  readonly cursor: JsonValue;
  readonly more: boolean;
}

/** One write. `key` is made by the hub from what is written, so the same write always has the same key. */
export interface Change {
  readonly key: string;
  /** Set when the record is already known; else create, or upsert by `key`. */
  readonly recordId: string | null;
  readonly values: JsonObject;
  readonly associations?: readonly { readonly object: string; readonly recordId: string }[];
}

export type Outcome =
  | { readonly status: 'done'; readonly recordId: string }
  | { readonly status: 'duplicate'; readonly recordId: string }
  | { readonly status: 'conflict'; readonly reason: string }
  | { readonly status: 'invalid'; readonly field: string | null; readonly reason: string }
  | { readonly status: 'gone' }
  | { readonly status: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly status: 'inDoubt'; readonly reason: string };
