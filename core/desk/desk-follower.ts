/** What one open stream has seen and may send next. Pure: events that are told in passing are used only without a gap. */
import type { DeskEvent } from '#core/contract/desk.ts';

export interface NumberedEvent {
  readonly cursor: number;
  readonly event: DeskEvent;
}

/** Events just appended, the last of them at `cursor`. Empty: something was appended, read it. */
export interface Told {
  readonly cursor: number;
  readonly events: readonly DeskEvent[];
}

const mostTold = 200;

export class DeskFollower {
  #cursor: number;
  #told: Told[] = [];
  #mustRead = true;

  /** Everything after `cursor` is still to be sent; the first look is always at the store. */
  constructor(cursor: number) {
    this.#cursor = cursor;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Whether the store has to be read before anything else can be sent. */
  get mustRead(): boolean {
    return this.#mustRead;
  }

  tell(told: Told): void {
    this.#told.push(told);
    if (this.#told.length <= mostTold) return;
    // A browser that reads slowly costs no memory: what it missed is in the store.
    this.#told = [];
    this.#mustRead = true;
  }

  /** Something may have been appended that nobody told of. */
  lookAgain(): void {
    this.#mustRead = true;
  }

  /** What was read from the store after the cursor; `isAll` when the store held no more. */
  read(events: readonly NumberedEvent[], isAll: boolean): readonly NumberedEvent[] {
    this.#mustRead = !isAll;
    this.#cursor = events.at(-1)?.cursor ?? this.#cursor;
    return events;
  }

  /** The next events that can be sent without the store. */
  next(): readonly NumberedEvent[] {
    const fresh: NumberedEvent[] = [];
    while (!this.#mustRead) {
      const told = this.#told.shift();
      if (told === undefined) break;
      if (told.cursor <= this.#cursor) continue;
      const first = told.cursor - told.events.length + 1;
      if (told.events.length === 0 || first > this.#cursor + 1) {
        this.#mustRead = true;
        break;
      }
      const unseen = told.events.slice(this.#cursor + 1 - first);
      fresh.push(...unseen.map((event, index) => ({ cursor: told.cursor - unseen.length + 1 + index, event })));
      this.#cursor = told.cursor;
    }
    return fresh;
  }
}
