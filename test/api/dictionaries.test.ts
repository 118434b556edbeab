import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, Visitor } from './testing-hub.ts';
import type { TestHub } from './testing-hub.ts';

const boss = { email: 'boss@example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'DE' };
const text = `connector: acme\nobject: people\nentity: contact\nversion: 1\nrules:\n  firstName: first\n`;
const tests = 'tests:\n  - { name: reads, record: { first: Ann }, entity: { firstName: Ann } }\n';
let hub: TestHub;
let visitor: Visitor;

beforeAll(async () => {
  hub = await startTestHub();
  visitor = new Visitor(hub.url);
  await visitor.call('POST', '/api/set-up', boss);
});
afterAll(() => hub.stop());

const call = (method: string, path: string, body?: unknown) => visitor.call(method, `/api/dictionaries${path}`, body);

test('what the hub came with is listed, live and without errors', async () => {
  const { status, json } = await call('GET', '');
  expect(status).toBe(200);
  const items = json['items'] as Record<string, unknown>[];
  expect(items.find(({ name }) => name === 'hubspot/contact')).toMatchObject({
    kind: 'dictionary',
    entity: 'contact',
    liveVersion: expect.any(Number),
    origin: 'shipped',
    errors: 0,
    draft: null,
  });
  expect(items.find(({ name }) => name === 'shared/priority')).toMatchObject({ kind: 'values', object: null });
});

test('from a draft over publishing and rolling back to the versions, as the screen goes', async () => {
  const saved = await call('PUT', '/acme/person/draft', { text, tests, revision: null });
  expect(saved.status).toBe(200);
  expect(saved.json).toMatchObject({ text, tests, baseVersion: null, updatedBy: 'Boss' });
  const clash = await call('PUT', '/acme/person/draft', { text, tests, revision: null });
  expect([clash.status, clash.json['code']]).toEqual([409, 'resource.conflict']);
  expect(clash.json['detail']).toContain('Boss saved the draft of acme/person');
  const { revision } = saved.json as { revision: number };
  const published = await call('POST', '/acme/person/publish', { revision, note: 'first' });
  expect(published.json).toEqual({ version: 1, alsoPublished: [] });
  const detail = await call('GET', '/acme/person');
  expect(detail.json).toMatchObject({
    summary: { liveVersion: 1, tests: 1, failedTests: 0 },
    live: { version: 1, text, tests },
    draft: null,
  });
  const wrong = await call('PUT', '/acme/person/draft', {
    text: text.replace('firstName', 'nonsense'),
    tests,
    revision: null,
  });
  const refused = await call('POST', '/acme/person/publish', { revision: wrong.json['revision'] });
  expect([refused.status, refused.json['code']]).toEqual([422, 'dictionary.invalid']);
  expect(refused.json['detail']).toContain('acme/person.yaml:6');
  expect((await call('DELETE', '/acme/person/draft')).json).toMatchObject({ revision: wrong.json['revision'] });
  const second = await call('PUT', '/acme/person/draft', {
    text: text.replace('first\n', 'given\n'),
    tests: null,
    revision: null,
  });
  await call('POST', '/acme/person/publish', { revision: second.json['revision'] });
  const diff = await call('GET', '/acme/person/diff?from=1&to=live');
  expect(diff.json['rules']).toMatchObject([{ id: 'firstName', change: 'changed' }]);
  expect((await call('POST', '/acme/person/roll-back', { version: 1 })).json).toEqual({
    version: 3,
    alsoPublished: [],
  });
  const { json } = await call('GET', '/acme/person/versions');
  expect(json['items']).toMatchObject([
    { version: 3, origin: 'rolledBack', isLive: true, publishedBy: 'Boss' },
    { version: 2, origin: 'published', isLive: false },
    { version: 1, note: 'first', isLive: false },
  ]);
  expect((await call('GET', '/acme/person/versions/1')).json).toEqual({ version: 1, text, tests });
});

test('the screen is helped with previews, edits, proposals, steps, fields and samples', async () => {
  const sample = { direction: 'read', input: { first: 'Ann' } };
  const preview = await call('POST', '/preview', { name: 'acme/person', text, tests, sample, runTests: true });
  expect(preview.json).toMatchObject({
    outline: { rules: [{ id: 'firstName' }] },
    trace: { result: { firstName: 'Ann' } },
    tests: { outcomes: [{ passed: true }] },
  });
  const edits = [{ kind: 'addRule', rule: { to: 'lastName', from: 'last' } }];
  expect((await call('POST', '/edit', { text, edits })).json['text']).toContain('lastName');
  const fields = (await call('GET', '/hubspot/contact/fields')).json;
  expect(fields).toMatchObject({ source: 'shipped', name: 'contacts' });
  const ask = {
    name: 'hubspot/contact',
    entity: 'contact',
    fields: { name: fields['name'], fields: fields['fields'] },
    text: null,
  };
  expect((await call('POST', '/suggest', ask)).json['items']).not.toEqual([]);
  expect((await call('GET', '/steps')).json['items']).not.toEqual([]);
  expect((await call('GET', '/acme/person/samples')).json['items']).toMatchObject([{ label: 'reads', source: 'test' }]);
  expect((await call('GET', '/losses')).json).toEqual({ items: [], nextCursor: null, total: null });
});

test('what is not there, or cannot be a name, is told as such', async () => {
  for (const path of [
    '/acme/nobody',
    '/acme/nobody/versions',
    '/acme/nobody/diff',
    '/acme/nobody/samples',
    '/acme/..%2F..%2Fetc',
  ]) {
    const { status, json } = await call('GET', path);
    expect([path, status, json['code']]).toEqual([path, 404, 'resource.missing']);
  }
  expect((await call('GET', '/acme/nobody')).json['detail']).toContain('acme/nobody');
  for (const name of ['Acme/person', 'acme/per%20son', 'acme/__proto__', `acme/${'x'.repeat(80)}`]) {
    const { status, json } = await call('PUT', `/${name}/draft`, { text, tests: null, revision: null });
    expect([name, status, json['code']]).toEqual([name, 400, 'input.invalid']);
  }
  const huge = Number.MAX_SAFE_INTEGER;
  expect((await call('GET', `/acme/person/versions/${huge}`)).status).toBe(404);
  expect((await call('POST', '/acme/person/roll-back', { version: huge })).status).toBe(404);
  expect((await call('GET', '/acme/person/diff?from=999999999')).status).toBe(404);
  expect((await call('PUT', '/acme/person/draft', { text, tests: null, revision: huge })).status).toBe(409);
  expect((await call('POST', '/acme/person/publish', { revision: huge, note: '' })).status).toBe(409);
  expect((await call('POST', '/acme/nobody/publish', { revision: 1 })).status).toBe(404);
  expect((await call('GET', '/losses?cursor=x')).status).toBe(400);
  const why = await visitor.call('GET', '/api/writes/nobody/why');
  expect([why.status, why.json['code']]).toEqual([404, 'resource.missing']);
  const object = await visitor.call('GET', '/api/connections/nobody/objects/contacts/fields');
  expect([object.status, object.json['code']]).toEqual([404, 'resource.missing']);
});

test('a draft of the largest size is kept whole, in any script; a larger one is told the limit', async () => {
  const most = `# ${'话'.repeat(255_998)}`;
  const saved = await call('PUT', '/acme/large/draft', { text: most, tests: most, revision: null });
  expect([saved.status, saved.json['text'] === most, saved.json['tests'] === most]).toEqual([200, true, true]);
  const over = await call('PUT', '/acme/large/draft', { text: `${most}x`, tests: null, revision: null });
  expect([over.status, over.json['detail']]).toEqual([400, expect.stringContaining('at most 256000 characters')]);
  const refused = await call('POST', '/acme/large/publish', { revision: saved.json['revision'] });
  expect([refused.status, refused.json['code']]).toEqual([422, 'dictionary.invalid']);
  expect((await call('DELETE', '/acme/large/draft')).status).toBe(200);
  const gone = await call('POST', '/acme/person/publish', { revision: saved.json['revision'] });
  expect([gone.status, gone.json['detail']]).toEqual([
    409,
    expect.stringContaining('There is no draft of acme/person'),
  ]);
  const odd = await call('GET', '/acme/person/diff?to=now');
  expect(odd.json['detail']).toBe('query.to: is the number of a version, "live" or "draft"');
  expect((await call('GET', '/acme/person/versions/x')).json['detail']).toContain('is the number of a version');
});

test('who publishes is in the log', () => {
  const lines = hub.logged.filter((line) => line.includes('A dictionary was'));
  expect(lines).toHaveLength(3);
  expect(lines.every((line) => line.includes('"by":{"kind":"user"'))).toBe(true);
});
