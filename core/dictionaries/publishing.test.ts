import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { author, dataFolder, openDatabase, startProcess, TestBus, type TestProcess } from './testing/process.ts';

const contact = (rules: string, head = ''): string =>
  `# Kept: what people write beside the rules.\nconnector: acme\nobject: people\nentity: contact\nversion: 1\n${head}rules:\n${rules}`;
const firstNames = '  firstName: first_name\n';
const tests = (entity: JsonObject): string =>
  `tests:\n  - name: reads a name\n    record: { first_name: Ann, level: gold }\n    entity: ${JSON.stringify(entity)}\n`;
const levels = (row: string): string => `values: level\nrows:\n  - ${row}\n`;

let database: TestDatabase;
let hub: TestProcess;
beforeAll(async () => {
  database = await openDatabase();
  hub = await startProcess(database);
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});

async function publish(name: string, text: string, testFile: string | null = null) {
  const stored = await hub.drafts.find(name, 'default');
  const draft = await hub.drafts.save(name, { text, tests: testFile, revision: stored?.revision ?? null }, author);
  return hub.publishing.publish(name, { revision: draft.revision, note: 'why' }, author);
}
const readName = (object = 'people', process = hub) =>
  process.live.for('acme', object).compiled.read({ first_name: 'Ann', level: 'gold', name: 'Bo' }).entity;

test('a draft becomes the first version, live at once, and is gone', async () => {
  expect(await publish('acme/person', contact(firstNames), tests({ firstName: 'Ann' }))).toEqual({
    version: 1,
    alsoPublished: [],
  });
  expect(readName()).toEqual({ firstName: 'Ann' });
  expect(readName('person')).toEqual({ firstName: 'Ann' });
  const { summary, live, draft } = await hub.catalogue.get('default', 'acme/person');
  expect(summary).toMatchObject({
    liveVersion: 1,
    origin: 'published',
    errors: 0,
    tests: 1,
    failedTests: 0,
    draft: null,
  });
  expect(live).toMatchObject({ version: 1, text: contact(firstNames) });
  expect(draft).toBeNull();
});

test('a version says its number, keeps its comments, and counts the rules that changed', async () => {
  expect((await publish('acme/person', contact('  firstName: first_name\n  lastName: name\n'))).version).toBe(2);
  const { text } = await hub.catalogue.version('default', 'acme/person', 2);
  expect(text).toContain('version: 2');
  expect(text).toContain('# Kept: what people write');
  const versions = await hub.catalogue.listVersions('default', 'acme/person');
  expect(versions.map(({ version, isLive, changedRules }) => [version, isLive, changedRules])).toEqual([
    [2, true, 1],
    [1, false, 1],
  ]);
  expect(hub.logged.some((line) => line.includes('A dictionary was published') && line.includes('user-1'))).toBe(true);
});

test('errors refuse publishing, with the place and the mend, and the draft stays', async () => {
  const wrong = publish('acme/person', contact('  firstNaem: first_name\n'));
  await expect(wrong).rejects.toMatchObject({ code: 'dictionary.invalid' });
  await expect(wrong).rejects.toThrow(/acme\/person\.yaml:\d+ .*firstNaem.*firstName/s);
  expect(await hub.drafts.find('acme/person', 'default')).not.toBeNull();
  expect(readName()).toEqual({ firstName: 'Ann', lastName: 'Bo' });
});

test('a failing test refuses publishing and is named', async () => {
  await expect(publish('acme/person', contact(firstNames), tests({ firstName: 'Bo' }))).rejects.toThrow(
    'These tests fail: reads a name.',
  );
  await hub.drafts.discard('acme/person', author);
});

test('what a document says of itself has to agree with its name', async () => {
  await expect(publish('acme/other', contact(firstNames).replace('acme', 'hubspot'))).rejects.toThrow(
    'It says "connector: hubspot" and is named acme/other.',
  );
  await expect(publish('shared/level', levels('{ record: a, entity: b }').replace('level', 'grade'))).rejects.toThrow(
    'It says "values: grade"',
  );
  await Promise.all(['acme/other', 'shared/level'].map((name) => hub.drafts.discard(name, author)));
});

test('an object has one dictionary', async () => {
  await expect(publish('acme/human', contact(firstNames))).rejects.toThrow(
    'acme/person is for the object "people" already',
  );
  await hub.drafts.discard('acme/human', author);
  const about = (object: string): string => contact(firstNames).replace('object: people', `object: ${object}`);
  await publish('acme/lamp', about('lamps'));
  await publish('acme/lamp', about('torches'));
  await publish('acme/light', about('lamps'));
  const back = hub.publishing.rollBack('acme/lamp', { version: 1, note: '' }, author);
  await expect(back).rejects.toThrow('acme/light is for the object "lamps" already');
});

test('of two who publish at once one wins, the other is told', async () => {
  const draft = await hub.drafts.save(
    'acme/person',
    { text: contact(firstNames), tests: null, revision: null },
    author,
  );
  const order = { revision: draft.revision, note: '' };
  const both = await Promise.allSettled([1, 2].map(() => hub.publishing.publish('acme/person', order, author)));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'resource.conflict' });
});

test('however many publish at once, calls keep their connections to the database', async () => {
  const nobody = Array.from({ length: 100 }, () =>
    hub.publishing.publish('acme/nobody', { revision: 1, note: '' }, author).catch((error: unknown) => error),
  );
  const [{ busy } = { busy: 0 }] = await database.dataSource.query<{ busy: number }[]>(
    `select count(*)::int as busy from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
  );
  expect(busy).toBe(0);
  expect(await Promise.all(nobody)).toSatisfy((all: { code: string }[]) =>
    all.every(({ code }) => code === 'resource.missing'),
  );
});

test('a publication that breaks off leaves everything as it was, and nobody waits for it', async () => {
  const draft = await hub.drafts.save(
    'acme/person',
    { text: contact('  lastName: name\n'), tests: null, revision: null },
    author,
  );
  const before = await hub.catalogue.listVersions('default', 'acme/person');
  const order = { revision: draft.revision, note: '' };
  await database.dataSource.query(
    `create function away() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$`,
  );
  await database.dataSource.query(
    'create trigger away before insert or update on dictionary_live for each row execute function away()',
  );
  await expect(hub.publishing.publish('acme/person', order, author)).rejects.toThrow('away');
  await database.dataSource.query('drop trigger away on dictionary_live');
  expect(await hub.catalogue.listVersions('default', 'acme/person')).toEqual(before);
  expect((await hub.drafts.find('acme/person', 'default'))?.revision).toBe(draft.revision);
  await hub.drafts.discard('acme/person', author);
});

test('two authors never overwrite each other, not even over a draft thrown away in between', async () => {
  const text = contact(firstNames);
  const first = await hub.drafts.save('acme/person', { text, tests: null, revision: null }, author);
  const save = (revision: number | null) => hub.drafts.save('acme/person', { text, tests: null, revision }, author);
  await expect(save(null)).rejects.toMatchObject({ code: 'resource.conflict' });
  const second = await save(first.revision);
  await expect(save(first.revision)).rejects.toThrow(/user-1 saved the draft of acme\/person/);
  const order = { revision: first.revision, note: '' };
  await expect(hub.publishing.publish('acme/person', order, author)).rejects.toThrow(
    'The draft of acme/person was changed',
  );
  expect(await hub.drafts.discard('acme/person', author)).toMatchObject({ revision: second.revision, text });
  const third = await save(null);
  expect(third.revision).toBeGreaterThan(second.revision);
  await expect(save(second.revision)).rejects.toMatchObject({ code: 'resource.conflict' });
  await hub.drafts.discard('acme/person', author);
  await expect(save(third.revision)).rejects.toThrow('published or thrown away');
  await expect(hub.drafts.discard('acme/person', author)).rejects.toMatchObject({ code: 'resource.missing' });
});

test('the database refuses to change or delete a version, whoever asks', async () => {
  for (const statement of [
    `update dictionary_version set bundle = '{}' where name = 'acme/person'`,
    `update dictionary_version set version = 99 where name = 'acme/person'`,
    `delete from dictionary_version where name = 'acme/person'`,
  ]) {
    await expect(database.dataSource.query(statement)).rejects.toThrow('was published and never changes');
  }
  const emptied = database.dataSource.query('truncate dictionary_version cascade');
  await expect(emptied).rejects.toThrow('published and never go');
});

test('rolling back makes an earlier text live again, as a new version', async () => {
  const before = (await hub.catalogue.get('default', 'acme/person')).summary.liveVersion ?? 0;
  expect(await hub.publishing.rollBack('acme/person', { version: 2, note: '' }, author)).toEqual({
    version: before + 1,
    alsoPublished: [],
  });
  expect(readName()).toEqual({ firstName: 'Ann', lastName: 'Bo' });
  const [newest] = await hub.catalogue.listVersions('default', 'acme/person');
  expect(newest).toMatchObject({ origin: 'rolledBack', isLive: true, changedRules: 1 });
  const again = hub.publishing.rollBack('acme/person', { version: before + 1, note: '' }, author);
  await expect(again).rejects.toThrow('is live already');
  const never = hub.publishing.rollBack('acme/person', { version: 999, note: '' }, author);
  await expect(never).rejects.toThrow('There is no version 999 of acme/person.');
});

test('a value table brings along what looks it up; a dictionary what extends it', async () => {
  await publish('shared/level', levels('{ record: gold, entity: active }'));
  const looksUp = '  status: { from: level, steps: [{ values: level }], direction: read }\n';
  await publish('acme/base', contact(looksUp).replace('object: people', 'object: base'), null);
  await publish(
    'acme/child',
    contact('  firstName: first_name\n', 'extends: acme/base\n').replace('object: people', 'object: child'),
  );
  expect(readName('child')).toEqual({ firstName: 'Ann', status: 'active' });
  const { alsoPublished } = await publish('shared/level', levels('{ record: gold, entity: inactive }'));
  expect(alsoPublished).toEqual([
    { name: 'acme/base', version: 2 },
    { name: 'acme/child', version: 2 },
  ]);
  expect(readName('child')).toEqual({ firstName: 'Ann', status: 'inactive' });
  const child = await hub.catalogue.listVersions('default', 'acme/child');
  expect(child[0]).toMatchObject({ note: 'with shared/level v2', origin: 'published' });
  // The version before still gives what it gave.
  const trace = await hub.tracing.trace(
    'default',
    { name: 'acme/child', version: 1 },
    { sample: { direction: 'read', input: { level: 'gold' } }, around: {} },
  );
  expect(trace?.result).toEqual({ status: 'active' });
});

test('a change that would break what is built on it is refused as a whole, and says what breaks', async () => {
  const keeps = 'tests:\n  - name: gold is inactive\n    record: { level: gold }\n    entity: { status: inactive }\n';
  const { live } = await hub.catalogue.get('default', 'acme/child');
  await publish('acme/child', live?.text ?? '', keeps);
  const breaking = publish('shared/level', levels('{ record: gold, entity: active }'));
  await expect(breaking).rejects.toThrow(
    'shared/level cannot be published: acme/child is built on it and would break. These tests fail: gold is inactive.',
  );
  expect((await hub.catalogue.get('default', 'shared/level')).summary.liveVersion).toBe(2);
  expect((await hub.catalogue.get('default', 'acme/base')).summary.liveVersion).toBe(2);
  await hub.drafts.discard('shared/level', author);
});

test('another process goes over to the new version, told or not; what is in hand keeps the one it began with', async () => {
  const bus = new TestBus();
  const other = await startProcess(database, { bus, dataDir: dataFolder() });
  try {
    const inHand = other.live.for('acme', 'people');
    hub.bus.consumers.push(...bus.consumers);
    await publish('acme/person', contact('  lastName: name\n'));
    await expect.poll(() => readName('people', other)).toEqual({ lastName: 'Bo' });
    expect(inHand.compiled.read({ first_name: 'Ann', name: 'Bo' }).entity).toEqual({
      firstName: 'Ann',
      lastName: 'Bo',
    });
    hub.bus.isCut = true;
    await publish('acme/person', contact(firstNames));
    expect(readName('people', other)).toEqual({ lastName: 'Bo' });
    await other.live.reload();
    expect(readName('people', other)).toEqual({ firstName: 'Ann' });
  } finally {
    hub.bus.isCut = false;
    hub.bus.consumers.splice(1);
    await other.stop();
  }
});

test('unknown documents are named', async () => {
  await expect(hub.catalogue.get('default', 'acme/nobody')).rejects.toThrow('value table acme/nobody.');
  await expect(hub.catalogue.listVersions('default', 'acme/nobody')).rejects.toMatchObject({
    code: 'resource.missing',
  });
  await expect(hub.catalogue.version('default', 'acme/nobody', 1)).rejects.toThrow('no version 1 of acme/nobody');
  expect(() => hub.live.for('acme', 'nobody')).toThrow('There is no dictionary for acme nobody');
});
