/** The shape of every subcommand of `tieline`, and what it may touch. */
import type { Readable } from 'node:stream';

export interface CommandIo {
  /** Writes one line to standard output. */
  out(line: string): void;
  /** Writes one line to standard error. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Standard input; the process's own when absent. */
  readonly input?: Readable;
  /** Resolves when standard output can take more; commands with long output wait for it now and then. */
  drained?(): Promise<void>;
  /** The terminal behind standard error, for progress; absent when nobody watches. */
  readonly screen?: Screen;
}

export interface Screen {
  readonly columns: number;
  /** Whether standard output is shown on it too. */
  readonly isOutput: boolean;
  /** Writes as it is, without a line end. */
  draw(text: string): void;
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
  /** Shown in place of the command's whole usage, by commands of many words. */
  usage?: string;
}
