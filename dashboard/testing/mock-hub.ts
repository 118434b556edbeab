/** A hub in memory for screens: same routes, same shapes, and a call that can be played by hand or by a script. */
import type { Me } from './mock-types.ts';
import type { Connection } from '#core/contract/api/connections.ts';
import type { Contact } from '#core/contract/api/directory.ts';
import type { WriteView } from '#core/contract/api/writes.ts';
import type { DeskEvent, DeskSession, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { Role } from '#core/contract/permissions.ts';
import { applyDeskEvent } from '../desk-session/desk-state.ts';
import type { LiveEvent } from '../places/live/live-state.ts';
import { samplePolicies, type MockPolicies } from './mock-policy-answers.ts';
import { sampleDocuments, type MockDocument } from './sample-dictionaries.ts';
import { sampleContacts } from './sample-records.ts';
import { sampleConnections, sampleDesk, sampleInteractions, sampleLive, sampleMe, sampleWrites } from './sample-hub.ts';

type Listener<T> = (event: T, cursor: number) => void;

export class MockHub {
  me: Me;
  setUpNeeded = false;
  signedIn = true;
  demoRunning = false;
  desk: DeskSession;
  contacts: Contact[] = [...sampleContacts];
  connections: Connection[];
  interactions: Interaction[];
  live: Interaction[];
  writes: WriteView[];
  documents: MockDocument[] = sampleDocuments();
  policies: MockPolicies = samplePolicies();
  /** Every change the screens asked for, in order: `desk.saveWrapUp`, … */
  readonly asked: { route: string; body: unknown }[] = [];
  readonly deskLog: { cursor: number; event: DeskEvent }[] = [];
  readonly deskListeners = new Set<Listener<DeskEvent>>();
  readonly liveListeners = new Set<Listener<LiveEvent>>();
  readonly wrapUps = new Map<string, WrapUp>();
  readonly startedAt: number;

  constructor(now: number, role: Role = 'administrator') {
    this.startedAt = now;
    this.me = sampleMe(role);
    this.connections = sampleConnections(now);
    this.interactions = sampleInteractions(now);
    this.live = sampleLive(now);
    this.writes = sampleWrites(now);
    this.desk = sampleDesk(this.interactions.filter((call) => call.outcome === 'missed'));
  }

  tellDesk(event: DeskEvent): void {
    const cursor = this.desk.cursor + 1;
    this.desk = { ...applyDeskEvent(this.desk, event, cursor), cursor };
    this.deskLog.push({ cursor, event });
    for (const listener of this.deskListeners) listener(event, cursor);
  }

  tellLive(event: LiveEvent): void {
    for (const listener of this.liveListeners) listener(event, 0);
  }
}
