/**
 * Writes `fixtures/*.events.jsonl` anew from AMI recordings (see fixtures/ORIGIN.md). A connector does not import
 * another, so the translation runs as a program of its own.
 *
 *   node --conditions=hub-source connectors/replay/testing/record.ts
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const rows = z.array(z.object({ name: z.string(), from: z.string(), call: z.int().optional(), title: z.string() }));

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const recorder = join(import.meta.dirname, '..', '..', 'asterisk-ami', 'testing', 'record-events.ts');
const folder = join(import.meta.dirname, '..', '..', 'asterisk-ami', 'fixtures', 'asterisk-22');
for (const row of rows.parse(JSON.parse(readFileSync(join(fixtures, 'recordings.json'), 'utf8')))) {
  const call = row.call === undefined ? [] : ['--call', String(row.call)];
  const recording = join(folder, `${row.from}.ami`);
  const args = ['--conditions=hub-source', recorder, recording, '--title', row.title, ...call];
  writeFileSync(join(fixtures, `${row.name}.events.jsonl`), execFileSync(process.execPath, args));
}
