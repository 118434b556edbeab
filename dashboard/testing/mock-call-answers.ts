/** Calls, writes and the hub itself, as the mock hub answers them. */
import * as interactions from '#core/contract/api/interactions.ts';
import * as system from '#core/contract/api/system.ts';
import * as writes from '#core/contract/api/writes.ts';
import type { MockHub } from './mock-hub.ts';
import { missing, on, page, quarters, type MockAnswer } from './mock-route.ts';
import { sampleCandidate } from './sample-records.ts';

const interactionAnswers = [
  on(interactions.listInteractions, (hub, { query }) =>
    page(hub.interactions.filter((one) => query?.outcome === undefined || one.outcome === query.outcome)),
  ),
  on(
    interactions.getInteraction,
    (hub, { params }) =>
      [...hub.interactions, ...hub.live].find((one) => one.id === params.interactionId) ?? missing('interaction'),
  ),
  on(interactions.interactionEvents, (hub, { params }) => ({
    items: [
      {
        kind: 'call' as const,
        eventId: `${params.interactionId}-e1`,
        type: 'delivered' as const,
        callId: `${params.interactionId}-1`,
        atMs: hub.startedAt - 42 * 60_000,
        direction: 'inbound' as const,
      },
    ],
  })),
  on(interactions.interactionMatch, (_, { params }) => ({
    identification: {
      interactionId: params.interactionId,
      contactId: 'c-1',
      action: 'auto' as const,
      candidates: [sampleCandidate],
      trace: [
        { rule: 'states', found: 2, kept: 1, detail: '1 not active', params: { dropped: 1 } },
        { rule: 'key.e164', found: 1, kept: 1, detail: 'the number is the same' },
        { rule: 'action', found: 1, kept: 1, detail: 'auto' },
      ],
      reason: 'The number belongs to Jan de Vries.',
      reasonCode: 'oneMatch' as const,
      reasonParams: { name: 'Jan de Vries' },
    },
  })),
  on(interactions.interactionWrites, (hub, { params }) => ({
    items: hub.writes.filter((one) => one.origin === `interaction:${params.interactionId}`),
  })),
  on(interactions.interactionWrapUp, (hub, { params }) => ({ wrapUp: hub.wrapUps.get(params.interactionId) ?? null })),
  on(interactions.liveSnapshot, (hub) => ({
    interactions: hub.live,
    agents: [
      { connectionId: 'pbx', agent: '1001', state: 'ready', reason: null, sinceMs: hub.startedAt - 600_000 },
      { connectionId: 'pbx', agent: '1002', state: 'busy', reason: null, sinceMs: hub.startedAt - 180_000 },
      { connectionId: 'pbx', agent: '1003', state: 'notReady', reason: 'Lunch', sinceMs: hub.startedAt - 1_500_000 },
    ],
    history: quarters(hub.startedAt).map(({ atMs, index }) => ({
      atMs,
      answered: index > 60 ? (index * 7) % 9 : 0,
      missed: index > 60 ? (index * 5) % 3 : 0,
      abandoned: index > 60 && index % 4 === 0 ? 1 : 0,
      other: index > 60 && index % 7 === 0 ? 1 : 0,
    })),
  })),
];

const systemAnswers = [
  on(system.systemInfo, (hub) => ({
    version: '0.1.0',
    roles: ['api', 'telephony', 'worker'],
    database: 'embedded' as const,
    queue: 'postgres' as const,
    startedAt: new Date(hub.startedAt - 3_600_000).toISOString(),
  })),
  on(system.demoGet, (hub) => demoOf(hub)),
  on(system.demoStart, (hub) => {
    hub.demoRunning = true;
    return demoOf(hub);
  }),
  on(system.demoRemove, (hub) => {
    hub.demoRunning = false;
    return demoOf(hub);
  }),
];

function demoOf(hub: MockHub) {
  return {
    running: hub.demoRunning,
    connectionIds: hub.demoRunning ? ['pbx'] : [],
    crmUrl: hub.demoRunning ? 'http://127.0.0.1:9/' : null,
    extension: hub.demoRunning ? '1001' : null,
    callsPlayed: hub.demoRunning ? 3 : 0,
  };
}

const writeAnswers = [
  on(writes.listWrites, (hub, { query }) =>
    page(hub.writes.filter((one) => query?.state === undefined || one.state === query.state)),
  ),
  on(writes.writeSummary, (hub) => ({
    counts: { waiting: 0, running: 0, retrying: 1, inDoubt: 0, done: 214, dead: 1, superseded: 2 },
    oldestWaitingMs: 61_000,
    history: quarters(hub.startedAt).map(({ atMs, index }) => ({
      atMs,
      done: index > 60 ? (index * 3) % 8 : 0,
      dead: index === 88 ? 1 : 0,
    })),
  })),
  on(writes.deadLetterGroups, (hub) => ({
    items: hub.writes
      .filter((one) => one.state === 'dead')
      .map((one) => ({
        fingerprint: 'f-1',
        connectionId: one.connectionId,
        connectionName: one.connectionName,
        object: one.object,
        code: one.error?.code ?? 'bug',
        message: one.error?.message ?? '',
        count: 1,
        firstAt: one.createdAt,
        lastAt: one.createdAt,
      })),
  })),
  on(writes.redrive, (hub) => {
    const count = hub.writes.filter((one) => one.state === 'dead').length;
    hub.writes = hub.writes.map((one) => (one.state === 'dead' ? { ...one, state: 'waiting', error: null } : one));
    return { redriven: count };
  }),
];

export const mockCallAnswers: readonly MockAnswer[] = [...interactionAnswers, ...systemAnswers, ...writeAnswers];
