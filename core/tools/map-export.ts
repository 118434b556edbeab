import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exportThreeCx } from '#mappings/import/export-threecx.ts';
import { UsageError } from './command.ts';
import type { MapVerb } from './map-verb.ts';
import { parseOptions } from './options.ts';

export const exportVerb: MapVerb = {
  name: 'export',
  usage: 'tieline map export 3cx [--hub-url <url>] [--out <file>] [--force]',
  notes: 'export writes a 3CX CRM template that asks this hub; without --out to standard output.',
  async run(args, io) {
    const { values, positionals } = parseOptions(args, {
      'hub-url': { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
    });
    const [kind, ...more] = positionals;
    if (kind !== '3cx' || more.length > 0) throw new UsageError('Say for which telephone system: 3cx.');
    const hubUrl = values['hub-url'];
    if (hubUrl !== undefined && !isHttpUrl(hubUrl))
      throw new UsageError('--hub-url is an http:// or https:// address.');
    const template = exportThreeCx({ hubUrl });
    if (values.out === undefined) {
      io.out(template.trimEnd());
      return 0;
    }
    const path = resolve(io.cwd, values.out);
    if (existsSync(path) && values.force !== true) {
      io.err(`${values.out} would be overwritten. Choose another --out, or say --force.`);
      return 1;
    }
    await writeFile(path, template);
    if (values.json === true) io.out(JSON.stringify({ written: values.out }));
    else io.out(`wrote ${values.out}; in 3CX upload it under Integrations, CRM, and enter an API key of the hub`);
    return 0;
  },
};

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  return /^https?:$/u.test(protocol) && username === '' && search === '' && hash === '';
}
