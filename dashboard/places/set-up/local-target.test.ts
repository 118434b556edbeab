import { describe, expect, it } from 'vitest';
import { localTarget } from './local-target.ts';
import { likelyRegion, regionsIn } from '../../pieces/regions.ts';

describe('the page after sign-in', () => {
  it.each([
    [null, '/'],
    ['/live?x=1', '/live?x=1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
  ])('for %s is %s', (to, page) => {
    expect(localTarget(to)).toBe(page);
  });
});

describe('regions', () => {
  it('are named in the language of the reader and guessed from the browser', () => {
    expect(regionsIn('zh-CN').find((region) => region.value === 'NL')?.label).toBe('荷兰 (NL)');
    expect(regionsIn('en').length).toBeGreaterThan(200);
    expect(likelyRegion(['en', 'nl-NL'])).toBe('NL');
    expect(likelyRegion(['zh'])).toBe('CN');
    expect(likelyRegion([])).toBeNull();
  });
});
