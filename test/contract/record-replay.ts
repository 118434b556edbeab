/**
 * Writes the replay connector's recordings anew from the AMI recordings they come from (connectors/replay/fixtures/
 * ORIGIN.md). Stands here because connectors do not know each other.
 *
 *   node --conditions=hub-source test/contract/record-replay.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recordEvents } from '../../connectors/asterisk-ami/testing/record-events.ts';

const connectors = join(import.meta.dirname, '..', '..', 'connectors');
const rows = z.array(z.object({ name: z.string(), from: z.string(), call: z.int().optional(), title: z.string() }));

export interface RecordedFile {
  readonly path: string;
  readonly text: string;
}

export async function recordedFiles(): Promise<readonly RecordedFile[]> {
  const fixtures = join(connectors, 'replay', 'fixtures');
  const table = rows.parse(JSON.parse(readFileSync(join(fixtures, 'recordings.json'), 'utf8')));
  return Promise.all(
    table.map(async ({ name, from, call, title }) => ({
      path: join(fixtures, `${name}.events.jsonl`),
      text: await recordEvents(join(connectors, 'asterisk-ami', 'fixtures', 'asterisk-22', from), {
        title,
        ...(call === undefined ? {} : { call }),
      }),
    })),
  );
}

if (import.meta.main) for (const { path, text } of await recordedFiles()) writeFileSync(path, text);
