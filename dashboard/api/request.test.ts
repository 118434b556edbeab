import { describe, expect, it } from 'vitest';
import { getInteraction, listInteractions } from '#core/contract/api/interactions.ts';
import { backoffMs } from './backoff.ts';
import { requestPath } from './request.ts';

describe('a request path', () => {
  it('fills parameters so that none can leave its place', () => {
    const path = requestPath(getInteraction, { params: { interactionId: '../a/b?c' } });
    expect(path).toBe('/api/interactions/..%2Fa%2Fb%3Fc');
  });

  it('leaves empty query values out', () => {
    const query = { agent: '', queue: undefined, number: '+31 20', limit: 50, open: 'true' };
    expect(requestPath(listInteractions, { query })).toBe('/api/interactions?number=%2B31+20&limit=50&open=true');
    expect(requestPath(listInteractions, {})).toBe('/api/interactions');
  });
});

describe('the pause before the next try', () => {
  it('doubles, is spread, and has an upper limit', () => {
    expect([0, 1, 2, 3].map((failures) => backoffMs(failures, 0.5))).toEqual([500, 1000, 2000, 4000]);
    expect(backoffMs(0, 0)).toBe(375);
    expect(backoffMs(99, 1)).toBe(18_750);
  });
});
