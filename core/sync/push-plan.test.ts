import { describe, expect, it } from 'vitest';
import { planPush, type OwedWrite } from './push-plan.ts';

const write = (key: string, desired: OwedWrite['desired'], more: Partial<OwedWrite> = {}): OwedWrite => ({
  id: `w-${key}`,
  key,
  mode: 'upsert',
  desired,
  associations: [],
  ...more,
});
const link = (recordId: string, base = {}) => ({ recordId, base, associations: [] });
const remote = (id: string, values = {}) => ({ id, values, modifiedAtMs: null });

describe('planPush', () => {
  it('creates what has no link and patches what has one', () => {
    const plan = planPush(
      [write('a', { t: '1' }), write('b', { t: '2' })],
      new Map([['b', link('9', { t: '1' })]]),
      new Map([['9', remote('9', { t: '1' })]]),
    );
    expect(plan.push.map(({ change }) => change)).toEqual([
      { key: 'a', recordId: null, values: { t: '1' }, associations: [] },
      { key: 'b', recordId: '9', values: { t: '2' }, associations: [] },
    ]);
  });

  it('sends nothing when the other side already says the same', () => {
    const plan = planPush(
      [write('a', { t: '1' })],
      new Map([['a', link('9', {})]]),
      new Map([['9', remote('9', { t: '1' })]]),
    );
    expect(plan).toMatchObject({ push: [], settled: [{ recordId: '9' }] });
  });

  it('never touches a create-only record again', () => {
    const plan = planPush([write('a', { t: '2' }, { mode: 'createOnly' })], new Map([['a', link('9')]]), new Map());
    expect(plan).toMatchObject({ push: [], gone: [], settled: [{ recordId: '9' }] });
  });

  it('reports a record that was deleted over there instead of making it again', () => {
    expect(planPush([write('a', { t: '2' })], new Map([['a', link('9')]]), new Map()).gone).toHaveLength(1);
  });

  it('sends a late association even when no field changed, and only once', () => {
    const contact = { object: 'contacts', recordId: '51' };
    const late = write('a', { t: '1' }, { associations: [contact] });
    const remotes = new Map([['9', remote('9', { t: '1' })]]);
    expect(planPush([late], new Map([['a', link('9', { t: '1' })]]), remotes).push[0]?.change).toMatchObject({
      values: {},
      associations: [contact],
    });
    expect(
      planPush([late], new Map([['a', { ...link('9', { t: '1' }), associations: [contact] }]]), remotes).push,
    ).toEqual([]);
  });
});
