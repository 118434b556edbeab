/** The live view: what is up now, and every change of it as a stream. */
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { liveEvent, liveSnapshot } from '#core/contract/api/interactions.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { Feed } from '#core/platform/http/feed.ts';
import { InteractionsStore } from './interactions.store.ts';

export type LiveEvent = z.output<typeof liveEvent>;

@Injectable()
export class LiveService {
  private readonly feeds = new Set<Feed<{ data: LiveEvent }>>();

  constructor(
    @Inject(InteractionsStore) private readonly interactions: InteractionsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async snapshot(): Promise<z.output<(typeof liveSnapshot)['response']>> {
    const [interactions, agents, history] = await Promise.all([
      this.interactions.open(),
      this.interactions.agents(),
      this.interactions.history(this.clock.now()),
    ]);
    return { interactions, agents, history };
  }

  follow(signal: AbortSignal): AsyncIterable<{ data: LiveEvent }> {
    const feed = new Feed<{ data: LiveEvent }>(5_000, signal);
    if (signal.aborted) return feed;
    this.feeds.add(feed);
    signal.addEventListener('abort', () => this.feeds.delete(feed), { once: true });
    return feed;
  }

  tell(event: LiveEvent): void {
    for (const feed of this.feeds) feed.push({ data: event });
  }
}
