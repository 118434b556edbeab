import { problemOf } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import type { Problem } from './problem.ts';
import type { ProblemText, SourcePath } from './source.ts';
import type { StepSpec } from './step.ts';
import { stepByName } from './steps.ts';

/** Steps that put the calling thread to sleep while another one works: a hundred times the cost of plain ones. */
const slowNames: ReadonlySet<string> = new Set(['jsonata']);

/**
 * Whether a dictionary has a slow step in a rule of its own or an inherited one. Where calls are waiting to be shown, such
 * a dictionary is run with `mapOffThread` (`jsonata/off-thread.ts`).
 */
export function isSlow(dictionary: Dictionary): boolean {
  return dictionary.rules.some(hasSlowStep);
}

export function hasSlowStep(rule: Rule): boolean {
  return slowStepsOf(rule).length > 0;
}

export function lintSlow(rule: Rule): Problem[] {
  return slowStepsOf(rule).map(({ name, path }) => problemOf(rule, path, slowStep(name, rule.id)));
}

function slowStep(name: string, rule: string): ProblemText {
  return {
    code: 'step.slow',
    severity: 'warning',
    message: `The step "${name}" in the rule for "${rule}" costs about a hundred times what a plain step costs.`,
    mend: 'See whether plain steps do: pick, filter, first, split, join, template, replace, when, values.',
  };
}

interface Found {
  readonly name: string;
  readonly path: SourcePath;
}

function slowStepsOf(rule: Rule): Found[] {
  return (['steps', 'back'] as const).flatMap((part) => slowAmong(rule[part] ?? [], [part]));
}

/** Also inside steps that hold steps, such as `when`. */
function slowAmong(specs: readonly StepSpec[], path: SourcePath): Found[] {
  return specs.flatMap((spec, index) => {
    const [name = '', args] = typeof spec === 'string' ? [spec] : (Object.entries(spec)[0] ?? []);
    const here = [...path, index, ...(typeof spec === 'string' ? [] : [name])];
    const own = slowNames.has(name) ? [{ name, path: here }] : [];
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return own;
    const nested = (stepByName.get(name)?.nested ?? []).flatMap((part) => {
      const steps = args[part];
      return Array.isArray(steps) ? slowAmong(steps as StepSpec[], [...here, part]) : [];
    });
    return [...own, ...nested];
  });
}
