import { describe, expect, test } from 'vitest';
import { suggestRules } from './suggest.ts';
import { otherSystems } from './testing/other-systems.ts';
import { unseenSystems } from './testing/unseen-systems.ts';

const bar = 0.7;

describe('objects of systems without a dictionary, and nothing learned', () => {
  test.each([...otherSystems, ...unseenSystems])(
    '$name: at least seven of ten rules are proposed first',
    ({ object, entity, expected }) => {
      const firsts = suggestRules({ object, entity }).filter(({ rank }) => rank === 1);
      const isFound = (pair: { to: string; from: string }): boolean =>
        firsts.some(({ to, from }) => to.includes(pair.to) && from.length === 1 && from[0] === pair.from);
      const missed = expected.filter((pair) => !isFound(pair)).map(({ to, from }) => `${to} <- ${from}`);
      const share = 1 - missed.length / expected.length;
      expect(share, `missed: ${missed.join('; ')}`).toBeGreaterThanOrEqual(bar);
    },
  );
});
