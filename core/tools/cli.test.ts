import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadKeys } from '#core/platform/vault/key-file.ts';
import { runCli } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tieline-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCli(argv, {
    out: (line) => (said.out += `${line}\n`),
    err: (line) => (said.err += `${line}\n`),
    env: { TIELINE_DATA_DIR: folder },
    cwd: folder,
  });
  return { code, ...said };
}

it('lists its commands, explains each and tells a wrong call from a failed one', async () => {
  const help = await call('help');
  expect(help.code).toBe(0);
  for (const name of ['replay', 'map', 'import contacts', 'doctor', 're-drive', 'rotate-key', 'demo']) {
    expect(help.out).toContain(name);
    expect((await call(...name.split(' '), '--help')).out).toContain(`tieline ${name}`);
  }
  expect((await call('nonsense')).code).toBe(2);
  expect((await call('re-drive')).code).toBe(1);
  expect((await call('demo', '--nonsense')).code).toBe(2);
});

it('says what fails as JSON where it is asked to', async () => {
  const { code, out } = await call('demo', 'state', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'link.lost' } });
});

it('doctor shows a light per thing and fails when the hub is not there', async () => {
  const { code, out } = await call('doctor', '--json');
  expect(code).toBe(1);
  const { lights } = JSON.parse(out) as { lights: { name: string; state: string }[] };
  expect(lights.find(({ name }) => name === 'Environment')).toMatchObject({ state: 'ok' });
  expect(lights.find(({ name }) => name === 'Hub')).toMatchObject({ state: 'fail' });
});

it('rotate-key puts a new key first and keeps the old ones', async () => {
  expect((await call('rotate-key')).code).toBe(1);
  const file = join(folder, 'vault.key');
  const [first] = loadKeys(file, true);
  const { code, out } = await call('rotate-key', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ file, keys: 2 });
  expect(loadKeys(file, false).map(({ id }) => id)).toContain(first?.id);
  for (const { secret } of loadKeys(file, false)) expect(out).not.toContain(secret.toString('base64').slice(0, 20));
});
