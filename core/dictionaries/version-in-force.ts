import type { CompiledDictionary } from '#mappings/language/compile.ts';
import type { Bundle } from './bundle.ts';
import type { Surroundings } from './compile-loaded.ts';

/** A version compiled for a place. Whoever holds it keeps it to the end of the work in hand. */
export interface VersionInForce {
  readonly name: string;
  readonly version: number;
  readonly bundle: Bundle;
  readonly around: Surroundings;
  readonly compiled: CompiledDictionary;
  /** Has steps that put their thread to sleep, so it is never run where calls wait to be shown. */
  readonly isSlow: boolean;
}

/** `hubspot/call v3`: what is stored beside values to say which dictionary made them. */
export function labelOf({ name, version }: Pick<VersionInForce, 'name' | 'version'>): string {
  return `${name} v${version}`;
}

/** Null for what is no such label. */
export function parseLabel(label: string): { name: string; version: number } | null {
  const [, name, version] = /^([a-z0-9-]+\/[a-z0-9-]+) v(\d{1,9})$/.exec(label) ?? [];
  return name === undefined ? null : { name, version: Number(version) };
}
