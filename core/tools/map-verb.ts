import type { CommandIo } from './command.ts';

/** One word behind `tieline map`. A new one is a file `map-<name>.ts` and a line in the table of `map.ts`. */
export interface MapVerb {
  readonly name: string;
  /** The call's shape, one line, as help shows it. */
  readonly usage: string;
  /** What the shape does not say, in a sentence or two; shown under the shapes of all verbs. */
  readonly notes?: string;
  /** `args` are the words behind the verb. Answers the exit code: 0 done, 1 found something wrong, 2 called wrongly. */
  run(args: readonly string[], io: CommandIo): number | Promise<number>;
}
