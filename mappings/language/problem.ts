import { HubError } from '#core/contract/errors.ts';

/** The stable codes a dictionary can be refused or warned with; each has a paragraph in `README.md`. */
export const problemCodes = [
  'file.tooLarge',
  'file.tooDeep',
  'file.syntax',
  'file.duplicateKey',
  'file.forbiddenKey',
  'schema.invalid',
  'schema.unknownKey',
  'rules.tooMany',
  'path.invalid',
  'path.forbidden',
  'step.unknown',
  'step.argument',
  'step.order',
  'pattern.superLinear',
  'step.slow',
  'values.unknown',
  'values.ambiguous',
  'values.missingRow',
  'values.unusedRow',
  'target.twoWriters',
  'entity.unknownField',
  'entity.requiredUnmapped',
  'entity.typeMismatch',
  'entity.notAValue',
  'record.unknownField',
  'record.readOnly',
  'record.deprecatedField',
  'record.typeMismatch',
  'record.tooLong',
  'record.notAValue',
  'record.requiredUnmapped',
  'rule.lossyTwoWay',
  'rule.breaksRoundTrip',
  'rule.unreachable',
  'rule.noDefault',
  'extends.missing',
  'identity.unmapped',
  'secret.constant',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** One thing wrong with a dictionary, said so that its author can mend it without asking. Lines and columns count from 1. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it. */
  readonly mend: string;
  /** The source line, cut to a readable width, and a caret under the place. */
  readonly excerpt: string;
}

/** Thrown when a dictionary cannot be used. `problems` holds every error found, not only the first. */
export class DictionaryError extends HubError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('dictionary.invalid', problems.slice(0, 20).map(renderProblem).join('\n\n'));
    this.problems = problems;
  }
}

export function renderProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return `${place} ${problem.severity} ${problem.code}: ${problem.message}\n${problem.excerpt}\n  mend: ${problem.mend}`;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
