import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { openLibrary } from './language/library.ts';
import { rootOf } from './language/path.ts';
import { createSampler } from './language/samples.ts';

/** `TIELINE_LAW_RUNS=10000` for the long run. */
const runs = { numRuns: Number(process.env['TIELINE_LAW_RUNS'] ?? 1000) };
const library = openLibrary();
const twoWay = library.entries.filter((entry) => entry.dictionary.rules.some((rule) => rule.reads && rule.writes));
const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

describe.each(twoWay.map((entry) => [entry.name, entry.dictionary] as const))('%s', (_, dictionary) => {
  const { read, write } = library.compiled(dictionary.connector, dictionary.object);
  const derived = dictionary.rules.filter((rule) => !rule.writes).flatMap((rule) => rule.to.map(rootOf));
  /** Read-only fields say what others say in other words; the laws are about those that go both ways. */
  const twoWayPart = (entity: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(entity).filter(([name]) => !derived.includes(name)));

  test('what was read, written and read again is the same entity', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { entity } = read(createSampler(seed).record(dictionary, library.values));
        expect(twoWayPart(read(write(entity).record).entity)).toEqual(twoWayPart(entity));
      }),
      runs,
    );
  });

  test('what was written, read and written again is the same record', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { record, events } = write(createSampler(seed).entity(dictionary));
        // A value that no rule can write is left out and named; what remains says less than the entity did.
        fc.pre(events.length === 0);
        expect(write(read(record).entity).record).toEqual(record);
      }),
      runs,
    );
  });

  test('writing back what was just read changes nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const record = createSampler(seed).record(dictionary, library.values);
        expect(write(read(record).entity, record).record).toEqual({});
      }),
      runs,
    );
  });
});
