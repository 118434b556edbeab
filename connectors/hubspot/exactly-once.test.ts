/** For any schedule of faults: after retries each key has exactly one call, with its contact. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Outcome, Records, Session } from '#core/contract/connector.ts';
import { asHubError } from '#core/contract/errors.ts';
import type { HubSpotFacets } from './session.ts';
import { openAgainst } from './testing/open-session.ts';
import type { PeerFault } from './testing/peer-faults.ts';
import { startFakeHubSpot, type FakeHubSpot } from './testing/peer.ts';

let peer: FakeHubSpot;
let session: Session<HubSpotFacets>;
let records: Records;
let contactId: string;

beforeAll(async () => {
  peer = await startFakeHubSpot({ limits: null, searchLagMs: 30_000 });
  contactId = peer.seed('contacts', { firstname: 'Ann', phone: '+14155550123' }).id;
  session = await openAgainst(peer);
  records = session.records;
});
afterAll(async () => {
  await session.close();
  await peer.close();
});

const faults: readonly PeerFault[] = [
  ...(['resetBefore', 'resetAfter', 'garbage', 'garbageAfter', 'truncatedAfter', 'html'] as const),
  ...(['serverError', 'unavailable', 'unavailableAfter', 'rateLimitSecondly', 'locked'] as const),
];
const paths = ['/batch/upsert', '/batch/update', '/associate/default', '/properties/', '/objects/calls/'];
const schedule = fc.array(
  fc.record({
    fault: fc.constantFrom(...faults),
    path: fc.constantFrom(...paths),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 6 },
);

/** What the outbox does with outcomes, without its clock: in doubt is looked up first, the rest is sent again. */
async function sendUntilDone(changes: readonly Change[]): Promise<ReadonlyMap<string, string>> {
  const done = new Map<string, string>();
  const doubtful = new Set<string>();
  const known = new Map<string, string>();
  for (let round = 0; done.size < changes.length; round += 1) {
    if (round > 60) throw new Error('never settled');
    const owed = changes.filter((change) => !done.has(change.key));
    for (const { key } of owed) if (doubtful.has(key)) await resolveDoubt(key, { doubtful, known });
    const ready = owed.filter((change) => !doubtful.has(change.key));
    const batch = ready.map((change) => ({ ...change, recordId: known.get(change.key) ?? null }));
    for (const [index, outcome] of (await push(batch)).entries()) {
      const key = batch[index]?.key ?? '';
      if (outcome.status === 'done') done.set(key, outcome.recordId);
      else if (outcome.status === 'inDoubt') doubtful.add(key);
      else expect(outcome.status).toBe('retry');
    }
  }
  return done;
}

async function resolveDoubt(key: string, state: { doubtful: Set<string>; known: Map<string, string> }): Promise<void> {
  try {
    const found = await records.findByKey('calls', key);
    if (found !== null) state.known.set(key, found.id);
    state.doubtful.delete(key);
  } catch {
    // The look-up met a fault too: the doubt stays for the next round.
  }
}

async function push(batch: readonly Change[]): Promise<readonly Outcome[]> {
  if (batch.length === 0) return [];
  try {
    return await records.push('calls', batch);
  } catch (thrown) {
    const { code } = asHubError(thrown);
    expect(code).toMatch(/^(remote\.|link\.)/);
    return batch.map(() => ({ status: 'retry', afterMs: 0, reason: code }));
  }
}

let run = 0;
test('one call per key, whatever breaks', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, fc.integer({ min: 1, max: 5 }), async (planned, size) => {
      run += 1;
      peer.faults.clear();
      for (const { fault, path, count } of planned) peer.faults.plan(fault, count, { path });
      const keys = Array.from({ length: size }, (_, index) => `run${run}-${index}`);
      const done = await sendUntilDone(
        keys.map((key) => ({
          key,
          recordId: null,
          values: { hs_timestamp: '2026-11-22T01:00:00Z', hs_call_title: key },
          associations: [{ object: 'contacts', recordId: contactId }],
        })),
      );
      for (const key of keys) {
        const stored = peer.calls().filter((call) => call.properties['tieline_key'] === key);
        expect(stored.map(({ id }) => id)).toEqual([done.get(key)]);
        expect(peer.associated('calls', stored[0]?.id ?? '', 'contacts')).toEqual([contactId]);
      }
    }),
    { numRuns: 60 },
  );
  const titles = peer.calls().map((call) => call.properties['hs_call_title']);
  expect(new Set(titles).size).toBe(titles.length);
});

test('500 concurrent writes of 100 calls make 100, although search knows none of them yet', async () => {
  peer.faults.clear();
  // The burst waits for few sockets, so it needs more time than a single request.
  const patient = await openAgainst(peer, { requestTimeoutSecs: 20 });
  const before = peer.calls().length;
  const outcomes = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      patient.records.push('calls', [
        { key: `burst-${index % 100}`, recordId: null, values: { hs_timestamp: '2026-11-22T01:00:00Z' } },
      ]),
    ),
  );
  await patient.close();
  expect(new Set(outcomes.flat().map(({ status }) => status))).toEqual(new Set(['done']));
  expect(peer.calls().length - before).toBe(100);
});
