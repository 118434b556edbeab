import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventfulCall, sampleCall, sampleLeg } from '../../testing/sample-calls.ts';
import { barsOf, scaleOf } from './timeline-scale.ts';

describe('the timeline', () => {
  const call = eventfulCall('i', 1_000_000);
  const scale = scaleOf(call, 9_999_999);

  it('spans the whole call and marks round times', () => {
    expect(scale).toEqual({
      fromMs: 1_000_000,
      lastsMs: 171_000,
      marks: [0, 30_000, 60_000, 90_000, 120_000, 150_000],
    });
  });

  it('puts each state where it was', () => {
    const [caller] = call.legs;
    const bars = caller === undefined ? [] : barsOf(caller, scale);
    expect(bars.map((bar) => [bar.fill, bar.startsAfterMs, bar.lastsMs])).toEqual([
      ['other', 0, 2000],
      ['queue', 2000, 20_000],
      ['talk', 22_000, 63_000],
      ['hold', 85_000, 25_000],
      ['talk', 110_000, 61_000],
    ]);
    expect(bars.reduce((sum, bar) => sum + bar.width, 0)).toBeCloseTo(100);
  });

  it('lets the last bar of an open call grow until now', () => {
    const leg = sampleLeg({ legId: 'l', startMs: 0, spans: [{ state: 'talking', fromMs: 0, toMs: null }] });
    const open = sampleCall({ id: 'o', startMs: 0, legs: [leg] });
    expect(barsOf(leg, scaleOf(open, 60_000))[0]?.lastsMs).toBe(60_000);
  });

  it('never leaves its box, whatever the clock says', () => {
    const time = fc.integer({ min: -10_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(time, time, time, time, (start, from, to, now) => {
        const leg = sampleLeg({ legId: 'l', startMs: start, spans: [{ state: 'ringing', fromMs: from, toMs: to }] });
        const scale = scaleOf(sampleCall({ id: 'o', startMs: start, legs: [leg] }), now);
        expect(scale.marks.length).toBeLessThanOrEqual(10);
        for (const bar of barsOf(leg, scale)) {
          expect(bar.width).toBeGreaterThanOrEqual(0);
          expect(bar.left).toBeGreaterThanOrEqual(0);
          expect(bar.left + bar.width).toBeLessThanOrEqual(100.001);
        }
      }),
    );
  });
});
