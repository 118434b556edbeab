import type { SourcePath } from './source.ts';
import type { StepSpec } from './step.ts';
import { stepByName } from './steps.ts';

export interface StandingStep {
  readonly name: string;
  readonly spec: StepSpec;
  /** Where it stands in its rule. */
  readonly path: SourcePath;
}

/** All steps of a list as written, those inside other steps (`when`) too, each before what it holds. */
export function everyStep(specs: readonly StepSpec[], path: SourcePath): StandingStep[] {
  return specs.flatMap((spec, index) => {
    const here = [...path, index];
    const inside = nestedLists(spec).flatMap(({ name, part, steps }) => everyStep(steps, [...here, name, part]));
    return [{ name: nameOf(spec), spec, path: here }, ...inside];
  });
}

/** The lists of steps that a step holds. */
export function nestedLists(
  spec: StepSpec,
): { readonly name: string; readonly part: string; readonly steps: readonly StepSpec[] }[] {
  if (typeof spec === 'string') return [];
  const name = nameOf(spec);
  const args = spec[name];
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return [];
  return (stepByName.get(name)?.nested ?? []).flatMap((part) => {
    const steps = args[part];
    return Array.isArray(steps) ? [{ name, part, steps: steps as StepSpec[] }] : [];
  });
}

export function nameOf(spec: StepSpec): string {
  return typeof spec === 'string' ? spec : (Object.keys(spec)[0] ?? '');
}
