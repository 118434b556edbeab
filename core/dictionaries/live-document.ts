/** The documents that are live, as a connector's object finds them. */
import type { Findable } from '#mappings/language/find-dictionary.ts';
import type { Problem } from '#mappings/language/problem.ts';
import type { Bundle } from './bundle.ts';

export interface LiveDocument extends Findable {
  readonly version: number;
  readonly bundle: Bundle;
}

export function missingProblem(connector: string, object: string): Problem {
  return {
    code: 'extends.missing',
    severity: 'error',
    file: `${connector}/${object}.yaml`,
    line: 1,
    column: 1,
    message: `There is no dictionary for ${connector} ${object}, nor a default one.`,
    mend: `Publish ${connector}/${object}, or put mappings/${connector}/${object}.yaml into the data folder.`,
    excerpt: '',
  };
}
