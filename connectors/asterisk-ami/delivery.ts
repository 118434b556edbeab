/** Hands events to the hub in order, slows the wire down when the hub falls behind, and forgets nothing unstored. */
import type { SwitchEvent } from '#core/contract/call-events.ts';

type Push = (events: readonly SwitchEvent[]) => Promise<void>;

/** More than this many unstored events: stop reading the wire. */
const maxUnstored = 1000;
/** Kept of a link whose hub could not store; beyond it the oldest go, and the snapshot after the reopen repairs. */
const maxLeftover = 20_000;

/**
 * Events a session could not get stored, by connection. AMI cannot repeat itself, so they wait here, in this process,
 * for the connection's next session.
 */
const leftovers = new Map<string, readonly SwitchEvent[]>();

export class Delivery {
  readonly #connectionId: string;
  readonly #onRefused: (cause: unknown) => void;
  #push: Push | null = null;
  readonly #unstored = new Set<readonly SwitchEvent[]>();
  #count = 0;
  #drained: PromiseWithResolvers<void> | null = null;
  #hasFailed = false;

  constructor(connectionId: string, onRefused: (cause: unknown) => void) {
    this.#connectionId = connectionId;
    this.#onRefused = onRefused;
  }

  start(push: Push): void {
    this.#push = push;
    const left = leftovers.get(this.#connectionId) ?? [];
    leftovers.delete(this.#connectionId);
    this.deliver(left);
  }

  isStarted(): boolean {
    return this.#push !== null;
  }

  deliver(events: readonly SwitchEvent[]): void {
    if (events.length === 0 || this.#push === null) return;
    const batch = [...events];
    this.#unstored.add(batch);
    this.#count += batch.length;
    // After a refusal nothing may overtake what was refused.
    if (this.#hasFailed) return;
    void this.#send(batch, this.#push);
  }

  /** `undefined` while the hub keeps up. */
  drained(): Promise<void> | undefined {
    if (this.#count <= maxUnstored || this.#hasFailed) return undefined;
    this.#drained ??= Promise.withResolvers<void>();
    return this.#drained.promise;
  }

  /** Call when the link is over: what is not stored waits for the next session. */
  stop(): void {
    const left = [...this.#unstored].flat();
    if (left.length > 0) leftovers.set(this.#connectionId, left.slice(-maxLeftover));
    this.#push = null;
    this.#drained?.resolve();
  }

  async #send(batch: readonly SwitchEvent[], push: Push): Promise<void> {
    try {
      await push(batch);
      this.#settle(batch);
    } catch (error) {
      if (this.#hasFailed) return;
      this.#hasFailed = true;
      this.#drained?.resolve();
      this.#onRefused(error);
    }
  }

  #settle(batch: readonly SwitchEvent[]): void {
    this.#unstored.delete(batch);
    this.#count -= batch.length;
    if (this.#count <= maxUnstored / 2 && this.#drained !== null) {
      this.#drained.resolve();
      this.#drained = null;
    }
  }
}
