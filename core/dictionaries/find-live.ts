/** Which document is meant by a connector's object. */
import type { Problem } from '#mappings/language/problem.ts';
import type { Bundle } from './bundle.ts';

export interface LiveDocument {
  readonly name: string;
  readonly version: number;
  readonly connector: string;
  /** Null for value tables. */
  readonly object: string | null;
  readonly bundle: Bundle;
}

/** Dictionaries that hold for every connector without one of its own stand in this folder. */
const anyConnector = 'default';

/**
 * The connector's own by the object's name, then by the document's (`contacts` or `contact`), else the one under
 * `default/`. A broken document of the connector never gives way to the default.
 */
export function findLive(
  documents: readonly LiveDocument[],
  connector: string,
  object: string,
  broken: readonly string[],
): LiveDocument | null {
  const own = findOwn(documents, connector, object);
  if (own !== null || broken.some((name) => name.startsWith(`${connector}/`))) return own;
  return findOwn(documents, anyConnector, object);
}

function findOwn(documents: readonly LiveDocument[], connector: string, object: string): LiveDocument | null {
  const own = documents.filter((document) => document.connector === connector && document.object !== null);
  return (
    own.find((document) => document.object === object) ??
    own.find(({ name }) => name === `${connector}/${object}`) ??
    null
  );
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
