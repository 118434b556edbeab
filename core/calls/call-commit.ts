import type { AgentEvent, CallEvent } from '#core/contract/call-events.ts';
import type { Interaction } from '#core/contract/interaction.ts';

export interface ChangedInteraction {
  readonly interaction: Interaction;
  /** The tracker's state as JSON, to go on after a restart; null once the interaction is over. */
  readonly resume: string | null;
}

/** What one connection's events came to, stored together. */
export interface CallCommit {
  readonly connectionId: string;
  readonly callEvents: readonly CallEvent[];
  readonly agentEvents: readonly AgentEvent[];
  readonly changed: readonly ChangedInteraction[];
  /** Interactions that turned out to be part of another one. */
  readonly absorbed: readonly { readonly id: string; readonly into: string }[];
}
