import { expect, it } from 'vitest';
import { numberRule } from '#core/contract/number-rule.ts';
import { habitsFor } from './number-rules.ts';

const rules = [
  { defaultRegion: 'DE' },
  { defaultRegion: 'CN', connectionId: 'pbx-beijing', outsidePrefixes: ['9'] },
  { defaultRegion: 'GB', connectionId: 'pbx-beijing', trunk: 'PJSIP/london-*' },
  { defaultRegion: 'US', did: '+1415555*' },
  { defaultRegion: 'CA', did: '+14155550199' },
].map((rule) => numberRule.parse(rule));

it.each([
  [{}, 'DE'],
  [{ connectionId: 'other' }, 'DE'],
  [{ connectionId: 'pbx-beijing' }, 'CN'],
  [{ connectionId: 'pbx-beijing', trunk: 'PJSIP/london-0001' }, 'GB'],
  [{ connectionId: 'pbx-beijing', trunk: 'PJSIP/paris-0001' }, 'CN'],
  [{ connectionId: 'pbx-beijing', did: '+14155550100' }, 'US'],
  // Equal weight: the order of the list decides.
  [{ did: '+14155550199' }, 'US'],
])('%j has the habits of %s', (place, region) => {
  expect(habitsFor(rules, place)?.defaultRegion).toBe(region);
});

it('answers null when nothing fits', () => {
  expect(habitsFor([], {})).toBeNull();
});

it('refuses patterns that are no dial patterns', () => {
  expect(numberRule.safeParse({ defaultRegion: 'DE', extensionPatterns: ['(a+)+$'] }).success).toBe(false);
  expect(numberRule.safeParse({ defaultRegion: 'de' }).success).toBe(false);
});
