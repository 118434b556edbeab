/** One connection's tracker with the ids of its latest events: what came twice is dropped before it is tracked. Pure. */
import type { AgentEvent, CallEvent, CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';
import { toInteraction } from './interaction.ts';
import { reconcileSnapshot } from './reconcile-snapshot.ts';
import type { TrackedCall } from './tracked-call.ts';
import type { Tracker } from './tracker.ts';
import type { CallCommit, ChangedInteraction } from './call-commit.ts';

const rememberedIds = 20_000;

export class ConnectionIntake {
  readonly #connectionId: string;
  readonly #tracker: Tracker;
  readonly #seen: Set<string>;
  #callEvents: CallEvent[] = [];
  #agentEvents: AgentEvent[] = [];
  #changed = new Map<string, TrackedCall>();
  #absorbed = new Map<string, string>();

  constructor(connectionId: string, tracker: Tracker, recentEventIds: readonly string[]) {
    this.#connectionId = connectionId;
    this.#tracker = tracker;
    this.#seen = new Set(recentEventIds);
  }

  take(events: readonly SwitchEvent[]): void {
    for (const event of events) {
      if (this.#seen.has(event.eventId)) continue;
      this.#remember(event.eventId);
      if (event.kind === 'agent') this.#agentEvents.push(event);
      else this.#track(event);
    }
  }

  /** Ends the calls that are missing in what the switch lists now, marked as inferred. */
  reconcile(snapshot: readonly CallSnapshot[], atMs: number): void {
    this.take(reconcileSnapshot(this.#tracker.open(), snapshot, atMs));
  }

  /** Ends the calls nothing was heard of since then, at the last moment anything was: hours of talk are never invented. */
  endSilent(sinceMs: number): void {
    for (const call of this.#tracker.open().filter(({ lastMs }) => lastMs < sinceMs)) {
      this.take(reconcileSnapshot([call], [], call.lastMs));
    }
  }

  /** Everything since the last time, to be stored at once. */
  collect(): CallCommit {
    const commit = {
      connectionId: this.#connectionId,
      callEvents: this.#callEvents,
      agentEvents: this.#agentEvents,
      changed: [...this.#changed.values()].filter(({ id }) => !this.#absorbed.has(id)).map(changedInteraction),
      absorbed: [...this.#absorbed].map(([id, into]) => ({ id, into })),
    };
    this.#callEvents = [];
    this.#agentEvents = [];
    this.#changed = new Map();
    this.#absorbed = new Map();
    return commit;
  }

  #track(event: CallEvent): void {
    this.#callEvents.push(event);
    const { changed, absorbed } = this.#tracker.apply(event);
    for (const call of changed) this.#changed.set(call.id, call);
    for (const { id, into } of absorbed) this.#absorbed.set(id, into);
  }

  #remember(eventId: string): void {
    this.#seen.add(eventId);
    if (this.#seen.size <= rememberedIds) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** Serialised at once: the tracker goes on changing the call while the commit is under way. */
function changedInteraction(call: TrackedCall): ChangedInteraction {
  return { interaction: toInteraction(call), resume: call.isEnded ? null : JSON.stringify(call) };
}
