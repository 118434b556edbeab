import { problemOf } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { everyStep, type StandingStep } from './nested-steps.ts';
import type { Problem } from './problem.ts';
import type { ProblemText } from './source.ts';

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
  return slowStepsOf(rule).map(({ name, spec, path }) =>
    problemOf(rule, typeof spec === 'string' ? path : [...path, name], slowStep(name, rule.id)),
  );
}

function slowStep(name: string, rule: string): ProblemText {
  return {
    code: 'step.slow',
    severity: 'warning',
    message: `The step "${name}" in the rule for "${rule}" costs about a hundred times what a plain step costs.`,
    mend: 'See whether plain steps do: pick, filter, first, split, join, template, replace, when, values.',
  };
}

function slowStepsOf(rule: Rule): StandingStep[] {
  return (['steps', 'back'] as const).flatMap((part) =>
    everyStep(rule[part] ?? [], [part]).filter(({ name }) => slowNames.has(name)),
  );
}
