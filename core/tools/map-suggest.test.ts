import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { command } from './map.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-suggest-'));
  mkdirSync(join(folder, 'acme'));
  const fields = [
    { name: 'Vorname__c', label: '名字', type: 'string', maxLength: 40 },
    { name: 'c1', label: 'C1', type: 'string' },
    { name: 'mobile', label: 'Mobile', type: 'phone' },
  ];
  writeFileSync(join(folder, 'acme', 'contact.fields.json'), JSON.stringify({ name: 'People', fields }));
  writeFileSync(join(folder, 'acme', 'broken.fields.json'), '{ "name": 1 }');
  writeFileSync(join(folder, 'acme', 'records.ndjson'), '{"c1":"ann@acme.test"}\n{"c1":"bob@acme.test"}\n');
  const rules = 'rules: { firstName: Vorname__c }\n';
  const head = 'connector: acme\nobject: People\nentity: contact\nversion: 1\n';
  writeFileSync(join(folder, 'acme', 'contact.yaml'), head + rules);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: () => {}, env: {}, cwd: folder };
  expect(await command.run(['suggest', ...args], io)).toBe(0);
  return lines.join('\n');
}

test('a shipped description gives a table with reasons', async () => {
  const out = await run('hubspot/contact');
  expect(out.split('\n')[0]).toMatch(/^sure +to +from +steps +why$/);
  expect(out).toMatch(/98 % +phones\[label=mobile\]\.number +mobilephone/);
});

test('samples tell what a name does not', async () => {
  const out = await run('--fields', 'acme/contact.fields.json', '--samples', 'acme/records.ndjson', '--json');
  const suggestions: unknown = JSON.parse(out);
  expect(suggestions).toContainEqual(expect.objectContaining({ to: ['emails[0].address'], from: ['c1'], rank: 1 }));
});

test('--rest leaves out what the dictionary maps already', async () => {
  const all = await run('acme/contact', '--folder', '.');
  expect(all).toContain('firstName');
  const rest = await run('acme/contact', '--folder', '.', '--rest');
  expect(rest).not.toContain('firstName');
  expect(rest).toContain('mobile');
});

test('--alternatives shows what else a field may be', async () => {
  const few = await run('hubspot/contact');
  const many = await run('hubspot/contact', '--alternatives');
  expect(many.length).toBeGreaterThan(few.length);
  expect(many).toContain(' (2)');
});

test.each(['salesforce/contact', 'hubspot/call', 'dolibarr/account'])('the draft for %s lints', async (name) => {
  writeFileSync(join(folder, 'draft.yaml'), await run(name, '--yaml'));
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: () => {}, env: {}, cwd: folder };
  expect(await command.run(['lint', 'draft.yaml'], io)).toBe(0);
  expect(lines.join('\n')).toContain(' 0 errors');
});

test('a broken description, or dictionary to leave the rules of out, is shown with its place', async () => {
  const said: string[] = [];
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line), env: {}, cwd: folder };
  expect(await command.run(['suggest', '--fields', 'acme/broken.fields.json', '--entity', 'contact'], io)).toBe(1);
  expect(said.join('\n')).toContain('acme/broken.fields.json:1:');
  said.length = 0;
  writeFileSync(join(folder, 'acme', 'lead.fields.json'), '{ "name": "l", "fields": [{ "name": "n", "lable": "N" }] }');
  expect(await command.run(['suggest', 'acme/lead', '--folder', '.'], io)).toBe(1);
  expect(said.join('\n')).toContain('Did you mean "label"?');
  said.length = 0;
  const fields = [{ name: 'n', label: 'N', type: 'string' }];
  writeFileSync(join(folder, 'acme', 'lead.fields.json'), JSON.stringify({ name: 'l', fields }));
  writeFileSync(
    join(folder, 'acme', 'lead.yaml'),
    'connector: acme\nobject: l\nentity: contact\nversion: 1\nrules: 7\n',
  );
  expect(await command.run(['suggest', 'acme/lead', '--rest', '--folder', '.', '--json'], io)).toBe(1);
  expect(JSON.parse(said.join(''))).toMatchObject({ problems: [{ file: 'acme/lead.yaml' }] });
});

test('a wrong call says what to give', async () => {
  await expect(run()).rejects.toThrow(UsageError);
  await expect(run('hubspot/contact', 'more')).rejects.toThrow(UsageError);
  await expect(run('nobody/nothing')).rejects.toThrow('There is no description nobody/nothing.fields.json');
  await expect(run('hubspot/contact', '--entity', 'person')).rejects.toThrow('--entity contact');
  await expect(run('--fields', 'missing.json')).rejects.toThrow('There is no file missing.json');
});
