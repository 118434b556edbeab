import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { command } from './map.ts';

const start = 'connector: acme\nobject: contact\nentity: contact\nversion: 1\n';
let folder = '';
let input = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-'));
  mkdirSync(join(folder, 'acme'));
  const rules = 'rules: { jobTitle: title }\ntests: [{ name: reads, record: { title: a }, entity: { jobTitle: b } }]\n';
  writeFileSync(
    join(folder, 'acme', 'contact.yaml'),
    `connector: acme\nobject: contact\nentity: contact\nversion: 1\n${rules}`,
  );
  writeFileSync(
    join(folder, 'broken.yaml'),
    'connector: acme\nobject: c\nentity: contact\nversion: 1\nrules: { jobTitel: t }\n',
  );
  writeFileSync(join(folder, 'records.ndjson'), '{"firstname":" Ann "}\n\n{"firstname":"Bob","phone":"x"}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const lines = { out: [] as string[], err: [] as string[] };
  const io = {
    out: (line: string) => lines.out.push(line),
    err: (line: string) => lines.err.push(line),
    env: {},
    cwd: folder,
    input: Readable.from([Buffer.from(input)]),
  };
  const code = await command.run(args, io);
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

test('lint of what is shipped finds no errors', async () => {
  const { code, out } = await run('lint');
  expect(out).toContain(' 0 errors');
  expect(code).toBe(0);
});

test('lint shows the place in a broken file and ends with 1', async () => {
  const { code, out } = await run('lint', 'broken.yaml');
  expect(code).toBe(1);
  expect(out).toContain('broken.yaml:5:10 error entity.unknownField');
  expect(out).toContain('Did you mean "jobTitle"?');
  expect(JSON.parse((await run('lint', 'broken.yaml', '--json')).out)).toMatchObject([{ line: 5, column: 10 }]);
});

test('a broken dictionary, or a broken file of tests, is not taken for a missing one', async () => {
  writeFileSync(join(folder, 'acme', 'lead.yaml'), `${start}rules: [{ to: jobTitle, from: t, steps: [trm] }]\n`);
  for (const verb of ['lint', 'test', 'run', 'trace']) {
    const { code, out, err } = await run(verb, 'acme/lead', '--folder', '.');
    expect(code).toBe(1);
    expect(out + err).toContain('Did you mean "trim"?');
  }
  writeFileSync(join(folder, 'acme', 'lead.yaml'), `${start}rules: { jobTitle: t }\n`);
  writeFileSync(join(folder, 'acme', 'lead.test.yaml'), 'tests: [{ name: reads, recrod: {} }]\n');
  for (const verb of ['lint', 'test']) {
    const { code, out, err } = await run(verb, 'acme/lead', '--folder', '.');
    expect(code).toBe(1);
    expect(out + err).toContain('lead.test.yaml:1:');
  }
  expect(await run('test', 'acme/lead.yaml')).toMatchObject({ code: 1 });
});

test('lint checks the record’s side against a description, beside the dictionary or given', async () => {
  writeFileSync(join(folder, 'crm.yaml'), `${start}rules: { jobTitle: titel }\n`);
  const fields = [{ name: 'title', label: 'Title', type: 'string' }];
  writeFileSync(join(folder, 'given.json'), JSON.stringify({ name: 'contact', fields }));
  expect(await run('lint', 'crm.yaml')).toMatchObject({ code: 0 });
  const given = await run('lint', 'crm.yaml', '--fields', 'given.json');
  expect(given).toMatchObject({ code: 1, out: expect.stringContaining('record.unknownField') });
  writeFileSync(join(folder, 'crm.fields.json'), JSON.stringify({ name: 'contact', fields }));
  expect((await run('lint', 'crm.yaml')).out).toContain('Did you mean "title"?');
  writeFileSync(join(folder, 'crm.fields.json'), '{ "name": "contact", "fields": [{ "nam": 1 }] }');
  const broken = await run('lint', 'crm.yaml');
  expect(broken).toMatchObject({ code: 1, out: expect.stringContaining('crm.fields.json:1:') });
  await expect(run('lint', 'crm.yaml', 'broken.yaml', '--fields', 'given.json')).rejects.toThrow(UsageError);
  await expect(run('lint', 'crm.yaml', '--fields', 'none.json')).rejects.toThrow(/no file none.json/);
});

test('lint tries rules on the records of the tests beside the dictionary', async () => {
  const swap = (word: string, other: string): string => `[{ when: { is: ${word}, do: [{ value: ${other} }] } }]`;
  const rule = `{ to: jobTitle, from: t, steps: ${swap('rare', 'odd')}, back: ${swap('odd', 'common')} }`;
  writeFileSync(join(folder, 'rare.yaml'), `${start}rules: [${rule}]\n`);
  expect(await run('lint', 'rare.yaml')).toMatchObject({ code: 0 });
  const tests = 'tests: [{ name: rare, record: { t: rare }, entity: { jobTitle: odd } }]\n';
  writeFileSync(join(folder, 'rare.test.yaml'), tests);
  const { code, out } = await run('lint', 'rare.yaml');
  expect(code).toBe(1);
  expect(out).toContain('"jobTitle" does not survive the way to the record and back: "odd" becomes "common"');
});

test('trace shows steps inside steps, and where a fault is', async () => {
  const when = '{ when: { blank: true, otherwise: [trim, number] } }';
  writeFileSync(
    join(folder, 'nested.yaml'),
    `${start}rules: [{ to: custom.n, from: n, steps: [${when}], direction: read }]\n`,
  );
  input = '{"n":" 1 "}\n{"n":" x "}\n';
  const { out } = await run('trace', 'nested.yaml');
  expect(out).toContain('custom.n: " 1 " → when: 1 ⇒ 1\n    steps[0].when.otherwise: " 1 " → trim: "1" → number: 1');
  expect(out).toContain('! omitted custom.n at steps[0].when.otherwise[1]: wants a number, got text "x"');
});

test('a dictionary may come from standard input, tests from the file beside it', async () => {
  input = `${start}rules: { jobTitel: t }\n`;
  expect((await run('lint', '-')).out).toContain('stdin:5:10 error entity.unknownField');
  writeFileSync(join(folder, 'acme', 'contact.test.yaml'), 'tests: [{ name: beside, record: { title: x } }]\n');
  expect((await run('test', 'acme/contact.yaml')).out).toContain('FAILED acme/contact.yaml: beside');
});

test('test --strict wants every rule and row exercised', async () => {
  const tests = 'tests: [{ name: reads, record: { t: a }, entity: { jobTitle: a } }]\n';
  writeFileSync(join(folder, 'strict.yaml'), `${start}rules: { jobTitle: t }\n${tests}`);
  expect(await run('test', 'strict.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('write jobTitle') });
  expect(await run('test', 'strict.yaml', '--strict')).toMatchObject({ code: 1 });
});

test('test runs the tests beside dictionaries, those of an own folder too', async () => {
  expect(await run('test', 'hubspot/contact')).toMatchObject({ code: 0 });
  const { code, out } = await run('test', 'acme/contact', '--folder', '.');
  expect(code).toBe(1);
  expect(out).toContain('entity.jobTitle: expected "b", got "a"');
});

test('run maps line by line, both ways', async () => {
  const { code, out } = await run('run', 'hubspot/contact', 'records.ndjson');
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { entity: { firstName: 'Ann' }, events: [] },
    { entity: { firstName: 'Bob' }, events: [{ kind: 'omitted', code: 'phone.unreadable' }] },
  ]);
});

test('trace shows what every step made', async () => {
  const { out } = await run('trace', 'hubspot/contact', 'records.ndjson');
  expect(out).toContain('firstName: " Ann " → collapse: "Ann" → blankToNull: "Ann" ⇒ "Ann"');
  expect(out).toContain('! omitted phones[label=work].number');
});

test('schema is a JSON Schema that knows every step', async () => {
  const { out } = await run('schema');
  expect(out).toContain('personName');
  expect(JSON.parse(out)).toMatchObject({ type: 'object', required: expect.arrayContaining(['connector', 'rules']) });
});

test('wrong calls say what is meant', async () => {
  await expect(run('lnt')).rejects.toThrow(UsageError);
  await expect(run('lint', '--folder', 'nowhere')).rejects.toThrow(/no folder nowhere/);
  const usage = expect.stringMatching(/^tieline map lint [^\n]*\n\n[^\n]*$/) as string;
  await expect(run('lint', 'hubspot/contakt')).rejects.toMatchObject({ usage });
  await expect(run('run')).rejects.toThrow(/one dictionary/);
  await expect(run('test', 'hubspot/contakt')).rejects.toThrow(/hubspot\/contact/);
  await expect(run('run', 'hubspot/contact', 'missing.ndjson')).rejects.toThrow(/no file missing.ndjson/);
});
