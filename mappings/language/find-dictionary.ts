/** Dictionaries that hold for every connector without one of its own stand in this folder. */
const anyConnector = 'default';

export interface Findable {
  /** `hubspot/contact`: folder and file, as `extends` names it. */
  readonly name: string;
  readonly connector: string;
  /** Null for value tables. */
  readonly object: string | null;
}

/**
 * The connector's own by the object's name, then by the file's (`contacts` or `contact`), else the one under `default/`.
 * A connector of which something is `broken` (names or files) never gets the default instead.
 */
export function findDictionary<T extends Findable>(
  known: readonly T[],
  connector: string,
  object: string,
  broken: readonly string[],
): T | null {
  const own = findOwn(known, connector, object);
  if (own !== null || broken.some((name) => name.startsWith(`${connector}/`))) return own;
  return findOwn(known, anyConnector, object);
}

function findOwn<T extends Findable>(known: readonly T[], connector: string, object: string): T | null {
  const own = known.filter((one) => one.connector === connector && one.object !== null);
  return own.find((one) => one.object === object) ?? own.find(({ name }) => name.split('/')[1] === object) ?? null;
}
