/** The running desk of one user in one tab: the leader listens to the hub, the others mirror what it hears. */
import { deskEvents, deskSessionRoute } from '#core/contract/api/desk.ts';
import { deskEvent, type DeskEvent, type DeskSession, type Pop } from '#core/contract/desk.ts';
import { z } from 'zod';
import { call } from '../api/client.ts';
import { openEventStream, type EventStreamHandle } from '../api/event-stream.ts';
import { asProblem, type ProblemError } from '../api/problem-error.ts';
import { applyDeskEvent } from './desk-state.ts';
import { contendForLeadership, type Leadership } from './leadership.ts';

export type DeskRole = 'electing' | 'leader' | 'follower';

export interface DeskView {
  readonly role: DeskRole;
  readonly session: DeskSession | null;
  readonly error: ProblemError | null;
}

const channelMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: deskEvent, cursor: z.number().nullable() }),
  z.object({ type: z.literal('reload') }),
  z.object({ type: z.literal('whoLeads') }),
  z.object({ type: z.literal('leads'), isOnDesk: z.boolean() }),
]);
type ChannelMessage = z.output<typeof channelMessage>;

export class DeskStore {
  private readonly name: string;
  private readonly onSignedOut: () => void;
  private readonly listeners = new Set<() => void>();
  private readonly popListeners = new Set<(pop: Pop) => void>();
  private current: DeskView = { role: 'electing', session: null, error: null };
  private channel: BroadcastChannel | null = null;
  private stream: EventStreamHandle | null = null;
  private leadership: Leadership | null = null;
  private isOnDesk = false;

  constructor(userId: string, onSignedOut: () => void) {
    this.name = `tieline-desk-${userId}`;
    this.onSignedOut = onSignedOut;
  }

  readonly view = (): DeskView => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** In the leader: every pop that arrives live. */
  onPop(listener: (pop: Pop) => void): () => void {
    this.popListeners.add(listener);
    return () => this.popListeners.delete(listener);
  }

  start(): () => void {
    this.channel = new BroadcastChannel(this.name);
    this.channel.addEventListener('message', this.hearTab);
    this.leadership = contendForLeadership(this.name, this.lead);
    this.tell({ type: 'whoLeads' });
    void this.load();
    return () => {
      this.leadership?.stop();
      this.stream?.close();
      this.channel?.close();
      this.channel = null;
      this.stream = null;
      this.current = { ...this.current, role: 'electing' };
    };
  }

  /** Loads the session anew, here and in the other tabs. */
  async reload(): Promise<void> {
    this.tell({ type: 'reload' });
    await this.load();
  }

  /** Applies the answer of something this tab did, and tells the other tabs. */
  applyHere(event: DeskEvent): void {
    this.apply(event, null);
    this.tell({ type: 'event', event, cursor: null });
  }

  takeOver(): void {
    this.leadership?.takeOver();
  }

  /** The desk page is (or is no longer) on screen in this tab; it draws leadership to itself. */
  setOnDesk(isOnDesk: boolean): void {
    this.isOnDesk = isOnDesk;
    if (this.current.role === 'leader') this.tell({ type: 'leads', isOnDesk });
    else if (isOnDesk) this.tell({ type: 'whoLeads' });
  }

  private set(change: Partial<DeskView>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }

  private tell(message: ChannelMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target origin
    this.channel?.postMessage(message);
  }

  private apply(event: DeskEvent, cursor: number | null): void {
    const { session } = this.current;
    if (session !== null) this.set({ session: applyDeskEvent(session, event, cursor) });
  }

  private async load(): Promise<void> {
    try {
      this.set({ session: await call(deskSessionRoute, {}), error: null });
    } catch (thrown) {
      this.set({ error: asProblem(thrown) });
    }
  }

  private readonly lead = (isLeader: boolean): void => {
    this.stream?.close();
    this.stream = null;
    this.set({ role: isLeader ? 'leader' : 'follower' });
    if (!isLeader) return;
    this.tell({ type: 'leads', isOnDesk: this.isOnDesk });
    void this.listen();
  };

  private async listen(): Promise<void> {
    await this.load();
    if (this.current.role !== 'leader' || this.channel === null) return;
    this.stream?.close();
    const cursor = this.current.session?.cursor ?? 0;
    this.stream = openEventStream({ route: deskEvents, cursor, onEvent: this.hearHub, onSignedOut: this.onSignedOut });
  }

  private readonly hearHub = (event: DeskEvent, cursor: number | null): void => {
    if (event.type === 'reset') {
      void this.reload();
      return;
    }
    this.apply(event, cursor);
    this.tell({ type: 'event', event, cursor });
    if (event.type === 'pop') for (const listener of this.popListeners) listener(event.pop);
  };

  private readonly hearTab = (message: MessageEvent<unknown>): void => {
    const { data } = channelMessage.safeParse(message.data);
    if (data === undefined) return;
    const isLeader = this.current.role === 'leader';
    if (data.type === 'event') this.apply(data.event, data.cursor);
    if (data.type === 'reload') void this.load();
    if (data.type === 'whoLeads' && isLeader) this.tell({ type: 'leads', isOnDesk: this.isOnDesk });
    if (data.type === 'leads' && !isLeader) this.follow(data.isOnDesk);
  };

  private follow(leaderIsOnDesk: boolean): void {
    this.set({ role: 'follower' });
    const isBetterPlace = this.isOnDesk && !leaderIsOnDesk && document.visibilityState === 'visible';
    if (isBetterPlace) this.takeOver();
  }
}
