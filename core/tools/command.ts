/** The shape of every subcommand of `tieline`, and what it may touch. */
export interface CommandIo {
  /** Writes one line to standard output. */
  out(line: string): void;
  /** Writes one line to standard error. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Printed by `--help`; first line is the call's shape. */
  readonly usage: string;
  /** Answers the exit code: 0 done, 1 failed or found something wrong, 2 called wrongly. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** The call's words are off; the message says which. Ends with exit code 2 and the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
