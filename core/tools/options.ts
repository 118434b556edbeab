import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Options of one command, parsed strictly; `--json` and `--help` exist everywhere. */
export function parseOptions<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
) {
  return parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, ...options },
    allowPositionals: true,
    strict: true,
  });
}
