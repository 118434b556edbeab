import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { diff } from './map-diff.ts';

const head = 'connector: acme\nobject: contact\nentity: contact\nversion: ';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-diff-'));
  mkdirSync(join(folder, 'own', 'acme'), { recursive: true });
  const old = `${head}1\nrules:\n  - { to: firstName, from: First, steps: [trim] }\n  - jobTitle: Job\n`;
  writeFileSync(join(folder, 'old.yaml'), old);
  writeFileSync(join(folder, 'own', 'acme', 'contact.yaml'), old);
  writeFileSync(
    join(folder, 'new.yaml'),
    `${head}2\nrules:\n  - { to: firstName, from: First, steps: [collapse] }\n  - language: Lang\n`,
  );
  writeFileSync(join(folder, 'broken.yaml'), `${head}2\nrules:\n  - { to: firstNam, from: First }\n`);
  writeFileSync(
    join(folder, 'samples.ndjson'),
    '{"First":"a  b"}\n{"First":"ab"}\nnonsense\n{"Job":"x","Lang":"de"}\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await diff.run(args, {
    out: (line) => (said.out += `${line}\n`),
    err: (line) => (said.err += `${line}\n`),
    env: {},
    cwd: folder,
    input: Readable.from([Buffer.from(input)]),
  });
  return { code, ...said };
}

test('the same says so and ends with 0', async () => {
  expect(await run(['old.yaml', 'old.yaml'])).toMatchObject({ code: 0, out: 'The dictionaries say the same.\n' });
});

test('rules and outputs that differ, readable', async () => {
  const { code, out, err } = await run(['old.yaml', 'new.yaml', '--samples', 'samples.ndjson']);
  expect(code).toBe(1);
  expect(out).toBe(`~ version: 1 → 2
~ rule firstName changed
    steps: ["trim"] → ["collapse"]
+ rule language added
    to: ["language"]
    from: ["Lang"]
- rule jobTitle removed
    to: ["jobTitle"]
    from: ["Job"]

3 samples, 2 come out differently; cannot be used: 0 → 0
  rule firstName: 1 samples
  rule jobTitle: 1 samples
  rule language: 1 samples
  line 1
    firstName: "a  b" → "a b"
  line 4
    jobTitle: "x" → nothing
    language: nothing → "de"
`);
  expect(err).toContain('samples.ndjson:3:1 error');
});

test('as JSON, with samples from standard input, either way, few shown and all counted', async () => {
  const entities = '{"jobTitle":"x"}\n'.repeat(30);
  const { code, out } = await run(
    ['old.yaml', 'new.yaml', '--samples', '-', '--write', '--show', '2', '--json'],
    entities,
  );
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    from: 'old.yaml',
    head: [{ field: 'version', before: 1, after: 2 }],
    rules: [{ id: 'firstName', change: 'changed' }, { change: 'added' }, { change: 'removed' }],
    outputs: { samples: 30, changed: 30, shown: [{ direction: 'write', fields: [{ field: 'Job', before: 'x' }] }, {}] },
    unreadable: 0,
  });
});

test('a file may stand in for a dictionary, and a folder of your own for what is shipped', async () => {
  expect(await run(['acme/contact', 'acme/contact@new.yaml', '--folder', 'own'])).toMatchObject({ code: 1 });
  expect(await run(['hubspot/contact', '--folder', 'own'])).toMatchObject({ code: 0 });
});

test('what cannot be compared ends with 2 and shows why', async () => {
  expect(await run(['old.yaml', 'broken.yaml'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('"firstName"'),
  });
  await expect(run(['old.yaml'])).rejects.toThrow(UsageError);
  await expect(run(['old.yaml', 'acme/nothing'])).rejects.toThrow(UsageError);
  await expect(run(['old.yaml', 'new.yaml', '--show', 'x'])).rejects.toThrow(/--show/);
});
