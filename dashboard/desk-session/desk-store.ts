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

export interface DeskStore {
  subscribe(listener: () => void): () => void;
  view(): DeskView;
  start(): () => void;
  /** Loads the session anew, here and in the other tabs. */
  reload(): Promise<void>;
  /** Applies the answer of something this tab did, and tells the other tabs. */
  applyHere(event: DeskEvent): void;
  takeOver(): void;
  /** The desk page is (or is no longer) on screen in this tab; it draws leadership to itself. */
  setOnDesk(isOnDesk: boolean): void;
  /** Called in the leader for every pop that arrives live. */
  onPop: ((pop: Pop) => void) | null;
}

export function createDeskStore(userId: string): DeskStore {
  const listeners = new Set<() => void>();
  const name = `tieline-desk-${userId}`;
  let view: DeskView = { role: 'electing', session: null, error: null };
  let channel: BroadcastChannel | null = null;
  let stream: EventStreamHandle | null = null;
  let leadership: Leadership | null = null;
  let isOnDesk = false;

  const set = (change: Partial<DeskView>) => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  };
  const tell = (message: ChannelMessage) => channel?.postMessage(message);
  const apply = (event: DeskEvent, cursor: number | null) => {
    if (view.session !== null) set({ session: applyDeskEvent(view.session, event, cursor) });
  };
  const reload = async () => {
    try {
      set({ session: await call(deskSessionRoute, {}), error: null });
    } catch (thrown) {
      set({ error: asProblem(thrown) });
    }
  };
  const hear = (event: DeskEvent, cursor: number | null) => {
    if (event.type === 'reset') {
      tell({ type: 'reload' });
      void reload();
      return;
    }
    apply(event, cursor);
    tell({ type: 'event', event, cursor });
    if (event.type === 'pop') store.onPop?.(event.pop);
  };
  const listen = async () => {
    await reload();
    if (view.role !== 'leader' || channel === null) return;
    stream?.close();
    stream = openEventStream({ route: deskEvents, cursor: view.session?.cursor ?? 0, onEvent: hear });
  };
  const lead = (isLeader: boolean) => {
    stream?.close();
    stream = null;
    set({ role: isLeader ? 'leader' : 'follower' });
    if (!isLeader) return;
    tell({ type: 'leads', isOnDesk });
    void listen();
  };
  const onMessage = (message: MessageEvent<unknown>) => {
    const { data } = channelMessage.safeParse(message.data);
    if (data === undefined) return;
    if (data.type === 'event') apply(data.event, data.cursor);
    if (data.type === 'reload') void reload();
    if (data.type === 'whoLeads' && view.role === 'leader') tell({ type: 'leads', isOnDesk });
    if (data.type === 'leads' && view.role !== 'leader') {
      set({ role: 'follower' });
      if (isOnDesk && !data.isOnDesk && document.visibilityState === 'visible') leadership?.takeOver();
    }
  };

  const store: DeskStore = {
    onPop: null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    start() {
      channel = new BroadcastChannel(name);
      channel.addEventListener('message', onMessage);
      leadership = contendForLeadership(name, lead);
      tell({ type: 'whoLeads' });
      void reload();
      return () => {
        leadership?.stop();
        stream?.close();
        channel?.close();
        channel = null;
        stream = null;
        view = { ...view, role: 'electing' };
      };
    },
    async reload() {
      tell({ type: 'reload' });
      await reload();
    },
    applyHere(event) {
      apply(event, null);
      tell({ type: 'event', event, cursor: null });
    },
    takeOver: () => leadership?.takeOver(),
    setOnDesk(next) {
      isOnDesk = next;
      if (view.role === 'leader') tell({ type: 'leads', isOnDesk });
      else if (next) tell({ type: 'whoLeads' });
    },
  };
  return store;
}
