/** Token of the `ConnectionNames`. */
export const CONNECTION_NAMES = Symbol('CONNECTION_NAMES');

export interface ConnectionNames {
  /** What people call each connection, by id. */
  names(): Promise<ReadonlyMap<string, string>>;
}
