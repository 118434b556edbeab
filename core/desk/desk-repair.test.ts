import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeskEvent } from '#core/contract/desk.ts';
import type { Interaction, InteractionLeg } from '#core/contract/interaction.ts';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { CallEventsStore } from '#core/calls/call-events.store.ts';
import { callsMigrations } from '#core/calls/calls.migration.ts';
import { InteractionsStore } from '#core/calls/interactions.store.ts';
import { createLog } from '#core/platform/log/log.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { DeskEventsStore } from './desk-events.store.ts';
import { DeskRepairService } from './desk-repair.service.ts';
import { deskMigrations } from './desk.migration.ts';
import { DeskService } from './desk.service.ts';
import { PopsStore } from './pops.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([...callsMigrations, ...deskMigrations]);
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('truncate pop, desk_event, desk_cursor, interaction'));

const identification = {
  ...{ interactionId: 'i-1', contactId: null, action: 'none', candidates: [], trace: [], reason: 'no match' },
};
const caller = { identification, number: { raw: null, e164: null, display: null }, stored: Promise.resolve() };

/** A desk as a process starts it: it knows what is stored and nothing else. */
function deskOf(failing = new Set<string>()) {
  const { dataSource } = database;
  const clock = { now: () => 1_000 };
  const log = createLog('silent');
  let isSeated = true;
  const phones = { byAgent: async (_connection: string, agent: string) => (isSeated ? { id: `u-${agent}` } : null) };
  const leave = (): void => {
    isSeated = false;
  };
  const identify = async ({ id }: Interaction) => {
    if (failing.has(id)) throw new Error('the directory does not answer');
    return caller;
  };
  const callers = { identify, identifyNew: identify, askCrm: async () => null };
  const bus = { publish: async () => undefined, request: () => Promise.reject(new Error('none')) };
  const pops = new PopsStore(dataSource);
  const events = new DeskEventsStore(dataSource);
  const desk = new DeskService(phones as never, pops, events, callers as never, bus, clock, log);
  const interactions = new InteractionsStore(dataSource);
  const repair = new DeskRepairService(desk, pops, events, interactions, { roles: ['telephony'] }, clock, log);
  return { desk, repair, pops, events, leave };
}

const ringing = (over: Partial<Interaction> = {}): Interaction =>
  sampleInteraction({
    ...{ revision: 1, open: true, phase: 'ringing', outcome: null, endMs: null, answerMs: null },
    ...{ agents: [], agent: null, ringing: ['1001'] },
    ...over,
  });
const unanswered: InteractionLeg = {
  ...{ legId: 'l', callId: 'c', device: '1001', deviceKind: 'extension', agent: '1001', role: 'agent' },
  ...{ result: 'noAnswer', startMs: 0, endMs: 5, cause: null, spans: [] },
};
const store = (...interactions: Interaction[]): Promise<void> =>
  new CallEventsStore(database.dataSource).commit([
    {
      ...{ connectionId: 'pbx', callEvents: [], agentEvents: [], absorbed: [] },
      changed: interactions.map((interaction) => ({ interaction, resume: null })),
    },
  ]);
const states = async (pops: PopsStore, id = 'i-1'): Promise<string[]> =>
  (await pops.ofInteractions([id])).map(({ state, closedReason }) => `${state} ${closedReason}`);
const typesOf = async (events: DeskEventsStore, userId: string): Promise<DeskEvent['type'][]> =>
  (await events.after(userId, 0, 100)).map(({ event }) => event.type);

describe('the repair of desks', () => {
  it('pops a call that was stored when the hub was killed', async () => {
    await store(ringing());
    const { repair, pops } = deskOf();
    await repair.catchUp('pbx');
    await repair.catchUp('pbx');
    expect(await states(pops)).toEqual(['shown null']);
  });

  it('closes the pop of a call that ended unseen, and leaves the one to wrap up alone', async () => {
    const before = deskOf();
    await before.desk.interactionChanged(ringing());
    await before.desk.interactionChanged(ringing({ id: 'i-2' }));
    await store(
      sampleInteraction({ outcome: 'missed', answerMs: null, agents: [], agent: null, legs: [unanswered] }),
      sampleInteraction({ id: 'i-2' }),
    );
    const { repair, pops } = deskOf();
    await repair.catchUp('pbx');
    expect(await states(pops)).toEqual(['closed ended']);
    expect(await states(pops, 'i-2')).toEqual(['shown null']);
  });

  it('takes a call that became part of another one off the desks of both', async () => {
    const { desk, repair, pops, events } = deskOf();
    await desk.interactionChanged(ringing({ id: 'consult', ringing: ['1002'] }));
    await repair.absorbed('consult', ringing());
    expect(await states(pops, 'consult')).toEqual(['closed ended']);
    expect(await typesOf(events, 'u-1001')).toEqual(['reset']);
    expect(await typesOf(events, 'u-1002')).toEqual(['call', 'pop', 'pop', 'reset']);
  });

  it('closes the pop of a user who left the phone while it rang', async () => {
    const { desk, pops, leave } = deskOf();
    await desk.interactionChanged(ringing());
    leave();
    await desk.interactionChanged(ringing({ revision: 2, ringing: [] }));
    expect(await states(pops)).toEqual(['closed rangOut']);
  });

  it('knows the pops of a call again after it forgot them', async () => {
    const { desk, pops } = deskOf();
    await desk.interactionChanged(ringing());
    desk.forgetAll();
    await desk.interactionChanged(ringing({ revision: 2 }));
    expect(await states(pops)).toEqual(['shown null']);
    desk.forgetAll();
    await desk.interactionChanged(ringing({ revision: 3, ringing: [], legs: [unanswered] }));
    expect(await states(pops)).toEqual(['closed rangOut']);
  });

  it('shows nobody a pop whose call is no more', async () => {
    const { desk, pops } = deskOf();
    await desk.interactionChanged(ringing());
    await database.dataSource.query('update pop set at = now()');
    expect(await pops.shown('u-1001')).toEqual([]);
    await store(ringing());
    expect(await pops.shown('u-1001')).toHaveLength(1);
  });

  it('pops the other calls when one cannot be looked up', async () => {
    const { desk, pops } = deskOf(new Set(['i-1']));
    await Promise.all([desk.interactionChanged(ringing()), desk.interactionChanged(ringing({ id: 'i-2' }))]);
    expect(await states(pops)).toEqual([]);
    expect(await states(pops, 'i-2')).toEqual(['shown null']);
  });
});
