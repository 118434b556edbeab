import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '#core/contract/desk.ts';
import { DeskFollower, type NumberedEvent } from './desk-follower.ts';

const event = (n: number): DeskEvent => ({ type: 'agent', state: `s${n}`, reason: null });
const numbered = (n: number): NumberedEvent => ({ cursor: n, event: event(n) });

describe('DeskFollower', () => {
  it('sends what it is told right after what it read, and nothing twice', () => {
    const follower = new DeskFollower(0);
    follower.tell({ cursor: 2, events: [event(1), event(2)] });
    expect(follower.next()).toEqual([]);
    follower.read([numbered(1)], true);
    expect(follower.next()).toEqual([numbered(2)]);
    follower.tell({ cursor: 2, events: [event(2)] });
    expect(follower.next()).toEqual([]);
  });

  it('goes back to the store over a gap, or when it is told of events it was not given', () => {
    const follower = new DeskFollower(4);
    follower.read([], true);
    follower.tell({ cursor: 9, events: [event(9)] });
    expect(follower.next()).toEqual([]);
    expect(follower.mustRead).toBe(true);
    follower.read([5, 6, 7, 8, 9].map(numbered), true);
    follower.tell({ cursor: 10, events: [] });
    expect(follower.next()).toEqual([]);
    expect(follower.mustRead).toBe(true);
  });

  it('sends every event once and in order, however telling is lost, repeated or reordered', () => {
    const told = fc.record({ upTo: fc.integer({ min: 1, max: 20 }), size: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), (tellings) => {
        const follower = new DeskFollower(0);
        const sent: NumberedEvent[] = [];
        const total = 20;
        const drain = (): void => {
          sent.push(...follower.next());
          while (follower.mustRead) {
            const rest = Array.from({ length: total - follower.cursor }, (_, index) =>
              numbered(follower.cursor + 1 + index),
            );
            sent.push(...follower.read(rest.slice(0, 3), rest.length <= 3));
            sent.push(...follower.next());
          }
        };
        for (const { upTo, size } of tellings) {
          const events = Array.from({ length: Math.min(size, upTo) }, (_, index) =>
            event(upTo - Math.min(size, upTo) + 1 + index),
          );
          follower.tell({ cursor: upTo, events });
          drain();
        }
        follower.tell({ cursor: total, events: [] });
        drain();
        expect(sent).toEqual(Array.from({ length: total }, (_, index) => numbered(index + 1)));
      }),
    );
  });
});
