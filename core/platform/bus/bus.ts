import type { BusAnswer, BusEventTopic, BusPayload, BusRequestTopic } from '#core/contract/bus.ts';

/** Token of the `Bus`. */
export const BUS = Symbol('BUS');

export interface Bus {
  /**
   * Resolves when the message is handed over, not when subscribers are done. It may be lost with the process, so what
   * it announces must already stand in the database.
   */
  publish<T extends BusEventTopic>(topic: T, payload: BusPayload<T>): Promise<void>;
  /** Exactly one handler in one process answers. Rejects with the handler's `HubError`, or `remote.timeout`. */
  request<T extends BusRequestTopic>(topic: T, payload: BusPayload<T>): Promise<BusAnswer<T>>;
}
