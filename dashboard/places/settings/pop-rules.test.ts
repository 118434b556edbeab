import type { PopRule } from '#core/contract/pop-rule.ts';
import { describe, expect, it } from 'vitest';
import { popRuleOf, ruleInTheWay, withRule } from './pop-rules.ts';

const support: PopRule = { direction: 'inbound', queue: 'support', trigger: 'ring' };
const inbound: PopRule = { direction: 'inbound', trigger: 'answer' };
const all: PopRule = { trigger: 'never' };

describe('pop rules', () => {
  it('see which rule leaves another without calls', () => {
    expect(ruleInTheWay([support, inbound, all], 2)).toBe(-1);
    expect(ruleInTheWay([inbound, support], 1)).toBe(0);
    expect(ruleInTheWay([support, all, inbound], 2)).toBe(1);
    expect(ruleInTheWay([{ queue: 'sales', trigger: 'ring' }, support], 1)).toBe(-1);
    expect(ruleInTheWay([support], 7)).toBe(-1);
  });

  it('put a new rule where it decides something', () => {
    expect(withRule([inbound, all], support)).toEqual([support, inbound, all]);
    expect(withRule([support], all)).toEqual([support, all]);
    expect(withRule([all], inbound)).toEqual([inbound, all]);
  });

  it('leave out what fits everything', () => {
    expect(popRuleOf({ direction: 'any', queue: '  ', trigger: 'never' })).toEqual({ trigger: 'never' });
    expect(popRuleOf({ direction: 'inbound', queue: ' support ', trigger: 'ring' })).toEqual(support);
  });
});
