/** The laws a two-way dictionary must obey, checked on made-up values: in tests a thousand times, in the bench ten thousand. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#core/contract/json.ts';
import type { CompiledDictionary } from '../language/compile.ts';
import { rootOf } from '../language/path.ts';
import { createSampler } from '../language/samples.ts';
import type { ValueTable } from '../language/value-table.ts';

export interface BrokenLaw {
  readonly law: string;
  readonly seed: number;
  readonly expected: JsonObject;
  readonly actual: JsonObject;
}

export const lensLaws = {
  'read(write(e)) = e': readWrite,
  'write(read(w)) = w': writeRead,
  'write(read(r), r) changes nothing': writeBack,
} as const;
export type LensLaw = keyof typeof lensLaws;

/** `silent`: the law has nothing to say about this seed's values. */
export function checkLaw(
  law: LensLaw,
  compiled: CompiledDictionary,
  values: ReadonlyMap<string, ValueTable>,
  seed: number,
): 'holds' | 'silent' | BrokenLaw {
  const found = lensLaws[law](compiled, values, seed);
  if (found === null) return 'silent';
  return isDeepStrictEqual(found.expected, found.actual) ? 'holds' : { law, seed, ...found };
}

type Sides = Pick<BrokenLaw, 'expected' | 'actual'>;

function readWrite(compiled: CompiledDictionary, values: ReadonlyMap<string, ValueTable>, seed: number): Sides {
  const { dictionary, read, write } = compiled;
  const { entity } = read(createSampler(seed).record(dictionary, values));
  // Read-only fields say what others say in other words; the laws are about those that go both ways.
  const derived = new Set(
    dictionary.rules.filter((rule) => !rule.writes).flatMap((rule) => rule.to.map((path) => rootOf(path))),
  );
  const { record, events } = write(entity);
  // What was cut or could not be written is lost, but not in silence.
  const named = new Set(events.map((event) => event.rule));
  for (const { id, to } of dictionary.rules) if (named.has(id)) for (const path of to) derived.add(rootOf(path));
  const twoWayPart = (whole: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => !derived.has(name)));
  return { expected: twoWayPart(entity), actual: twoWayPart(read(record).entity) };
}

function writeRead(compiled: CompiledDictionary, _: ReadonlyMap<string, ValueTable>, seed: number): Sides | null {
  const { dictionary, read, write } = compiled;
  const { record, events } = write(createSampler(seed).entity(dictionary));
  // A value that no rule can write is left out and named; what remains says less than the entity did.
  if (events.length > 0) return null;
  return { expected: record, actual: write(read(record).entity).record };
}

function writeBack(compiled: CompiledDictionary, values: ReadonlyMap<string, ValueTable>, seed: number): Sides {
  const { dictionary, read, write } = compiled;
  const record = createSampler(seed).record(dictionary, values);
  return { expected: {}, actual: write(read(record).entity, record).record };
}
