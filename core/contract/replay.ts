/**
 * A connector may play recordings: `connectors/<id>/replay.ts` exports `createReplay`. The registry finds it; `tieline
 * replay` and the capture checks call it. It runs the connector's own reader and translator on virtual time.
 */
import type { CallSnapshot, SwitchEvent } from './call-events.ts';

export interface ReplayStep {
  readonly events: readonly SwitchEvent[];
  /** What the switch listed as being up, where the recording holds such a list. */
  readonly snapshot?: readonly CallSnapshot[];
}

export interface ReplaySource {
  /** A new connection to the switch begins here; called before its first bytes. */
  connect(): void;
  /** Bytes as they arrived. `atMs`: epoch milliseconds of their arrival. */
  bytes(chunk: Uint8Array, atMs: number): readonly ReplayStep[];
  /** One message of a recording kept as JSON objects. */
  message(message: Readonly<Record<string, string>>, atMs: number): readonly ReplayStep[];
  /** The recording is over: lets go of what waited for one more message. */
  end(atMs: number): readonly ReplayStep[];
}

export interface ReplayOptions {
  /** Connection settings as typed behind `--set`; lists as comma-separated text. */
  readonly settings: Readonly<Record<string, string>>;
  readonly onNotice: (message: string) => void;
}

/** Throws `HubError` (`config.invalid`) when a setting cannot be used. */
export type CreateReplay = (options: ReplayOptions) => ReplaySource;
