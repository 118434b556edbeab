/** A small call centre at work: what a mock hub starts with. */
import type { Connection } from '#core/contract/api/connections.ts';
import type { WriteView } from '#core/contract/api/writes.ts';
import type { DeskSession } from '#core/contract/desk.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { rolePermissions, type Role } from '#core/contract/permissions.ts';
import type { Me } from './mock-types.ts';
import { eventfulCall, sampleCall } from './sample-calls.ts';
import { sampleConnection, sampleWrite } from './sample-records.ts';

const minute = 60_000;
const ago = (now: number, ms: number) => new Date(now - ms).toISOString();

export function sampleMe(role: Role): Me {
  return {
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
}

export function sampleConnections(now: number): Connection[] {
  const quiet = { detail: null, code: null, field: null, reconnects: 0 };
  return [
    sampleConnection({
      id: 'pbx',
      connectorId: 'asterisk-ami',
      name: 'Head office PBX',
      config: { host: 'pbx.example.com', port: 5038, username: 'tieline', trunks: ['PJSIP/trunk'] },
      secretsSet: ['password'],
      health: { ...quiet, state: 'up', since: ago(now, 120 * minute), lastEventAt: ago(now, minute / 2) },
    }),
    sampleConnection({
      id: 'crm',
      connectorId: 'hubspot',
      name: 'HubSpot',
      secretsSet: ['accessToken'],
      health: {
        state: 'failed',
        since: ago(now, 5 * minute),
        lastEventAt: null,
        detail: 'HubSpot refused the access token. Make a new one and save it here.',
        code: 'auth.rejected',
        field: 'accessToken',
        reconnects: 3,
      },
    }),
  ];
}

export function sampleInteractions(now: number): Interaction[] {
  return [
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
}

export function sampleLive(now: number): Interaction[] {
  return [
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
}

export function sampleWrites(now: number): WriteView[] {
  const unwritten = { recordId: null, recordUrl: null };
  return [
    sampleWrite({ id: 'w-1', origin: 'interaction:i-1', kept: ['disposition'] }),
    sampleWrite({
      ...unwritten,
      id: 'w-2',
      state: 'dead',
      attempts: 6,
      origin: 'interaction:i-2',
      error: { code: 'record.invalid', message: 'HubSpot refused hs_call_status: not a choice.', field: 'status' },
    }),
    sampleWrite({
      ...unwritten,
      id: 'w-3',
      state: 'retrying',
      attempts: 2,
      settledAt: null,
      nextAttemptAt: new Date(now + minute).toISOString(),
      origin: 'interaction:i-3',
      error: { code: 'remote.unavailable', message: 'HubSpot answered 503.', field: null },
    }),
  ];
}

export function sampleDesk(missed: Interaction[]): DeskSession {
  return {
    userId: 'u-1',
    agent: '1001',
    connectionId: 'pbx',
    agentState: { state: 'ready', reason: null },
    calls: [],
    pops: [],
    openWrapUps: [],
    missed,
    dispositions: ['resolved', 'followUp', 'salesLead', 'wrongNumber', 'noAnswer'],
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
