import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultAt, withoutFaults } from './faults.ts';
import { moved } from './move.ts';

describe('what the hub says of fields', () => {
  const faults = { 'popRules.1.queue': 'Too long.', 'popRules.10.queue': 'Unknown.', dispositions: 'Too many.' };

  it('is found at the field, at the row and at the list', () => {
    expect(faultAt(faults, 'popRules.1.queue')).toBe('Too long.');
    expect(faultAt(faults, 'popRules.1')).toBe('Too long.');
    expect(faultAt(faults, 'popRules.10')).toBe('Unknown.');
    expect(faultAt(faults, 'popRules.0')).toBeUndefined();
  });

  it('is forgotten with the field that was changed, and no other', () => {
    expect(Object.keys(withoutFaults(faults, 'popRules.1'))).toEqual(['popRules.10.queue', 'dispositions']);
    expect(Object.keys(withoutFaults(faults, 'dispositions.3'))).toEqual(['popRules.1.queue', 'popRules.10.queue']);
  });
});

describe('moving within a list', () => {
  it('changes places', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', undefined, 'c'], 1, 2)).toEqual(['a', 'c', undefined]);
  });

  it('loses and adds nothing, wherever it is told to go', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), fc.integer(), (items, from, to) => {
        const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);
        expect(sorted(moved(items, from, to))).toEqual(sorted(items));
      }),
    );
  });
});
