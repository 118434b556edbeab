/** A loaded document as functions, for a place. */
import { type CompiledDictionary, compile } from '#mappings/language/compile.ts';
import type { LoadedBundle } from './bundle.ts';

/** Where numbers and times belong that do not say so themselves. */
export interface Surroundings {
  readonly region?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** Null for value tables, and for what cannot run. */
export function compileLoaded({ dictionary, values }: LoadedBundle, around: Surroundings): CompiledDictionary | null {
  if (dictionary === null) return null;
  const { region, timeZone } = around;
  return compile(dictionary, {
    values,
    ...(region !== undefined && { region }),
    ...(timeZone !== undefined && { timeZone }),
  });
}
