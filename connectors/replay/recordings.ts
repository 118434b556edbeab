/** The recorded calls that come with the hub: JSON lines, the first one a header (see fixtures/ORIGIN.md). */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { switchEvent, type SwitchEvent } from '#core/contract/call-events.ts';
import { HubError } from '#core/contract/errors.ts';
import { z } from 'zod';

const header = z.object({ title: z.string(), origin: z.string(), durationMs: z.number() });
const suffix = '.events.jsonl';

export interface Recording {
  readonly name: string;
  readonly title: string;
  readonly durationMs: number;
  /** `atMs` counts from the beginning of the recording. */
  readonly events: readonly SwitchEvent[];
}

const table = z.array(z.object({ name: z.string() }));

/** Those asked for, in that order; all of them when none is named. Throws `config.invalid` for a name that is none. */
export async function loadRecordings(names: readonly string[]): Promise<readonly Recording[]> {
  const folder = fixturesFolder();
  const rows = table.parse(JSON.parse(await readFile(join(folder, 'recordings.json'), 'utf8')));
  const shipped = rows.map((row) => row.name);
  const wanted = names.length > 0 ? names : shipped;
  for (const name of wanted) if (!shipped.includes(name)) throw unknownRecording(name, shipped);
  return Promise.all(wanted.map((name) => readRecording(folder, name)));
}

async function readRecording(folder: string, name: string): Promise<Recording> {
  const text = await readFile(join(folder, name + suffix), 'utf8');
  const [first = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const { title, durationMs } = header.parse(JSON.parse(first));
  return { name, title, durationMs, events: lines.map((line) => switchEvent.parse(JSON.parse(line))) };
}

/** Found from the sources and from the build alike: the recordings are not compiled. */
function fixturesFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'connectors', 'replay', 'fixtures');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) {
      throw new HubError('bug', 'The recordings that come with the hub are missing; install the package again.');
    }
  }
}

const unknownRecording = (name: string, shipped: readonly string[]) =>
  new HubError('config.invalid', `There is no recording "${name.slice(0, 60)}". There are: ${shipped.join(', ')}.`, {
    field: 'recordings',
    scope: 'connection',
  });
