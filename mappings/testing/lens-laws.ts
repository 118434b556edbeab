/** The laws a two-way dictionary must obey, checked on made-up values: in tests a thousand times, in the bench ten thousand. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#core/contract/json.ts';
import type { CompiledDictionary } from '../language/compile.ts';
import type { Dictionary, Rule } from '../language/dictionary.ts';
import { rootOf } from '../language/path.ts';
import type { LossEvent } from '../language/run.ts';
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

export function checkLaw(
  law: LensLaw,
  compiled: CompiledDictionary,
  values: ReadonlyMap<string, ValueTable>,
  seed: number,
): 'holds' | BrokenLaw {
  const found = lensLaws[law](compiled, values, seed);
  return isDeepStrictEqual(found.expected, found.actual) ? 'holds' : { law, seed, ...found };
}

type Sides = Pick<BrokenLaw, 'expected' | 'actual'>;

function readWrite(compiled: CompiledDictionary, values: ReadonlyMap<string, ValueTable>, seed: number): Sides {
  const { dictionary, read, write } = compiled;
  const { entity } = read(createSampler(seed).record(dictionary, values));
  const { record, events } = write(entity);
  // Read-only fields say what others say in other words; the laws are about those that go both ways.
  const derived = dictionary.rules.filter((rule) => !rule.writes);
  const excused = rootsOf([...derived, ...namedIn(events, dictionary)], 'to');
  return { expected: without(entity, excused), actual: without(read(record).entity, excused) };
}

function writeRead(compiled: CompiledDictionary, _: ReadonlyMap<string, ValueTable>, seed: number): Sides {
  const { dictionary, read, write } = compiled;
  const { record, events } = write(createSampler(seed).entity(dictionary));
  const excused = rootsOf(namedIn(events, dictionary), 'from');
  return { expected: without(record, excused), actual: without(write(read(record).entity).record, excused) };
}

function writeBack(compiled: CompiledDictionary, values: ReadonlyMap<string, ValueTable>, seed: number): Sides {
  const { dictionary, read, write } = compiled;
  const record = createSampler(seed).record(dictionary, values);
  return { expected: {}, actual: write(read(record).entity, record).record };
}

/** A value that was cut, or that no rule could write, is lost, but not in silence. */
function namedIn(events: readonly LossEvent[], dictionary: Dictionary): Rule[] {
  const named = new Set(events.map((event) => event.rule));
  return dictionary.rules.filter((rule) => named.has(rule.id));
}

function rootsOf(rules: readonly Rule[], side: 'to' | 'from'): Set<string> {
  return new Set(rules.flatMap((rule) => rule[side].map(rootOf)));
}

function without(whole: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !names.has(name)));
}
