import { expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { compile } from '../compile.ts';
import { loadDictionary } from '../dictionary.ts';
import { DictionaryError } from '../problem.ts';
import { type MapBundle, mapOffThread } from './off-thread.ts';

const head = 'connector: test\nobject: o\nentity: contact\nversion: 1\nidentity: [emails]\n';

function bundleOf(rules: readonly string[], more: Partial<MapBundle> = {}): MapBundle {
  const text = `${head}${more.parents === undefined ? '' : 'extends: test/base\n'}rules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;
  return { name: 'test/o', text, parents: {}, values: {}, ...more };
}

const emails = "{ to: 'emails[0].address', from: Email, steps: [email] }";
const jsonata = (expression: string, more = ''): string =>
  `{ to: jobTitle, from: Tags, direction: read, steps: [{ jsonata: { expression: '${expression}', gives: text, budgetMs: 250${more} } }] }`;
const endless = jsonata('($f := function($x){ $f($x) }; $f(1))');

/** Turns of the event loop while something is under way. */
async function turnsDuring<T>(work: Promise<T>): Promise<{ readonly turns: number; readonly result: T }> {
  let turns = 0;
  let isOver = false;
  const tick = (): void => {
    turns += 1;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  try {
    return { result: await work, turns };
  } finally {
    isOver = true;
  }
}

test('reads and writes as the compiled dictionary would', async () => {
  const bundle = bundleOf([emails, jsonata('$join($, ", ")'), '{ to: lastName, from: Name, steps: [trim] }']);
  const compiled = compile(loadDictionary(bundle.text, { file: 'test/o.yaml' }));
  const record: JsonObject = { Email: ' Ann@Acme.Test', Tags: ['a', 'b'], Name: ' Lee ' };
  const read = await mapOffThread(bundle, 'read', record);
  expect(read).toEqual(compiled.read(record));
  expect(read.entity).toMatchObject({ jobTitle: 'a, b', lastName: 'Lee' });
  const entity: JsonObject = { emails: [{ address: 'bo@acme.test' }], lastName: 'Lee' };
  expect(await mapOffThread(bundle, 'write', entity)).toEqual(compiled.write(entity));
  const patch = await mapOffThread(bundle, 'write', entity, { current: { Email: 'x@y.test', Name: 'Lee' } });
  expect(patch.record).toEqual({ Email: 'bo@acme.test' });
});

test('what a dictionary extends and looks up comes with it, and so do region and zone', async () => {
  const parents = { 'test/base': `${head}rules:\n  - { to: lastName, from: Name, steps: [trim] }\n  - ${emails}\n` };
  const values = { 'shared/state': 'values: state\nrows:\n  - { record: A, entity: active }\n' };
  const bundle = bundleOf(
    [
      '{ to: custom.state, from: State, steps: [{ values: state }] }',
      "{ to: 'phones[label=work].number', from: Phone, steps: [phone] }",
      "{ to: custom.since, from: Since, steps: [{ date: 'yyyy-MM-dd HH:mm' }] }",
    ],
    { parents, values },
  );
  const record = { Name: ' Lee', State: 'A', Phone: '138 0013 8000', Since: '2026-11-22 09:00' };
  const { entity, events } = await mapOffThread(bundle, 'read', record, { region: 'CN', timeZone: 'Asia/Shanghai' });
  expect(events).toEqual([]);
  expect(entity).toMatchObject({
    lastName: 'Lee',
    custom: { state: 'active', since: '2026-11-22T01:00:00.000Z' },
    phones: [{ label: 'work', number: '+8613800138000' }],
  });
});

test('the event loop keeps turning while expressions use their whole budget', async () => {
  const bundle = bundleOf([emails, endless]);
  await mapOffThread(bundle, 'read', { Email: 'a@b.test' });
  const { turns, result } = await turnsDuring(mapOffThread(bundle, 'read', { Tags: ['a'] }));
  expect(result.events).toMatchObject([{ rule: 'jobTitle', code: 'jsonata.timeout', kind: 'omitted' }]);
  // The same on this thread would leave the loop not a single turn.
  expect(turns).toBeGreaterThan(20);
});

test('a thousand dictionaries at once are all answered', { timeout: 120_000 }, async () => {
  const work = Array.from({ length: 1000 }, async (_, index) => {
    const bundle = bundleOf([emails, jsonata(`$string($ + ${index})`)]);
    const { entity, events } = await mapOffThread(bundle, 'read', { Tags: 1 });
    // A machine with other things to do may cost a budget here and there, and says so.
    return entity['jobTitle'] === String(index + 1) || events[0]?.code === 'jsonata.timeout';
  });
  const { turns, result } = await turnsDuring(Promise.all(work));
  expect(result.every(Boolean)).toBe(true);
  expect(turns).toBeGreaterThan(100);
});

test('a broken dictionary is refused with its problems', async () => {
  const broken = mapOffThread(bundleOf([emails, jsonata('(1 + ')]), 'read', {});
  await expect(broken).rejects.toBeInstanceOf(DictionaryError);
  await expect(broken).rejects.toMatchObject({
    code: 'dictionary.invalid',
    problems: [{ code: 'step.argument', file: 'test/o.yaml', line: 8 }],
  });
  const alone = mapOffThread(bundleOf([emails], { parents: {} }), 'read', {});
  await expect(alone).rejects.toMatchObject({ problems: [{ code: 'extends.missing' }] });
});

test('a record that passes the limits is refused, and the next one is mapped', async () => {
  const slow = bundleOf([
    emails,
    ...Array.from({ length: 40 }, (_, index) => endless.replace('jobTitle', `custom.f${index}`)),
  ]);
  const tooSlow = mapOffThread(slow, 'read', { Tags: ['a'] }, { limitMs: 1000 });
  const behind = mapOffThread(bundleOf([emails]), 'read', { Email: 'ann@acme.test' });
  await expect(tooSlow).rejects.toMatchObject({ code: 'input.tooLarge' });
  expect((await behind).entity).toEqual({ emails: [{ address: 'ann@acme.test' }] });

  let deep: JsonObject = {};
  for (let level = 0; level < 50_000; level += 1) deep = { deep };
  await expect(mapOffThread(bundleOf([emails]), 'read', deep)).rejects.toMatchObject({ code: 'record.invalid' });
  expect((await mapOffThread(bundleOf([emails]), 'read', { Email: 'x@y.test' })).events).toEqual([]);
});

test('a record cannot bring a prototype across', async () => {
  const record = JSON.parse('{"Tags":["a"],"__proto__":{"polluted":1},"constructor":{"prototype":1}}') as JsonObject;
  const { entity } = await mapOffThread(bundleOf([emails, jsonata('$[0]')]), 'read', record);
  expect(Object.keys(entity)).toEqual(['jobTitle']);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
