import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identification } from '#core/contract/api/interactions.ts';
import { matchPolicy, type MatchPolicy } from '#core/contract/match-policy.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import { reversedDigits } from '#core/kit/number-format.ts';
import type { Candidate } from './candidate.ts';
import { identify } from './identity.ts';
import { defaultMatchPolicy } from './match-policy.ts';

const number = parseNumber('+1 415 555 0123');
const question = { number };

function contact(id: string, about: Partial<Candidate> & { phone?: string } = {}): Candidate {
  const stored = parseNumber(about.phone ?? '+14155550123');
  const { phone: _, ...rest } = about;
  return {
    contactId: id,
    accountId: null,
    displayName: id,
    accountName: null,
    jobTitle: null,
    recordUrl: null,
    source: 'directory',
    status: 'active',
    domains: [],
    isCorrelated: false,
    isVouched: false,
    e164: stored.e164,
    extension: stored.extension,
    reversed: reversedDigits(stored),
    createdAtMs: 0,
    updatedAtMs: 0,
    lastContactByAgentAtMs: null,
    ...rest,
  };
}
const atAcme = { accountId: 'acme', accountName: 'Acme' };
const policy = (about: Partial<MatchPolicy>): MatchPolicy => matchPolicy.parse({ ...defaultMatchPolicy, ...about });

describe('one record', () => {
  it('is taken', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann')]);
    expect(decision).toMatchObject({ action: 'auto', contactId: 'ann', reasonCode: 'oneMatch' });
    expect(decision.reason).toBe('The number belongs to ann.');
    expect(decision.trace.map((step) => step.rule)).toEqual([
      'states',
      'key.correlation',
      'key.numberAndExtension',
      'key.e164',
      'objects',
      'action',
    ]);
  });

  it('counts once when found by two of its numbers', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann'), contact('ann', { extension: '17' })]);
    expect(decision).toMatchObject({ action: 'auto', contactId: 'ann' });
    expect(decision.candidates).toHaveLength(1);
  });

  it('is asked about when only the last digits agree', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann', { phone: '415-555-0123' })]);
    expect(decision).toMatchObject({ action: 'ask', contactId: null, reasonCode: 'uncertainMatch' });
  });

  it('does not match a different full number with the same ending', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann', { phone: '+442075550123' })]);
    expect(decision).toMatchObject({ action: 'none', reasonCode: 'noMatch' });
  });

  it('does not match a local number of another area', () => {
    expect(identify(defaultMatchPolicy, question, [contact('ann', { phone: '0212 555 0123' })]).action).toBe('none');
  });

  it('ignores the trunk zero in a number nobody could parse', () => {
    const caller = { number: parseNumber('+442079460000') };
    expect(identify(defaultMatchPolicy, caller, [contact('dan', { phone: '020 7946 0000' })]).reasonCode).toBe(
      'uncertainMatch',
    );
  });

  it('wins by number and extension over those who share the switchboard', () => {
    const caller = { number: parseNumber('+14155550123 x17') };
    const decision = identify(defaultMatchPolicy, caller, [contact('ann'), contact('bob', { extension: '17' })]);
    expect(decision).toMatchObject({ contactId: 'bob', action: 'auto' });
  });

  it('is the one a click-to-dial named, whatever else has the number', () => {
    const named = contact('cara', { isCorrelated: true, e164: null, reversed: null });
    const decision = identify(defaultMatchPolicy, question, [contact('ann'), contact('bob'), named]);
    expect(decision).toMatchObject({ contactId: 'cara', action: 'auto', reasonCode: 'fromClickToDial' });
  });

  it('is believed when the CRM itself named it for the number', () => {
    const vouched = contact('dora', { isVouched: true, e164: null, reversed: null });
    expect(identify(defaultMatchPolicy, question, [vouched])).toMatchObject({ contactId: 'dora', action: 'auto' });
  });
});

describe('several records', () => {
  it('of one company mean the company', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann', atAcme), contact('bob', atAcme)]);
    expect(decision).toMatchObject({
      action: 'company',
      contactId: null,
      accountId: 'acme',
      reasonCode: 'sameCompany',
    });
    expect(decision.reason).toBe('2 people of Acme share this number.');
    expect(decision.candidates).toHaveLength(2);
  });

  it('of different companies are asked about', () => {
    const decision = identify(defaultMatchPolicy, question, [contact('ann', atAcme), contact('bob')]);
    expect(decision).toMatchObject({ action: 'ask', contactId: null, accountId: null, reasonCode: 'severalMatches' });
  });

  it('prefer the person over the company itself', () => {
    const company = contact('x', { contactId: null, displayName: 'Acme', ...atAcme });
    expect(identify(defaultMatchPolicy, question, [company, contact('ann', atAcme)]).contactId).toBe('ann');
    const accountsFirst = policy({ objects: ['account', 'contact'] });
    expect(identify(accountsFirst, question, [company, contact('ann', atAcme)])).toMatchObject({
      contactId: null,
      accountId: 'acme',
      action: 'auto',
    });
  });

  it('are taken by the first tie-breaker that tells them apart, when the policy says so', () => {
    const auto = policy({ actions: { one: 'auto', uncertain: 'ask', sameAccount: 'auto', several: 'auto' } });
    const ann = contact('ann', { updatedAtMs: 5, createdAtMs: 2 });
    const bob = contact('bob', { updatedAtMs: 5, createdAtMs: 1 });
    const cara = contact('cara', { updatedAtMs: 9, createdAtMs: 9 });
    expect(identify(auto, question, [ann, bob, cara])).toMatchObject({ contactId: 'cara', reasonCode: 'tieBroken' });
    expect(identify(auto, question, [ann, bob]).contactId).toBe('bob');
    const known = contact('dora', { lastContactByAgentAtMs: 1 });
    const decision = identify(auto, question, [ann, bob, cara, known]);
    expect(decision.contactId).toBe('dora');
    expect(decision.trace.some((step) => step.rule === 'tieBreak.lastContactByAgent')).toBe(true);
  });

  it('are parked when the policy says so', () => {
    const parked = policy({ actions: { one: 'park', uncertain: 'park', sameAccount: 'park', several: 'park' } });
    expect(identify(parked, question, [contact('ann'), contact('bob')])).toMatchObject({
      action: 'park',
      contactId: null,
    });
    expect(identify(parked, question, [contact('ann')])).toMatchObject({ action: 'park', contactId: null });
  });

  it('list at most fifty', () => {
    const many = Array.from({ length: 80 }, (_, at) => contact(`c${at}`));
    const decision = identify(defaultMatchPolicy, question, many);
    expect(decision.candidates).toHaveLength(50);
    expect(decision.reasonParams).toEqual({ count: 80 });
  });
});

describe('nobody', () => {
  it.each(['anonymous', '匿名', 'unknown', ''])('%j never matches, even a record that holds it', (raw) => {
    const hidden = parseNumber(raw);
    const decision = identify(defaultMatchPolicy, { number: hidden }, [contact('ann', { e164: null, reversed: '' })]);
    expect(decision).toMatchObject({ action: 'none', reasonCode: 'hiddenNumber', candidates: [] });
  });

  it('a colleague is not a customer', () => {
    expect(identify(defaultMatchPolicy, { number: null }, [contact('ann')]).reasonCode).toBe('internalCall');
    const bare = { number: parseNumber('204') };
    expect(identify(defaultMatchPolicy, bare, [contact('pat', { phone: '204' })]).reasonCode).toBe('internalCall');
  });

  it('our own firm is not the customer', () => {
    const ownCompany = { numbers: ['+1415555*'], domains: ['Own.Example'], accountIds: ['own'] };
    const own = policy({ ownCompany });
    expect(identify(own, question, [contact('ann')]).reasonCode).toBe('ownNumber');
    const byRecord = policy({ ownCompany: { ...ownCompany, numbers: [] } });
    const mate = contact('mate', { domains: ['own.example'] });
    const desk = contact('desk', { accountId: 'own' });
    expect(identify(byRecord, question, [mate, desk]).reasonCode).toBe('onlyExcluded');
    expect(identify(byRecord, question, [mate, desk, contact('ann')]).contactId).toBe('ann');
  });

  it('dead records do not match', () => {
    const dead = [contact('a', { status: 'inactive' }), contact('b', { status: 'converted' })];
    expect(identify(defaultMatchPolicy, question, dead)).toMatchObject({ action: 'none', reasonCode: 'onlyExcluded' });
    expect(identify(defaultMatchPolicy, question, [...dead, contact('ann')]).contactId).toBe('ann');
  });
});

describe('any candidates', () => {
  const some = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    accountId: fc.constantFrom(null, 'acme', 'other'),
    status: fc.constantFrom('active' as const, 'inactive' as const, 'converted' as const),
    phone: fc.constantFrom('+14155550123', '415-555-0123', '555-0123', '+14155550123 x9', '+442075550123'),
    isCorrelated: fc.boolean(),
    updatedAtMs: fc.nat(3),
  });
  it('give one decision in every order, and a contact only with a reason to take it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(some, { maxLength: 6, selector: (one) => one.id }),
        fc.infiniteStream(fc.nat()),
        (list, dice) => {
          const candidates = list.map((one) => contact(one.id, one));
          const shuffled = candidates
            .map((candidate) => ({ candidate, at: dice.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ candidate }) => candidate);
          const decision = identify(defaultMatchPolicy, question, candidates);
          expect(identify(defaultMatchPolicy, question, shuffled)).toEqual(decision);
          identification.parse({ ...decision, interactionId: 'i' });
          if (decision.contactId !== null) {
            expect(decision.action).toBe('auto');
            const taken = candidates.find((candidate) => candidate.contactId === decision.contactId);
            expect(taken?.status).toBe('active');
          }
        },
      ),
    );
  });
});
