/** The live end of the desk's event log: what is stored, then what comes, without a gap between the two. */
import { Inject, Injectable } from '@nestjs/common';
import type { DeskEvent } from '#core/contract/desk.ts';
import type { StreamEvent } from '#core/platform/http/handles.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { DeskFollower, type NumberedEvent, type Told } from './desk-follower.ts';

const pageSize = 200;
/** A message that got lost on its way between processes must not leave a desk waiting. */
const lookAnywayMs = 5_000;

@Injectable()
export class DeskStreamService {
  private readonly listeners = new Map<string, Set<(told: Told) => void>>();

  constructor(@Inject(DeskEventsStore) private readonly store: DeskEventsStore) {}

  /** New events of a user stand in the store. */
  tell(userId: string, told: Told): void {
    for (const listener of this.listeners.get(userId) ?? []) listener(told);
  }

  /** Ends when the signal aborts. A cursor older than the log, or from another database, gets a `reset` first. */
  async *follow(userId: string, from: number | undefined, signal: AbortSignal): AsyncGenerator<StreamEvent<DeskEvent>> {
    const early: Told[] = [];
    let wake = Promise.withResolvers<void>();
    let listener = (told: Told): void => void early.push(told);
    const stopListening = this.listen(userId, (told) => {
      listener(told);
      wake.resolve();
    });
    const end = (): void => wake.resolve();
    signal.addEventListener('abort', end, { once: true });
    try {
      const { last, oldest } = await this.store.range(userId);
      const isKnown = from !== undefined && from <= last && from >= oldest - 1;
      const follower = new DeskFollower(isKnown ? from : last);
      for (const told of early) follower.tell(told);
      listener = (told) => follower.tell(told);
      if (from !== undefined && !isKnown) yield { id: String(last), data: { type: 'reset' } };
      while (!signal.aborted) {
        wake = Promise.withResolvers<void>();
        for (const { cursor, event } of await this.advance(userId, follower)) yield { id: String(cursor), data: event };
        if (follower.mustRead || signal.aborted) continue;
        const timer = setTimeout(() => {
          follower.lookAgain();
          wake.resolve();
        }, lookAnywayMs);
        await wake.promise;
        clearTimeout(timer);
      }
    } finally {
      stopListening();
      signal.removeEventListener('abort', end);
    }
  }

  private async advance(userId: string, follower: DeskFollower): Promise<readonly NumberedEvent[]> {
    const fresh = follower.next();
    if (fresh.length > 0 || !follower.mustRead) return fresh;
    const events = await this.store.after(userId, follower.cursor, pageSize);
    return follower.read(events, events.length < pageSize);
  }

  private listen(userId: string, listener: (told: Told) => void): () => void {
    const listeners = this.listeners.get(userId) ?? new Set();
    this.listeners.set(userId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(userId);
    };
  }
}
