import { expect, test, vi } from 'vitest';
import type { CallControl } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { defaultBreakerLimits } from './breaker.ts';
import { hiderOf } from './clean-error.ts';
import type { AnySession } from './connectors.ts';
import { Guard } from './guard.ts';
import { guardSession } from './guarded-session.ts';
import { defaultQuotaLimits } from './quota.ts';

const measured: string[] = [];
const guard = () =>
  new Guard({
    connectionName: 'PBX',
    now: () => 0,
    after: () => () => undefined,
    measure: (call, outcome) => measured.push(`${call} ${outcome}`),
    hide: hiderOf(['s3cret']),
    breakerTurned: () => undefined,
    breakerLimits: defaultBreakerLimits,
    quotaLimits: defaultQuotaLimits,
  });
const identity = { connectionId: 'c1', connectionName: 'PBX' };
const base = {
  lost: new Promise<Error>(() => undefined),
  probe: () => Promise.resolve({ ok: true, checks: [] }),
  close: () => Promise.resolve(),
};

test('a facet the connector does not declare is refused, whatever the session object has', async () => {
  const clear = vi.fn<CallControl['clear']>();
  const session: AnySession = { ...base, callControl: { clear } };
  const guarded = guardSession({ ...identity, facets: {} }, session, guard());
  await expect(guarded.control('clear', 'l1')).rejects.toMatchObject({
    code: 'facet.unsupported',
    message: '"PBX" does not support "clear": it has no call control.',
  });
  await expect(guarded.setAgentState('1001', 'ready')).rejects.toMatchObject({ code: 'facet.unsupported' });
  expect(clear).not.toHaveBeenCalled();
  expect([guarded.records, guarded.callerLookup, await guarded.snapshot()]).toEqual([null, null, []]);
});

test('a declared verb the session lacks is refused too, and a present one keeps its this', async () => {
  class Control {
    readonly cleared: string[] = [];
    async clear(leg: string): Promise<void> {
      this.cleared.push(leg);
    }
  }
  const control = new Control();
  const facets = { callControl: { verbs: ['clear', 'hold'] as const } };
  const guarded = guardSession({ ...identity, facets }, { ...base, callControl: control }, guard());
  await guarded.control('clear', 'l1');
  expect(control.cleared).toEqual(['l1']);
  await expect(guarded.control('hold', 'l1')).rejects.toMatchObject({ code: 'facet.unsupported' });
  expect(measured).toContain('callControl.clear ok');
});

test('as many outcomes as changes, or it is a bug of the connector', async () => {
  const records: AnySession['records'] = {
    limits: { batchSize: 2 },
    describe: (name) => Promise.resolve({ name, fields: [] }),
    pull: () => Promise.resolve({ records: [], deletedIds: [], cursor: null, more: false }),
    read: () => Promise.resolve([]),
    findByKey: () => Promise.resolve(null),
    push: () => Promise.resolve([]),
  };
  const facets = { records: { objects: [] } };
  const guarded = guardSession({ ...identity, facets }, { ...base, records }, guard());
  const change = { key: 'k', recordId: null, values: {} };
  await expect(guarded.records?.push('calls', [change])).rejects.toMatchObject({ code: 'bug' });
});

test('the reason of a loss is a HubError without secrets, whatever the connector says', async () => {
  const reasons = [new Error('closed by s3cret'), new HubError('link.lost', 's3cret'), 's3cret'];
  for (const reason of reasons) {
    for (const lost of [Promise.resolve(reason as Error), Promise.reject(reason)]) {
      const error = await guardSession({ ...identity, facets: {} }, { ...base, lost }, guard()).lost;
      expect(error).toMatchObject({ code: 'link.lost' });
      expect(error.message).not.toContain('s3cret');
    }
  }
});
