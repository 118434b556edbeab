import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { recordedFiles } from './record-replay.ts';

test('the replayed calls are what the switch connector makes of the recordings today', async () => {
  const files = await recordedFiles();
  const stale = files.filter(({ path, text }) => readFileSync(path, 'utf8') !== text).map(({ path }) => basename(path));
  expect(stale, 'run: node --conditions=hub-source test/contract/record-replay.ts').toEqual([]);
});

test('every one of them is a whole call', async () => {
  for (const { path, text } of await recordedFiles()) {
    const types = text.matchAll(/"type":"(?<type>\w+)","callId":"(?<call>[^"]+)"/gu);
    const open = new Set<string>();
    for (const { groups } of types) {
      if (groups?.['type'] === 'originated') open.add(groups['call'] ?? '');
      if (groups?.['type'] === 'callCleared') open.delete(groups['call'] ?? '');
    }
    expect([...open], basename(path)).toEqual([]);
    expect(text, basename(path)).toContain('"originated"');
  }
});
