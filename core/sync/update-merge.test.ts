import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planUpdate, sameValue } from './update-merge.ts';

describe('planUpdate', () => {
  it('writes only what changed since the last write', () => {
    const plan = planUpdate(
      { title: 'Call', status: 'RINGING' },
      { title: 'Call', status: 'RINGING' },
      { title: 'Call', status: 'COMPLETED' },
    );
    expect(plan.patch).toEqual({ status: 'COMPLETED' });
    expect(plan.kept).toEqual([]);
  });

  it('keeps a field that was edited on the other side, even when the hub has news for it', () => {
    const plan = planUpdate({ body: 'hub text' }, { body: 'agent text' }, { body: 'hub text, longer' });
    expect(plan.patch).toEqual({});
    expect(plan.kept).toEqual(['body']);
    expect(plan.nextBase).toEqual({ body: 'hub text' });
  });

  it('keeps an edit when the hub has no news for the field', () => {
    expect(planUpdate({ body: 'hub text' }, { body: 'agent text' }, { body: 'hub text' }).kept).toEqual(['body']);
  });

  it('adds a field the hub never wrote only where the other side is blank', () => {
    const base = { status: 'COMPLETED' };
    expect(planUpdate(base, { status: 'COMPLETED' }, { recording: 'https://r' }).patch).toEqual({
      recording: 'https://r',
    });
    expect(planUpdate(base, { recording: 'https://own' }, { recording: 'https://r' }).kept).toEqual(['recording']);
  });

  it('takes the same edit on both sides as agreed', () => {
    const plan = planUpdate({ a: '1' }, { a: '2' }, { a: '2' });
    expect(plan).toEqual({ patch: {}, kept: [], nextBase: { a: '2' } });
  });

  it('sees no change in another spelling of the same value', () => {
    expect(sameValue(7000, '7000')).toBe(true);
    expect(sameValue('2026-11-22T01:48:38Z', '2026-11-22T01:48:38.000Z')).toBe(true);
    expect(sameValue(null, '')).toBe(true);
    expect(sameValue('1', '2')).toBe(false);
  });

  it('is settled after one round: planning again on the result writes nothing new', () => {
    const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', '1', '2', '3', null));
    fc.assert(
      fc.property(record, record, record, (base, remote, desired) => {
        const first = planUpdate(base, remote, desired);
        const second = planUpdate(first.nextBase, { ...remote, ...first.patch }, desired);
        expect(second.patch).toEqual({});
        for (const field of first.kept) expect(field in first.patch).toBe(false);
      }),
    );
  });
});
