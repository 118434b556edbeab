import { UsageError, type Command } from './command.ts';
import { diff } from './map-diff.ts';
import { exportVerb } from './map-export.ts';
import { importVerb } from './map-import.ts';
import { lint } from './map-lint.ts';
import { run, trace } from './map-run.ts';
import { schema } from './map-schema.ts';
import { suggest } from './map-suggest.ts';
import { test } from './map-test.ts';
import type { MapVerb } from './map-verb.ts';

const verbs: readonly MapVerb[] = [lint, test, run, trace, diff, suggest, importVerb, exportVerb, schema];
const names = verbs.map((verb) => verb.name).join(', ');

export const command: Command = {
  name: 'map',
  summary: `Check, test and run dictionaries: ${names}`,
  usage: `${verbs.map((verb) => verb.usage).join('\n')}

A dictionary is a name such as hubspot/contact or a YAML file; none means all. Records are lines of JSON, or a .json
file, or standard input. --folder adds a folder of your own, laid out like mappings/.
${verbs.flatMap((verb) => verb.notes ?? []).join('\n')}`,
  async run(args, io) {
    const [name, ...rest] = args;
    const verb = verbs.find((candidate) => candidate.name === name);
    if (verb === undefined) throw new UsageError(`Say what to do: ${names}.`);
    try {
      return await verb.run(rest, io);
    } catch (error) {
      if (error instanceof UsageError) error.usage = `${verb.usage}\n\n"tieline help map" tells more.`;
      throw error;
    }
  },
};
