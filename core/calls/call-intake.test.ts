import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { switchEvent, type SwitchEvent } from '#core/contract/call-events.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import { createLog } from '#core/platform/log/log.ts';
import { Metrics } from '#core/platform/metrics/metrics.ts';
import { packageRoot } from '#core/platform/package-root.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { CallEventsStore } from './call-events.store.ts';
import { CallIntakeService } from './call-intake.service.ts';
import { callsMigrations } from './calls.migration.ts';
import { InteractionsStore } from './interactions.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(callsMigrations);
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('truncate call_event, interaction, agent_state, wrap_up'));

/** A call recorded from a real switch, as the demo plays it. */
function recorded(name: string): SwitchEvent[] {
  const path = join(packageRoot(), 'connectors', 'replay', 'fixtures', `${name}.events.jsonl`);
  const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => switchEvent.parse(JSON.parse(line)));
}

function newProcess(breakCommit: () => boolean = () => false) {
  const announced: Interaction[] = [];
  const bus: Bus = {
    publish: async (topic, payload) => {
      if (topic === 'interaction.changed') announced.push((payload as { interaction: Interaction }).interaction);
    },
    request: () => Promise.reject(new Error('no requests here')),
  };
  const events = new CallEventsStore(database.dataSource);
  const store: typeof events = Object.assign(Object.create(events), {
    commit: (commits: Parameters<typeof events.commit>[0]) =>
      breakCommit() ? Promise.reject(new Error('the database went away')) : events.commit(commits),
  });
  const interactions = new InteractionsStore(database.dataSource);
  const intake = new CallIntakeService(store, interactions, bus, createLog('silent'), new Metrics());
  return { intake, interactions, announced };
}

const stored = async (): Promise<Interaction[]> =>
  (await new InteractionsStore(database.dataSource).page({}, undefined, 50)).items;
/** Apart from how often it was stored, which depends on how the events were cut into pushes. */
const essence = (all: readonly Interaction[]) => all.map((one) => ({ ...one, revision: 0 }));

describe('the call intake', () => {
  it('stores the events and the interaction they make, and announces after that', async () => {
    const { intake, announced } = newProcess();
    await intake.push('pbx', recorded('queue-answered'));
    const [interaction] = await stored();
    expect(interaction).toMatchObject({
      direction: 'inbound',
      queue: 'support',
      agent: '1002',
      outcome: 'answered',
      open: false,
    });
    expect(announced.at(-1)).toEqual(interaction);
  });

  it('comes to the same interaction whether events arrive one by one, all at once or twice', async () => {
    const events = recorded('attended-transfer');
    await newProcess().intake.push('pbx', events);
    const atOnce = essence(await stored());
    await database.dataSource.query('truncate call_event, interaction');
    const { intake } = newProcess();
    for (const event of events) await Promise.all([intake.push('pbx', [event]), intake.push('pbx', [event])]);
    await intake.push('pbx', events);
    expect(essence(await stored())).toEqual(atOnce);
    expect((await database.dataSource.query('select count(*)::int as n from call_event'))[0]).toEqual({
      n: events.filter(({ kind }) => kind === 'call').length,
    });
  });

  it('goes on after the process was killed at any event, without the switch repeating what was stored', async () => {
    const events = recorded('hold');
    await newProcess().intake.push('pbx', events);
    const whole = essence(await stored());
    for (let cut = 1; cut < events.length; cut += 1) {
      await database.dataSource.query('truncate call_event, interaction');
      await newProcess().intake.push('pbx', events.slice(0, cut));
      await newProcess().intake.push('pbx', events.slice(cut));
      expect(essence(await stored())).toEqual(whole);
    }
  });

  it('tracks nothing that was not stored: a failed commit is repeated from the stored state', async () => {
    const events = recorded('hold');
    await newProcess().intake.push('pbx', events);
    const whole = essence(await stored());
    await database.dataSource.query('truncate call_event, interaction');
    let commits = 0;
    const { intake } = newProcess(() => (commits += 1) % 2 === 0);
    for (const event of events) {
      await intake.push('pbx', [event]).catch(() => intake.push('pbx', [event]));
    }
    expect(essence(await stored())).toEqual(whole);
  });

  it('ends a call that the switch no longer lists after a gap, marked as inferred', async () => {
    const events = recorded('inbound-answered');
    const { intake } = newProcess();
    await intake.push('pbx', events.slice(0, Math.ceil(events.length / 2)));
    await intake.reconcile('pbx', [], 20_000);
    expect(await stored()).toMatchObject([{ open: false, inferred: true }]);
  });

  it('ends a call nothing was heard of for long at the last moment something was, and only that one', async () => {
    const { intake } = newProcess();
    const half = recorded('inbound-answered').slice(0, 6);
    await intake.push('pbx', half);
    const lastMs = Math.max(...half.map(({ atMs }) => atMs));
    await intake.endSilent('pbx', lastMs);
    expect(await stored()).toMatchObject([{ open: true }]);
    await intake.endSilent('pbx', lastMs + 1);
    expect(await stored()).toMatchObject([{ open: false, inferred: true, endMs: lastMs }]);
  });

  it('keeps the calls of two connections apart even when the switches use the same ids', async () => {
    const { intake } = newProcess();
    await Promise.all([
      intake.push('one', recorded('inbound-answered')),
      intake.push('two', recorded('inbound-answered')),
    ]);
    expect((await stored()).map(({ connectionId }) => connectionId).toSorted()).toEqual(['one', 'two']);
  });
});
