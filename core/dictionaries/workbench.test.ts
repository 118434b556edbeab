import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewDictionary } from '#core/contract/api/dictionaries.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { author, openDatabase, startProcess, type TestProcess } from './testing/process.ts';

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

const head = 'connector: acme\nobject: people\nentity: contact\nversion: 1\n';
const preview = (text: string, more: object = {}) => {
  const body = { name: 'acme/person', text, tests: null, sample: null, ...more };
  return hub.workbench.preview(previewDictionary.body.parse(body), 'default');
};

test('a text is outlined, checked, tried on a sample and tested, and nothing is stored', async () => {
  const text = `${head}rules:\n  firstName: { from: first, steps: [trim] }\n  phones[label=mobile].number: { from: cell, steps: [phone] }\n`;
  const tests = 'tests:\n  - name: trims\n    record: { first: " Ann " }\n    entity: { firstName: Ann }\n';
  const sample = { direction: 'read', input: { first: ' Bo ', cell: '0171 1234567' } };
  const result = await preview(text, { tests, sample, runTests: true });
  expect(result.outline).toMatchObject({ object: 'people', rules: [{ id: 'firstName', steps: ['trim'] }, {}] });
  expect(result.trace?.result).toEqual({
    firstName: 'Bo',
    phones: [{ label: 'mobile', number: '+491711234567' }],
  });
  expect(result.trace?.rows[0]).toEqual({
    rule: 'firstName',
    from: ' Bo ',
    steps: [{ name: 'trim', value: 'Bo', fault: null }],
    to: 'Bo',
  });
  expect(result.tests?.outcomes).toEqual([{ name: 'trims', passed: true, differences: [] }]);
  expect(await hub.catalogue.list('default')).not.toContainEqual(expect.objectContaining({ name: 'acme/person' }));
});

test('given fields are checked against; of a shipped description, what an account may add is a warning', async () => {
  const text = `${head}rules:\n  firstName: first\n`;
  const fields = { name: 'people', fields: [{ name: 'given', label: 'Given', type: 'string' }] };
  const { problems } = await preview(text, { fields });
  expect(problems).toContainEqual(expect.objectContaining({ code: 'record.unknownField', severity: 'error', line: 6 }));
  const own = hub.live.document('salesforce/contact')?.bundle.text ?? '';
  const custom = own.replace('rules:\n', 'rules:\n  - { to: custom.mine, from: Mine__c }\n');
  const shipped = await preview(custom, { name: 'salesforce/contact' });
  expect(shipped.problems).toContainEqual(
    expect.objectContaining({
      code: 'record.unknownField',
      severity: 'warning',
      message: expect.stringContaining('Mine__c'),
    }),
  );
});

test('what cannot be read comes back as problems, with what can be read of it', async () => {
  const { outline, problems, trace } = await preview(`${head}rules:\n  firstNaem: first\n  lastName: last\n`, {
    sample: { direction: 'read', input: { last: 'x' } },
  });
  expect(outline?.rules.map(({ id }) => id)).toEqual(['firstNaem', 'lastName']);
  expect(problems[0]).toMatchObject({ code: 'entity.unknownField', file: 'acme/person.yaml', line: 6 });
  expect(trace).toBeNull();
  expect((await preview('')).outline).toBeNull();
  expect((await preview('values: level\nrows: []\n', { name: 'shared/level' })).problems).not.toEqual([]);
});

const bomb = `a: &a [x, x]\n${Array.from('bcdefghijklmnop')
  .map((key, at) => `${key}: &${key} [*${'abcdefghijklmno'[at]}, *${'abcdefghijklmno'[at]}]`)
  .join('\n')}\n`;
const manyRules = Array.from(
  { length: 2000 },
  (_, at) => `  - { to: custom.f${at}, from: f${at}, steps: [trim, collapse] }`,
);

test.each([
  ['a bomb of anchors', bomb],
  ['brackets without end', '['.repeat(200_000)],
  ['a file of keys', Array.from({ length: 15_000 }, (_, at) => `k${at}: ${at}`).join('\n')],
  ['a prototype', `${head}rules:\n  __proto__: x\n  constructor.prototype.y: z\n`],
  ['two thousand rules', `${head}rules:\n${manyRules.join('\n')}\n`],
  [
    'a pattern that backtracks',
    `${head}rules:\n  firstName: { from: a, steps: [{ replace: '(a+)+$' }], direction: read }\n`,
  ],
])('%s holds up nobody', async (_what, text) => {
  let turns = 0;
  let turning = true;
  const turn = (): void => {
    turns += 1;
    if (turning) setImmediate(turn);
  };
  turn();
  const sample = { direction: 'read', input: { a: 'a'.repeat(50_000) } };
  const result = await preview(text, { sample, runTests: true }).catch((error: unknown) => error);
  turning = false;
  expect(result).toSatisfy((one) => one instanceof Error || (one as { problems: [] }).problems.length <= 500);
  // The event loop went round and round meanwhile.
  expect(turns).toBeGreaterThan(2);
  expect(({} as Record<string, unknown>)['y']).toBeUndefined();
  const draft = await hub.drafts.save('acme/hostile', { text, tests: null, revision: null }, author);
  expect((await hub.catalogue.get('default', 'acme/hostile')).draft?.text).toBe(draft.text);
  await hub.drafts.discard('acme/hostile', author);
});

test('a text that takes too much time or memory ends its thread and nothing else; a flood is turned away', async () => {
  const text = `${head}rules:\n${manyRules.join('\n')}\n`;
  hub.offThread.budget.ms = 100;
  await expect(preview(text)).rejects.toMatchObject({ code: 'input.tooLarge' });
  Object.assign(hub.offThread.budget, { ms: 20_000, mb: 16 });
  await expect(preview(text, { runTests: true })).rejects.toThrow('too much memory');
  hub.offThread.budget.mb = 384;
  expect((await preview(`${head}rules: {}\n`)).outline).not.toBeNull();
  const flood = await Promise.allSettled(Array.from({ length: 80 }, () => preview('')));
  const turnedAway = flood.filter((one) => one.status === 'rejected').map((one) => one.reason as { code: string });
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(new Set(turnedAway.map(({ code }) => code))).toEqual(new Set(['remote.rateLimited']));
});

test('a stop answers what is being checked and what waits', async () => {
  const other = await startProcess(database);
  const ask = { text: `${head}rules:\n${manyRules.join('\n')}\n`, edits: [] };
  const asked = [1, 2].map(() => other.offThread.run('edit', ask));
  const answers = Promise.allSettled(asked);
  await other.stop();
  await expect(other.offThread.run('edit', ask)).rejects.toMatchObject({ code: 'shutdown.draining' });
  for (const answer of await answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'shutdown.draining', retry: 'soon' } });
  }
});

test('a publication goes before previews that wait, and those before what nobody waits for', async () => {
  const done: string[] = [];
  const ask = { text: head, edits: [] };
  const run = (urgency: 'publishing' | 'interactive' | 'background') =>
    hub.offThread.run('edit', ask, urgency).then(() => done.push(urgency));
  await Promise.all([run('interactive'), run('background'), run('interactive'), run('publishing')]);
  // The first may have been taken at once, unless checks of other tests were still under way.
  expect(done.slice(0, 2)).toContain('publishing');
  expect(done.slice(2)).toEqual(['interactive', 'background']);
});

test('a NUL is refused where it would be stored; an unknown zone is no UTC', async () => {
  const save = hub.drafts.save('acme/person', { text: 'a\u0000b', tests: null, revision: null }, author);
  await expect(save).rejects.toMatchObject({ code: 'input.invalid', field: 'text' });
  await expect(preview(head, { timeZone: 'Mars/Olympus' })).rejects.toThrow('is no time zone');
});

test('edits keep what they do not touch, and say when they cannot be made', async () => {
  const text = `# mine\n${head}rules:\n  firstName: first # keep\n`;
  const edit = { kind: 'addRule', rule: { to: 'lastName', from: 'last' } } as const;
  const answer = await hub.workbench.edit({ text, edits: [edit] });
  expect(answer.text).toContain('firstName: first # keep');
  expect(answer.text).toMatch(/lastName/);
  const gone = hub.workbench.edit({ text, edits: [{ kind: 'removeRule', index: 9 }] });
  await expect(gone).rejects.toMatchObject({ code: 'resource.missing' });
});

test('rules are proposed for what is not mapped yet', async () => {
  const fields = ['first_name', 'last_name', 'email'].map((name) => ({ name, label: name, type: 'string' as const }));
  const ask = { name: 'acme/person', entity: 'contact' as const, fields: { name: 'people', fields }, samples: [] };
  const { items } = await hub.workbench.suggest({ ...ask, text: `${head}rules:\n  firstName: first_name\n` });
  expect(items.map(({ from }) => from[0])).toEqual(expect.arrayContaining(['last_name', 'email']));
  expect(items.flatMap(({ to }) => to)).not.toContain('firstName');
});

test('a template becomes documents that can be previewed at once', async () => {
  const file = new URL('../../mappings/import/fixtures/3cx-larkspur.xml', import.meta.url);
  const { format, documents, connection } = await hub.workbench.importTemplate({
    template: readFileSync(file, 'utf8'),
  });
  expect(format).toBe('3cx');
  expect(connection).toHaveProperty('operations');
  for (const { name, text, tests } of documents) {
    const { problems } = await preview(text, { name, tests, runTests: true });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  await expect(hub.workbench.importTemplate({ template: 'no xml' })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('every step has a guide; the shipped fields are told', () => {
  const { items } = hub.workbench.steps();
  expect(items.find(({ name }) => name === 'truncate')).toMatchObject({ needsArguments: true });
  expect(items.length).toBeGreaterThan(40);
  expect(hub.workbench.fields('hubspot/contact')).toMatchObject({ source: 'shipped', name: 'contacts' });
  expect(hub.workbench.fields('acme/people')).toEqual({ source: 'none', name: 'people', fields: [] });
});
