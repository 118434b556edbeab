import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { openLibrary } from './language/library.ts';
import { compileSetter } from './language/path.ts';
import { createSampler } from './language/samples.ts';

/** `TIELINE_FUZZ_RUNS=200000` for the long run. */
const runs = Number(process.env['TIELINE_FUZZ_RUNS'] ?? 1000);
const library = openLibrary();
const compiled = library.entries.map(({ dictionary }) => library.compiled(dictionary.connector, dictionary.object));

function deep(levels: number): JsonValue {
  let value: JsonValue = 'x';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const monsters: [string, JsonValue][] = [
  ['a value nested 20,000 deep', deep(20_000)],
  ['a text of a million letters', 'a'.repeat(1_000_000)],
  ['a text of a million blanks', ' '.repeat(1_000_000)],
  ['a text of markup openings', '<a'.repeat(200_000)],
  ['a text of at signs', '@'.repeat(200_000)],
  ['a list of 100,000', Array.from({ length: 100_000 }, (_, index) => index)],
  [
    'a prototype in disguise',
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as JsonObject,
  ],
];

test.each(monsters)('%s in every field is mapped or refused in a moment', { timeout: 120_000 }, (_, monster) => {
  for (const { dictionary, read, write, traceRead, traceWrite } of compiled) {
    const record: JsonObject = {};
    const entity: JsonObject = {};
    for (const rule of dictionary.rules) {
      for (const path of rule.from) compileSetter(path)(record, monster);
      for (const path of rule.to) compileSetter(path)(entity, monster);
    }
    read(record);
    traceRead(record);
    write(entity);
    write(entity, record);
    traceWrite(entity);
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test(
  'any JSON at all is mapped without a throw, and the trace agrees with the plain run',
  { timeout: 3_600_000 },
  () => {
    for (let seed = 0; seed < runs; seed += 1) {
      const sampler = createSampler(seed);
      for (const { dictionary, read, write, traceRead, traceWrite } of compiled) {
        const record = seed % 3 === 0 ? asObject(sampler.json(4)) : sampler.record(dictionary, library.values);
        const { entity, events } = read(record);
        const traced = traceRead(record);
        if (JSON.stringify([entity, events]) !== JSON.stringify([traced.entity, traced.events]))
          throw new Error(`seed ${seed}`);
        const odd = seed % 3 === 1 ? asObject(sampler.json(4)) : sampler.entity(dictionary);
        if (JSON.stringify(write(odd).record) !== JSON.stringify(traceWrite(odd).record))
          throw new Error(`seed ${seed}`);
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
  },
);

function asObject(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { id: value, phone: value };
}
