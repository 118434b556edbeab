/** Which live documents contain another one, by extending it or looking it up. */
import type { Bundle } from './bundle.ts';

interface Bundled {
  readonly name: string;
  readonly bundle: Bundle;
}

/** In an order in which each can be built from those before it. */
export function dependentsOf<T extends Bundled>(name: string, live: readonly T[]): T[] {
  const generation = ({ bundle }: Bundled): number => Object.keys(bundle.parents).length;
  return live
    .filter(({ bundle }) => name in bundle.parents || name in bundle.values)
    .toSorted((left, right) => generation(left) - generation(right));
}
