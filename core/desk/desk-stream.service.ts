/** The live end of the desk's event log: what is stored, then what comes, without a gap between the two. */
import { Inject, Injectable } from '@nestjs/common';
import type { DeskEvent } from '#core/contract/desk.ts';
import type { StreamEvent } from '#core/platform/http/handles.ts';
import { DeskEventsStore } from './desk-events.store.ts';

const pageSize = 200;

@Injectable()
export class DeskStreamService {
  private readonly wakers = new Map<string, Set<() => void>>();

  constructor(@Inject(DeskEventsStore) private readonly store: DeskEventsStore) {}

  /** New events of a user stand in the store. */
  wake(userId: string): void {
    for (const waker of this.wakers.get(userId) ?? []) waker();
  }

  /** Ends when the signal aborts. A cursor older than the log, or from another database, gets a `reset` first. */
  async *follow(userId: string, from: number | undefined, signal: AbortSignal): AsyncGenerator<StreamEvent<DeskEvent>> {
    let isDirty = true;
    let release: (() => void) | undefined;
    const waker = (): void => {
      isDirty = true;
      release?.();
    };
    const wakers = this.wakers.get(userId) ?? new Set();
    this.wakers.set(userId, wakers.add(waker));
    signal.addEventListener('abort', waker, { once: true });
    try {
      const { last, oldest } = await this.store.range(userId);
      let cursor = from ?? last;
      if (cursor > last || cursor < oldest - 1) {
        cursor = last;
        yield { id: String(cursor), data: { type: 'reset' } };
      }
      while (!signal.aborted) {
        while (isDirty && !signal.aborted) {
          isDirty = false;
          const events = await this.store.after(userId, cursor, pageSize);
          for (const { cursor: id, event } of events) {
            yield { id: String(id), data: event };
            cursor = id;
          }
          if (events.length === pageSize) isDirty = true;
        }
        if (signal.aborted) return;
        await new Promise<void>((resolve) => (release = resolve));
        release = undefined;
      }
    } finally {
      wakers.delete(waker);
      if (wakers.size === 0) this.wakers.delete(userId);
      signal.removeEventListener('abort', waker);
    }
  }
}
