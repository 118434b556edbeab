import type { CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';

/** Token of the `SwitchSink`. Provided by whoever stores call events; looked up when the first link opens. */
export const SWITCH_SINK = Symbol('SWITCH_SINK');

/** Where what a switch reports goes. */
export interface SwitchSink {
  /** This process has just become the link's owner: what it remembers from an earlier ownership is stale. */
  forget(connectionId: string): void;
  /** Resolves when the events are stored. A rejection closes the link; it delivers them again after the reopen. */
  push(connectionId: string, events: readonly SwitchEvent[]): Promise<void>;
  /**
   * After every (re)open of a link that can list its calls: what is up now. `atMs` is when the list was asked for;
   * events are flowing already, so calls that began later may miss in it.
   */
  reconcile(connectionId: string, snapshot: readonly CallSnapshot[], atMs: number): Promise<void>;
}
