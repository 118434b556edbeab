/** In which unit a field holds a length of time, and what its target wants. */
import type { StepSpec } from '#mappings/language/step.ts';
import type { SampleProfile } from './sample-profile.ts';

export type Unit = 'ms' | 'secs' | 'mins' | 'hours';

/** The unit a field's name gives; without one, numbers this large are milliseconds, and seconds are what most count. */
export function unitOf(words: readonly string[], profile: SampleProfile): Unit {
  if (words.includes('milli')) return 'ms';
  if (words.includes('second')) return 'secs';
  if (words.includes('minute')) return 'mins';
  if (words.includes('hour')) return 'hours';
  const numbers = profile.distinct.map(Number).filter((number) => number > 0);
  return numbers.length > 0 && numbers.every((number) => number >= 1000 && number % 100 === 0) ? 'ms' : 'secs';
}

/** The unit in the name of a target such as `talkSecs`; null for any other. */
export function wantedUnit(path: string): 'ms' | 'secs' | null {
  const [, unit] = /(Secs|Ms)$/.exec(path) ?? [];
  return unit === undefined ? null : unit === 'Ms' ? 'ms' : 'secs';
}

/** The target in the field's own unit is the one to write; hours of a call are only a part of its length. */
export function unitFit(path: string, unit: Unit): number {
  const wanted = wantedUnit(path);
  if (wanted === null || wanted === unit) return 1;
  return unit === 'hours' ? 0.6 : 0.85;
}

export function inUnit(from: Unit, to: 'ms' | 'secs'): StepSpec[] {
  return from === to ? [] : [{ duration: { from, to, round: 'nearest' } }];
}
