/** Why a document cannot be published, in one sentence per fault. */
import { HubError } from '#core/contract/errors.ts';
import type { CheckReport } from './check-document.ts';

const shown = 5;

/** Null when nothing speaks against it. */
export function refusalOf({ problems, failedTests, misplaced }: CheckReport): string | null {
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, message, mend }) => `${file}:${line} ${message} ${mend}`);
  if (errors.length > 0) return listed(errors);
  if (misplaced !== null) return misplaced;
  if (failedTests.length > 0) return `These tests fail: ${failedTests.slice(0, 20).join(', ')}.`;
  return null;
}

/** `under`: the document whose publishing brings this one along, when it is not the document itself. */
export function assertPublishable(name: string, report: CheckReport, under: string | null): void {
  const refusal = refusalOf(report);
  if (refusal === null) return;
  const message =
    under === null
      ? `${name} cannot be published. ${refusal}`
      : `${under} cannot be published: ${name} is built on it and would break. ${refusal}`;
  throw new HubError('dictionary.invalid', message);
}

function listed(sentences: readonly string[]): string {
  const more = sentences.length > shown ? `\nand ${sentences.length - shown} more` : '';
  return `${sentences.slice(0, shown).join('\n')}${more}`;
}
