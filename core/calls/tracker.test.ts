import type { CallEvent, DeviceRef, LegRef } from '#core/contract/call-events.ts';
import { callEventTypes } from '#core/contract/call-events.ts';
import { interaction } from '#core/contract/interaction.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInteraction } from './interaction.ts';
import { reconcileSnapshot } from './reconcile-snapshot.ts';
import type { TrackedCall } from './tracked-call.ts';
import { createTracker } from './tracker.ts';
import type { Tracker } from './tracker.ts';

const trunk: DeviceRef = { kind: 'trunk', id: 'carrier' };
const phone = (id: string): DeviceRef => ({ kind: 'extension', id });
const leg = (legId: string, device: DeviceRef): LegRef => ({ legId, device });
const party = (number: string) => ({ number, name: null });

let count = 0;
function event(type: CallEvent['type'], atMs: number, more: Partial<CallEvent> = {}): CallEvent {
  count += 1;
  return { kind: 'call', eventId: `e${count}`, type, callId: 'c1', atMs, ...more };
}

const customer = leg('L1', trunk);
const alice = leg('L2', phone('1001'));
const bob = leg('L4', phone('1002'));

/** A switch that tells no more than ECMA-269 asks for: no `connected`, no hints. */
const inbound = [
  event('originated', 0, { leg: customer, calling: party('+1555'), called: party('100'), direction: 'inbound' }),
  event('delivered', 100, { leg: alice, peer: customer }),
  event('established', 2100, { leg: alice, peer: customer }),
];

function track(tracker: Tracker, events: readonly CallEvent[]) {
  const calls = new Map<string, TrackedCall>();
  for (const one of events) {
    const { changed, absorbed } = tracker.apply(one);
    for (const gone of absorbed) calls.delete(gone.id);
    for (const call of changed) calls.set(call.id, call);
  }
  return [...calls.values()].map(toInteraction);
}

const fresh = () => createTracker({ connectionId: 'sw', idOf: (connectionId, callId) => `${connectionId}:${callId}` });
const over = (atMs: number) => [
  event('legCleared', atMs, { leg: alice, clearedBy: 'switch', cause: { q850: 16, text: null } }),
  event('legCleared', atMs, { leg: customer, clearedBy: 'device', cause: { q850: 16, text: null } }),
  event('callCleared', atMs),
];

describe('one interaction', () => {
  it('forgets the number of a caller who turns out to withhold it', () => {
    const withheld = { number: null, name: null, presentation: 'restricted' as const };
    const events = [...inbound, event('originated', 50, { leg: customer, calling: withheld }), ...over(5100)];
    expect(track(fresh(), events)).toMatchObject([{ caller: withheld, outcome: 'answered' }]);
  });

  it('counts a phone that fetches a ringing call as the one that answered', () => {
    const fetcher = leg('L9', phone('1009'));
    const events = [
      ...inbound.slice(0, 2),
      event('transferred', 1000, { leg: customer, transfer: { kind: 'pickup', from: '1001', to: '1009' } }),
      event('established', 1100, { leg: fetcher, peer: customer }),
    ];
    const [call] = track(fresh(), events);
    expect(call).toMatchObject({ agents: ['1009'], transfers: [{ kind: 'pickup' }] });
    expect(call?.legs.find((known) => known.legId === 'L9')?.result).toBe('answered');
  });

  it('has ring, talk and end of a plain call', () => {
    expect(track(fresh(), [...inbound, ...over(5100)])).toMatchObject([
      {
        id: 'sw:c1',
        direction: 'inbound',
        callee: '100',
        agents: ['1001'],
        outcome: 'answered',
        ringMs: 2000,
        talkMs: 3000,
        holdMs: 0,
        endMs: 5100,
        open: false,
      },
    ]);
  });

  it('takes in a consultation by another call and the transfer', () => {
    const consult = leg('L3', phone('1001'));
    const [one, ...others] = track(fresh(), [
      ...inbound,
      event('held', 3100, { leg: alice }),
      event('originated', 3500, { callId: 'c2', leg: consult, calling: party('1001'), called: party('1002') }),
      event('delivered', 3600, { callId: 'c2', leg: bob, peer: consult }),
      event('established', 4100, { callId: 'c2', leg: bob, peer: consult }),
      event('retrieved', 6100, { leg: alice }),
      event('transferred', 6100, {
        leg: customer,
        mergedCallId: 'c2',
        transfer: { kind: 'attended', from: '1001', to: '1002' },
      }),
      event('established', 6100, { callId: 'c2', leg: bob, peer: customer, connected: ['L1'] }),
      event('legCleared', 6200, { leg: alice }),
      event('legCleared', 6200, { callId: 'c2', leg: consult }),
      event('legCleared', 9100, { callId: 'c2', leg: bob }),
      event('callCleared', 9100, { callId: 'c2' }),
      event('legCleared', 9100, { leg: customer }),
      event('callCleared', 9100),
    ]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      callIds: ['c1', 'c2'],
      agents: ['1001', '1002'],
      agent: '1002',
      talkMs: 7000,
      holdMs: 3000,
      transfers: [{ kind: 'attended', from: '1001', to: '1002', atMs: 6100 }],
      open: false,
    });
    expect(one?.legs.map((known) => known.role)).toEqual(['caller', 'agent', 'consult', 'consult']);
  });

  it('absorbs a call that turns out to belong to another', () => {
    const other = leg('L9', phone('1002'));
    const tracker = fresh();
    track(tracker, [...inbound, event('originated', 2500, { callId: 'c9', leg: other, called: party('701') })]);
    const result = tracker.apply(event('established', 3000, { callId: 'c9', leg: other, peer: customer }));
    expect(result.absorbed).toEqual([{ id: 'sw:c9', into: 'sw:c1' }]);
    expect(tracker.open()).toHaveLength(1);
  });

  it('keeps two customers in one conference apart, and counts the colleague once', () => {
    const second = leg('M1', trunk);
    const room = leg('room', { kind: 'conference', id: '800' });
    const colleague = leg('P1', phone('1003'));
    const tracker = fresh();
    const found = track(tracker, [
      ...inbound,
      event('originated', 200, {
        callId: 'm1',
        leg: second,
        calling: party('+1666'),
        called: party('200'),
        direction: 'inbound',
      }),
      event('conferenced', 3000, { leg: customer, peer: room, connected: [] }),
      event('conferenced', 3100, { callId: 'm1', leg: second, peer: room, connected: ['L1'] }),
      event('originated', 3200, { callId: 'p1', leg: colleague, called: party('800') }),
      event('conferenced', 3300, { callId: 'p1', leg: colleague, peer: room, connected: ['L1', 'M1'] }),
    ]);
    expect(found.map((one) => one.id).sort()).toEqual(['sw:c1', 'sw:m1']);
    expect(found.find((one) => one.id === 'sw:c1')?.agents).toEqual(['1001', '1003']);
  });
});

describe('events that come twice, late or never', () => {
  it('change nothing when repeated, in open and in ended calls', () => {
    const events = [
      ...inbound,
      event('held', 3000, { leg: alice }),
      event('retrieved', 4000, { leg: alice }),
      ...over(5100),
    ];
    const once = track(fresh(), events);
    const twice = track(fresh(), [...events.flatMap((one) => [one, one]), ...events]);
    expect(twice.map((one) => ({ ...one, revision: 0 }))).toEqual(once.map((one) => ({ ...one, revision: 0 })));
  });

  it('never make a time run backwards', () => {
    const late = event('held', 1000, { leg: alice });
    const [one] = track(fresh(), [...inbound, late, ...over(5100)]);
    for (const span of one?.legs.flatMap((known) => known.spans) ?? [])
      expect(span.toMs).toBeGreaterThanOrEqual(span.fromMs);
  });

  it('do not begin an interaction by its end', () => {
    expect(track(fresh(), over(100))).toEqual([]);
  });

  it('are made up for calls the switch no longer lists, and only for those', () => {
    const tracker = fresh();
    track(tracker, inbound);
    track(tracker, [
      event('originated', 50, { callId: 'c5', leg: leg('Q1', trunk), direction: 'inbound', called: party('100') }),
    ]);
    const live = [{ callId: 'c5', legs: [{ ...leg('Q1', trunk), state: 'connected' as const }], startedAtMs: 50 }];
    const made = reconcileSnapshot(tracker.open(), live, 9000);
    expect(made.every((one) => one.inferred === true && one.atMs === 9000)).toBe(true);
    expect(new Set(made.map((one) => one.callId))).toEqual(new Set(['c1']));
    const [one] = track(tracker, made);
    expect(one).toMatchObject({ id: 'sw:c1', open: false, inferred: true, outcome: 'answered' });
    expect(reconcileSnapshot(tracker.open(), live, 9000)).toEqual([]);
  });

  it('leave a call as it was that simply went on, and mark one that changed meanwhile', () => {
    const relisted = (more: Partial<CallEvent>) => [
      event('originated', 0, { leg: customer, called: party('100'), direction: 'inbound', inferred: true }),
      event('established', 9000, { inferred: true, ...more }),
    ];
    const same = relisted({ leg: alice, peer: customer });
    expect(track(fresh(), [...inbound, ...same, ...over(12_000)])).toMatchObject([{ inferred: false, talkMs: 9900 }]);
    const moved = relisted({ leg: bob, peer: customer });
    expect(track(fresh(), [...inbound, ...moved])).toMatchObject([{ inferred: true, open: true }]);
  });
});

describe('a leg that moved to another call while nobody listened', () => {
  it('does not leave the interaction open', () => {
    const consult = leg('L3', phone('1001'));
    const [one] = track(fresh(), [
      ...inbound,
      event('held', 3000, { leg: alice }),
      event('originated', 3100, { callId: 'c2', leg: consult, called: party('1002') }),
      event('established', 3200, { callId: 'c2', leg: bob, peer: consult }),
      event('established', 4000, { callId: 'c2', leg: bob, peer: customer, connected: ['L1'] }),
      event('legCleared', 4100, { leg: alice }),
      event('legCleared', 4100, { callId: 'c2', leg: consult }),
      // From here the switch calls both remaining legs c1.
      event('legCleared', 9000, { callId: 'c1', leg: bob }),
      event('legCleared', 9000, { callId: 'c1', leg: customer }),
      event('callCleared', 9000, { callId: 'c1' }),
    ]);
    expect(one).toMatchObject({ open: false, endMs: 9000, agent: '1002' });
  });
});

describe('a list that only confirms what is known', () => {
  it('neither marks the call as inferred nor takes it off hold', () => {
    const tracker = fresh();
    track(tracker, [...inbound, event('held', 3000, { leg: alice })]);
    const confirmed = event('established', 4000, { leg: alice, peer: customer, connected: ['L1'], inferred: true });
    expect(track(tracker, [confirmed])).toMatchObject([{ phase: 'held', inferred: false }]);
    const news = event('established', 5000, { leg: bob, peer: customer, connected: ['L1'], inferred: true });
    expect(track(tracker, [news])).toMatchObject([{ phase: 'talking', inferred: true }]);
  });
});

describe('any events in any order', () => {
  const legs = ['L1', 'L2', 'L3', 'L4'];
  const devices: readonly DeviceRef[] = [trunk, phone('1001'), phone('1002'), { kind: 'conference', id: '800' }];
  const refs = fc.record({ legId: fc.constantFrom(...legs), device: fc.constantFrom(...devices) });
  const anyEvent = fc.record(
    {
      type: fc.constantFrom(...callEventTypes),
      callId: fc.constantFrom('c1', 'c2'),
      atMs: fc.integer({ min: 0, max: 10_000 }),
      leg: refs,
      peer: refs,
      connected: fc.subarray(legs),
      mergedCallId: fc.constantFrom('c1', 'c2'),
      transfer: fc.constant({ kind: 'attended' as const, from: '1001', to: '1002' }),
      queue: fc.constantFrom('support', 'sales'),
      called: fc.constant(party('100')),
      inferred: fc.boolean(),
    },
    { requiredKeys: ['type', 'callId', 'atMs'] },
  );

  it('never throw, never run time backwards, and survive being stored', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const tracker = fresh();
        for (const [index, one] of events.entries()) {
          for (const call of tracker.apply({ kind: 'call', eventId: `f${index}`, ...one }).changed) {
            expect(JSON.parse(JSON.stringify(call))).toEqual(call);
            const shown = interaction.parse(toInteraction(call));
            for (const span of shown.legs.flatMap((known) => known.spans)) {
              if (span.toMs !== null) expect(span.toMs).toBeGreaterThanOrEqual(span.fromMs);
            }
            expect(shown.talkMs).toBeGreaterThanOrEqual(shown.holdMs);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('memory', () => {
  it('holds open calls only, however many have ended', () => {
    const tracker = fresh();
    for (let i = 0; i < 3000; i += 1) {
      const one = leg(`T${i}`, trunk);
      const callId = `x${i}`;
      tracker.apply(
        event('originated', i, { callId, leg: one, calling: party('+1'), called: party('1'), direction: 'inbound' }),
      );
      tracker.apply(event('legCleared', i, { callId, leg: one }));
      tracker.apply(event('callCleared', i, { callId }));
    }
    expect(tracker.open()).toEqual([]);
  });
});
