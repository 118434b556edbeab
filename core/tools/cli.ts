/** `tieline <command> …`: finds the command, runs it, turns what it throws into a sentence and an exit code. */
import { HubError } from '#core/contract/errors.ts';
import { packageVersion } from '#core/platform/package-root.ts';
import { commandTable } from './command-table.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';

const exitUsage = 2;

export async function runCli(argv: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') return help(rest[0], io);
  if (first === '--version') {
    io.out(packageVersion());
    return 0;
  }
  const found = await findCommand([first, ...rest]);
  if (found === null) {
    io.err(`Unknown command "${first}". "tieline help" lists them.`);
    return exitUsage;
  }
  if (found.args.includes('--help') || found.args.includes('-h')) {
    io.out(found.command.usage);
    return 0;
  }
  return runCommand(found.command, found.args, io);
}

async function runCommand(command: Command, args: readonly string[], io: CommandIo): Promise<number> {
  const isJson = args.includes('--json');
  try {
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      const usage = (error instanceof UsageError ? error.usage : undefined) ?? command.usage;
      io.err(`${(error as Error).message}\n\n${usage}`);
      return exitUsage;
    }
    const fileFault = fileFaultOf(error);
    if (fileFault !== null) {
      io.err(fileFault);
      return 1;
    }
    if (!(error instanceof HubError)) throw error;
    if (isJson)
      io.out(JSON.stringify({ error: { code: error.code, message: error.message, field: error.field ?? null } }));
    else io.err(`${error.message} (${error.code})`);
    return 1;
  }
}

const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  EACCES: 'you may not do that there',
  EROFS: 'it cannot be written to',
  ENOSPC: 'the disk is full',
};

/** What the file system refused, as a sentence; null for every other error. */
function fileFaultOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('path' in error) || !('code' in error)) return null;
  const why = fileFaults[String(error.code)];
  return why === undefined ? null : `${String(error.path)}: ${why}.`;
}

/** `import contacts` is a command of two words; the longest name wins. */
async function findCommand(argv: readonly string[]): Promise<{ command: Command; args: readonly string[] } | null> {
  for (const words of [2, 1]) {
    const load = commandTable[argv.slice(0, words).join(' ')];
    if (load !== undefined && argv.length >= words) return { command: (await load()).command, args: argv.slice(words) };
  }
  return null;
}

async function help(name: string | undefined, io: CommandIo): Promise<number> {
  const one = name === undefined ? undefined : await findCommand([name]);
  if (one) {
    io.out(one.command.usage);
    return 0;
  }
  io.out(
    'Tieline: a connector hub between telephone systems and CRM/ERP systems.\n\nUsage: tieline <command> [options]\n',
  );
  for (const load of Object.values(commandTable)) {
    const { command } = await load();
    io.out(`  ${command.name.padEnd(18)}${command.summary}`);
  }
  io.out(
    '\n"tieline help <command>" tells more. --json makes every command print JSON. Exit codes: 0 done, 1 failed, 2 called wrongly.',
  );
  return 0;
}

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
