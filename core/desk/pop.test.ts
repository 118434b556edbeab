import { describe, expect, it } from 'vitest';
import type { Identification } from '#core/contract/api/interactions.ts';
import { sampleInteraction } from '#core/contract/testing/interaction.ts';
import { makePop, upgradePop } from './pop.ts';

const who = (over: Partial<Identification>): Identification => ({
  interactionId: 'i-1',
  contactId: null,
  action: 'none',
  candidates: [],
  trace: [],
  reason: 'no match',
  ...over,
});
const candidate = {
  contactId: 'c-1',
  displayName: 'John',
  accountName: null,
  jobTitle: null,
  recordUrl: null,
  source: 'hub',
};
const fresh = { id: 'p', userId: 'u', agent: '1001', trigger: 'ring' as const, atMs: 5 };
const number = { raw: '+14155550123', e164: '+14155550123', display: '(415) 555-0123' };

describe('makePop', () => {
  it('offers a new record, filled in, when nobody matches', () => {
    const pop = makePop(fresh, sampleInteraction(), who({}), number);
    expect(pop).toMatchObject({
      target: 'create',
      stage: 1,
      defaults: { firstName: 'John', lastName: 'Smith', phone: '+14155550123' },
    });
  });

  it('keeps a Chinese name in its own order and takes no number for a name', () => {
    const named = (name: string) =>
      makePop(fresh, sampleInteraction({ caller: { number: '1', name, presentation: 'allowed' } }), who({}), number)
        .defaults;
    expect(named('王小明')).toMatchObject({ lastName: '王', firstName: '小明' });
    expect(named('+1 415 555 0123')).toMatchObject({ lastName: null, firstName: null });
  });

  it('lets the agent choose when the policy says ask', () => {
    expect(
      makePop(fresh, sampleInteraction(), who({ action: 'ask', candidates: [candidate, candidate] }), number).target,
    ).toBe('choose');
  });
});

it('lets the agent choose among the people of a company, and shows a company alone at once', () => {
  const target = (candidates: Identification['candidates']) =>
    makePop(fresh, sampleInteraction(), who({ action: 'company', candidates }), number).target;
  expect(target([candidate, candidate])).toBe('choose');
  expect(target([candidate])).toBe('record');
});

describe('upgradePop', () => {
  const first = makePop(fresh, sampleInteraction(), who({}), number);
  it('is the same pop with the CRM answer in it', () => {
    expect(upgradePop(first, who({ action: 'auto', contactId: 'c-1', candidates: [candidate] }))).toMatchObject({
      id: 'p',
      stage: 2,
      target: 'record',
    });
  });

  it('never takes back what the agent already chose', () => {
    const chosen = { ...first, state: 'acknowledged' as const, candidates: [candidate], target: 'record' as const };
    expect(upgradePop(chosen, who({ candidates: [] }))).toMatchObject({
      stage: 2,
      target: 'record',
      candidates: [candidate],
    });
  });
});
