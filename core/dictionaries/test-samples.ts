/** The inputs of a document's tests, as samples to try rules on. */
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingDirection } from '#core/contract/mapping.ts';
import type { LoadedBundle } from './bundle.ts';

export interface TestSample {
  readonly id: string;
  readonly label: string;
  readonly direction: MappingDirection;
  readonly input: JsonObject;
}

const maxSamples = 200;

export function testSamples({ tests }: LoadedBundle): TestSample[] {
  const samples = tests.flatMap(({ name, direction, record, entity }, index) => [
    ...(direction === 'write' ? [] : [sample(index, name, 'read', record)]),
    ...(direction === 'read' ? [] : [sample(index, name, 'write', entity)]),
  ]);
  return samples.slice(0, maxSamples);
}

function sample(index: number, label: string, direction: MappingDirection, input: JsonObject): TestSample {
  return { id: `test-${index}-${direction}`, label, direction, input };
}
