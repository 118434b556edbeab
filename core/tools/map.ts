import { dictionaryJsonSchema } from '#mappings/language/schema.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { lintCommand } from './map-lint.ts';
import { runCommand } from './map-run.ts';
import { testCommand } from './map-test.ts';
import { parseOptions } from './options.ts';

const verbs = ['lint', 'test', 'run', 'trace', 'schema'] as const;
type Verb = (typeof verbs)[number];

export const command: Command = {
  name: 'map',
  summary: 'Check, test and run dictionaries: lint, test, run, trace, schema',
  usage: `tieline map lint  [<dictionary> …] [--strict] [--folder <dir>] [--json]
tieline map test  [<dictionary> …] [--folder <dir>] [--json]
tieline map run   <dictionary> [<records>] [--write] [--region CN] [--time-zone Asia/Shanghai]
tieline map trace <dictionary> [<records>] [--write] [--region CN] [--time-zone Asia/Shanghai] [--json]
tieline map schema

A dictionary is a name such as hubspot/contact or a YAML file; none means all. Records are lines of JSON, or a .json
file, or standard input. --write goes from entity to record. --folder adds a folder of your own, laid out like mappings/.
lint ends with 1 on errors (--strict: on warnings too), test when a test fails, run when a record cannot be used.`,
  async run(args, io) {
    const [verb, ...rest] = args;
    const known = verbs.find((candidate) => candidate === verb);
    if (known === undefined) throw new UsageError(`Say what to do: ${verbs.join(', ')}.`);
    return dispatch(known, rest, io);
  },
};

async function dispatch(verb: Verb, args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    folder: { type: 'string' },
    strict: { type: 'boolean' },
    write: { type: 'boolean' },
    region: { type: 'string' },
    'time-zone': { type: 'string' },
  });
  const shared = { folder: values.folder, json: values.json === true };
  if (verb === 'schema') {
    io.out(JSON.stringify(dictionaryJsonSchema(), null, 2));
    return 0;
  }
  if (verb === 'lint') return lintCommand({ ...shared, names: positionals, strict: values.strict === true }, io);
  if (verb === 'test') return testCommand({ ...shared, names: positionals }, io);
  const [name, file, ...extra] = positionals;
  if (name === undefined || extra.length > 0)
    throw new UsageError('Name one dictionary and at most one file of records.');
  return runCommand(
    {
      ...shared,
      name,
      file,
      write: values.write === true,
      trace: verb === 'trace',
      region: values.region,
      timeZone: values['time-zone'],
    },
    io,
  );
}
