import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { author, dataFolder, openDatabase, startProcess, type TestProcess } from './testing/process.ts';

const text = (field: string, version = 1): string =>
  `connector: acme\nobject: people\nentity: contact\nversion: ${version}\nrules: { firstName: ${field} }\n`;
/** For several starts on a busy machine. */
const manyStartsMs = 120_000;
const record = { one: '1', two: '2', three: '3' };

let database: TestDatabase;
let running: TestProcess[] = [];
beforeEach(async () => {
  database = await openDatabase();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((process) => process.stop()));
  await database.close();
});

async function start(files: Readonly<Record<string, string>> = {}): Promise<TestProcess> {
  const process = await startProcess(database, { dataDir: dataFolder(files) });
  running.push(process);
  return process;
}
const reads = ({ live }: TestProcess) => live.for('acme', 'people').compiled.read(record).entity;
const summary = async ({ catalogue }: TestProcess) => (await catalogue.get('default', 'acme/person')).summary;

test('everything shipped is recorded once, however many processes start at once', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const rows: { name: string; versions: number }[] = await database.dataSource.query(
    'select name, count(*)::int as versions from dictionary_version group by name',
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.every(({ versions }) => versions === 1)).toBe(true);
  expect(rows.map(({ name }) => name)).toContain('default/call');
  const call = { direction: 'inbound' };
  expect(one?.live.for('unheard-of', 'call').compiled.read(call)).toEqual(
    other?.live.for('unheard-of', 'call').compiled.read(call),
  );
});

test(
  'a file of the data folder adds to what is shipped; changed, it is the next version; gone, the one before',
  async () => {
    const first = await start({ 'acme/person.yaml': text('one') });
    expect(reads(first)).toEqual({ firstName: '1' });
    expect(await summary(first)).toMatchObject({ liveVersion: 1, origin: 'shipped', shippedIsNewer: false });
    const second = await start({ 'acme/person.yaml': text('two') });
    expect(reads(second)).toEqual({ firstName: '2' });
    expect((await summary(second)).liveVersion).toBe(2);
    const third = await start({ 'acme/person.yaml': text('one') });
    expect(reads(third)).toEqual({ firstName: '1' });
    expect((await summary(third)).liveVersion).toBe(1);
  },
  manyStartsMs,
);

test('a file takes the place of a shipped one', async () => {
  const { live } = await start();
  const { bundle } = live.document('default/call') ?? {};
  const changed = `${bundle?.text ?? ''}\n# ours\n`;
  const second = await start({ 'default/call.yaml': changed });
  expect(second.live.document('default/call')?.bundle.text).toBe(changed);
  // What extends it went along, because the file it extends is another one.
  expect(second.live.document('asterisk-ami/call')?.bundle.parents['default/call']).toBe(changed);
});

test('a version number written into a file stands, when it is free', async () => {
  const process = await start({ 'acme/person.yaml': text('one', 7) });
  expect(process.live.for('acme', 'people').version).toBe(7);
});

test(
  'what people published stays live over a restart and over an upgrade, which is told',
  async () => {
    const first = await start({ 'acme/person.yaml': text('one') });
    const draft = await first.drafts.save('acme/person', { text: text('two'), tests: null, revision: null }, author);
    expect(draft.baseVersion).toBe(1);
    await first.publishing.publish('acme/person', { revision: draft.revision, note: '' }, author);
    expect(reads(first)).toEqual({ firstName: '2' });
    const restarted = await start({ 'acme/person.yaml': text('one') });
    expect(reads(restarted)).toEqual({ firstName: '2' });
    expect((await summary(restarted)).shippedIsNewer).toBe(false);
    const upgraded = await start({ 'acme/person.yaml': text('three') });
    expect(reads(upgraded)).toEqual({ firstName: '2' });
    expect(await summary(upgraded)).toMatchObject({ liveVersion: 2, origin: 'published', shippedIsNewer: true });
    await upgraded.publishing.rollBack('acme/person', { version: 3, note: '' }, author);
    expect(reads(upgraded)).toEqual({ firstName: '3' });
    expect((await summary(upgraded)).shippedIsNewer).toBe(false);
  },
  manyStartsMs,
);

test('a broken file is told and never gives way to the default; a version that was live goes on', async () => {
  const broken = {
    'acme/call.yaml': 'connector: acme\nobject: call\nentity: activity\nversion: 1\nrules: { nonsense: x }\n',
  };
  const process = await start(broken);
  expect(() => process.live.for('acme', 'call')).toThrow(/acme\/call\.yaml:5.*nonsense/s);
  expect(process.logged.some((line) => line.includes('acme/call') && line.includes('cannot be used'))).toBe(true);
  expect(() => process.live.for('other', 'call')).not.toThrow();
  const good = await start({ 'acme/person.yaml': text('one') });
  const worse = await start({ 'acme/person.yaml': 'rules: [' });
  expect(reads(worse)).toEqual(reads(good));
});

test('hostile files are left out in time and the hub starts', async () => {
  const bomb = `a: &a [x, x]\n${Array.from('bcdefghijklmnop')
    .map((key, at) => `${key}: &${key} [*${'abcdefghijklmno'[at]}, *${'abcdefghijklmno'[at]}]`)
    .join('\n')}\n`;
  const process = await start({
    'acme/bomb.yaml': bomb,
    'acme/deep.yaml': '['.repeat(100_000),
    'acme/large.yaml': `rules: { ${'x'.repeat(300_000)}: y }`,
    'acme/circle.yaml': 'connector: acme\nobject: c\nentity: contact\nversion: 1\nextends: acme/circle\nrules: {}\n',
    'acme/Odd Name.yaml': text('one'),
    '__proto__/person.yaml': text('one'),
  });
  const names = (await process.versions.liveHeads('default')).map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('acme') || name.includes('proto'))).toEqual([]);
});
