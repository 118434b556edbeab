import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restConnectionDraft } from '#mappings/import/rest-connection.ts';
import { shippedFolder } from '#mappings/language/library.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { command } from './map.ts';

let cwd: string;
const larkspur = join(shippedFolder(), 'import', 'fixtures', '3cx-larkspur.xml');

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tieline-import-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function call(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), env: {}, cwd };
  const code = await command.run(words, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('import writes a connection with its dictionaries, which lint and pass their tests', async () => {
  const { code, out } = await call('import', larkspur, '--out', 'mine');
  expect(code).toBe(0);
  expect(out).toContain('wrote mine/larkspur-crm/connection.json');
  expect(out).toContain('1 not carried, 0 changed');
  expect(out).toContain('mend: Fill the activity');
  const connection: unknown = JSON.parse(readFileSync(join(cwd, 'mine/larkspur-crm/connection.json'), 'utf8'));
  expect(restConnectionDraft.parse(connection).id).toBe('larkspur-crm');
  const folder = ['--folder', join(cwd, 'mine')];
  expect(out).toContain('tieline map test larkspur-crm/contact larkspur-crm/calls --folder mine');
  expect(await call('lint', ...folder)).toMatchObject({ code: 0, out: expect.stringContaining(' 0 errors') });
  const tests = await call('test', 'larkspur-crm/contact', 'larkspur-crm/calls', ...folder);
  expect(tests.out).toContain('2 tests, 0 failed');
});

test('--strict ends with 1, --json gives the findings as data', async () => {
  const { code, out } = await call('import', larkspur, '--strict', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    id: 'larkspur-crm',
    findings: [{ code: 'variable.noSource', kind: 'lost' }],
  });
});

test('what stands there is not overwritten unawares', async () => {
  await call('import', larkspur);
  expect(await call('import', larkspur)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
  expect(await call('import', larkspur, '--force')).toMatchObject({ code: 0 });
});

test('what cannot be read is refused with its place, and nothing is written', async () => {
  writeFileSync(join(cwd, 'bomb.xml'), '<?xml version="1.0"?>\n<!DOCTYPE Crm [<!ENTITY a "b">]><Crm>&a;</Crm>');
  expect(await call('import', 'bomb.xml')).toMatchObject({
    code: 1,
    err: expect.stringContaining('bomb.xml:2:1 xml.doctype'),
  });
  writeFileSync(join(cwd, 'large.xml'), '');
  truncateSync(join(cwd, 'large.xml'), 100_000_000);
  expect(await call('import', 'large.xml', '--json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('file.tooLarge'),
  });
  expect(await call('import', larkspur, '--from', 'yeastar')).toMatchObject({
    code: 1,
    err: expect.stringContaining('not a yeastar'),
  });
  expect(existsSync(join(cwd, 'larkspur-crm'))).toBe(false);
});

test.each<[string, string, string]>([
  ['a web page', '<!DOCTYPE html>\n<html></html>', 'is a web page'],
  ['a page without its document type', '\n<html lang=en>', 'is a web page'],
  ['a script', 'namespace Flow { }', 'does not begin with "<"'],
  ['a call flow', '<?xml version="1.0"?>\n<File/>', 'Call flows and backups are not read'],
  ['an archive', 'PK\u0003\u0004', 'Unpack it'],
  ['the first half', readFileSync(larkspur, 'utf8').slice(0, 900), 'the end of the file may be missing'],
  ['a bare ampersand', '<Crm>\n<Request Url="x?a=1&b=2"/></Crm>', 'write &amp;'],
  ['nothing to run', '<Crm><Scenarios><Scenario Id=""/></Scenarios></Crm>', 'makes no request'],
  ['nothing', ' \n', 'holds no element'],
])('of %s it is said what it is', async (_, text, words) => {
  writeFileSync(join(cwd, 'wrong.xml'), text);
  expect(await call('import', 'wrong.xml')).toMatchObject({ code: 1, err: expect.stringContaining(words) });
});

test('a name that would leave the folder stays inside it', async () => {
  const template = readFileSync(larkspur, 'utf8').replace('Name="Larkspur CRM"', 'Name="../../..//etc"');
  writeFileSync(join(cwd, 't.xml'), template);
  expect((await call('import', 't.xml')).out).toContain('wrote etc/connection.json');
});

test.each<[string, string[]]>([
  ['no file', ['import']],
  ['two files', ['import', 'a', 'b']],
  ['a file that is not there', ['import', 'gone.xml']],
  ['a folder', ['import', '.']],
  ['a kind nobody knows', ['import', larkspur, '--from', 'avaya']],
])('%s is a usage error', async (_, words) => {
  await expect(call(...words)).rejects.toBeInstanceOf(UsageError);
});
