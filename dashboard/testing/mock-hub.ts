/** A hub in memory for screens: same routes, same shapes, and a call that can be played by hand or by a script. */
import type { Me } from './mock-types.ts';
import type { Connection } from '#core/contract/api/connections.ts';
import type { Contact } from '#core/contract/api/directory.ts';
import type { WriteView } from '#core/contract/api/writes.ts';
import type { DeskEvent, DeskSession, WrapUp } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { rolePermissions, type Role } from '#core/contract/permissions.ts';
import { applyDeskEvent } from '../desk-session/desk-state.ts';
import type { LiveEvent } from '../places/live/live-state.ts';
import { eventfulCall, sampleCall } from './sample-calls.ts';
import { sampleConnection, sampleContacts, sampleWrite } from './sample-records.ts';

const minute = 60_000;
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
  /** Every change the screens asked for, in order: `desk.saveWrapUp`, … */
  readonly asked: { route: string; body: unknown }[] = [];
  readonly deskLog: { cursor: number; event: DeskEvent }[] = [];
  readonly deskListeners = new Set<Listener<DeskEvent>>();
  readonly liveListeners = new Set<Listener<LiveEvent>>();
  readonly wrapUps = new Map<string, WrapUp>();
  readonly startedAt: number;

  constructor(now: number, role: Role = 'administrator') {
    this.startedAt = now;
    this.me = {
      user: {
        id: 'u-1',
        email: 'ada@example.com',
        displayName: 'Ada Byron',
        role,
        extension: '1001',
        connectionId: 'pbx',
        disabled: false,
        createdAt: '2026-11-20T07:12:00Z',
      },
      permissions: [...rolePermissions[role]],
    };
    this.connections = [
      sampleConnection({
        id: 'pbx',
        connectorId: 'asterisk-ami',
        name: 'Head office PBX',
        config: { host: 'pbx.example.com', port: 5038, username: 'tieline', trunks: ['PJSIP/trunk'] },
        secretsSet: ['password'],
      }),
      sampleConnection({
        id: 'crm',
        connectorId: 'hubspot',
        name: 'HubSpot',
        secretsSet: ['accessToken'],
        health: {
          state: 'failed',
          since: new Date(now - 5 * minute).toISOString(),
          lastEventAt: null,
          detail: 'HubSpot refused the access token. Make a new one and save it here.',
          code: 'auth.rejected',
          field: 'accessToken',
          reconnects: 3,
        },
      }),
    ];
    this.interactions = [
      eventfulCall('i-1', now - 42 * minute),
      sampleCall({
        id: 'i-2',
        startMs: now - 65 * minute,
        caller: { number: '+862162345678', name: '王伟', presentation: 'allowed' },
        phase: 'ended',
        outcome: 'missed',
        open: false,
        endMs: now - 64 * minute,
        waitMs: 41_000,
        queue: 'sales',
      }),
      sampleCall({
        id: 'i-3',
        startMs: now - 95 * minute,
        direction: 'outbound',
        callee: '+35314960000',
        caller: { number: '1001', name: null, presentation: 'allowed' },
        agents: ['1001'],
        agent: '1001',
        phase: 'ended',
        outcome: 'busy',
        open: false,
        endMs: now - 94 * minute,
      }),
    ];
    this.live = [
      sampleCall({
        id: 'l-1',
        startMs: now - 4 * minute,
        answerMs: now - 3 * minute,
        phase: 'talking',
        agent: '1002',
        agents: ['1002'],
        queue: 'support',
        caller: { number: '+35314960000', name: 'Aoife Brennan', presentation: 'allowed' },
      }),
      sampleCall({ id: 'l-2', startMs: now - 50_000, phase: 'queued', queue: 'sales' }),
      sampleCall({
        id: 'l-3',
        startMs: now - 30_000,
        answerMs: now - 20_000,
        phase: 'held',
        direction: 'outbound',
        callee: '+862162345678',
        agent: '1003',
        agents: ['1003'],
      }),
    ];
    this.writes = [
      sampleWrite({ id: 'w-1', origin: 'interaction:i-1', kept: ['disposition'] }),
      sampleWrite({
        id: 'w-2',
        state: 'dead',
        attempts: 6,
        recordId: null,
        recordUrl: null,
        origin: 'interaction:i-2',
        error: { code: 'record.invalid', message: 'HubSpot refused hs_call_status: not a choice.', field: 'status' },
      }),
      sampleWrite({
        id: 'w-3',
        state: 'retrying',
        attempts: 2,
        recordId: null,
        recordUrl: null,
        settledAt: null,
        nextAttemptAt: new Date(now + minute).toISOString(),
        origin: 'interaction:i-3',
        error: { code: 'remote.unavailable', message: 'HubSpot answered 503.', field: null },
      }),
    ];
    this.desk = {
      userId: 'u-1',
      agent: '1001',
      connectionId: 'pbx',
      agentState: { state: 'ready', reason: null },
      calls: [],
      pops: [],
      openWrapUps: [],
      missed: [this.interactions[1] ?? sampleCall({ id: 'i-2', startMs: now })],
      dispositions: ['resolved', 'callBack', 'wrongNumber'],
      switches: [
        {
          connectionId: 'pbx',
          name: 'Head office PBX',
          verbs: ['makeCall', 'clear', 'transfer', 'attendedTransfer', 'park'],
          agentStates: ['ready', 'notReady'],
        },
      ],
      cursor: 1,
    };
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
