import type { Problem } from '#core/contract/route.ts';

/** Every failed call ends as one of these, so each screen can show what failed, the code, and how to mend it. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.detail, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Narrows anything thrown; whatever is not a problem becomes one with the code `bug`. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new ProblemError({ type: 'about:blank', title: detail, status: 0, detail, code: 'bug' }, { cause: thrown });
}

export function fieldErrors(thrown: unknown): Readonly<Record<string, string>> {
  if (!(thrown instanceof ProblemError)) return {};
  return Object.fromEntries((thrown.problem.errors ?? []).map((error) => [error.field, error.message]));
}
