/** The template 3CX gets, played by the importer against a running hub. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportThreeCx } from '#mappings/import/export-threecx.ts';
import { extract, outputsOf } from '#mappings/import/extract.ts';
import { importTemplate } from '#mappings/import/import-template.ts';
import { spellCaller } from '#mappings/import/number-spelling.ts';
import { renderRequest } from '#mappings/import/render-request.ts';
import { valuesFor } from '#mappings/import/values.ts';
import type { OperationName } from '#mappings/import/rest-connection.ts';
import { startTestHub, Visitor } from './testing-hub.ts';
import type { TestHub } from './testing-hub.ts';

const boss = { email: 'boss@example.org', displayName: 'Boss', password: 'a long enough one', defaultRegion: 'DE' };
const { connection } = importTemplate(Buffer.from(exportThreeCx()), '3cx');

let hub: TestHub;
const keys = new Map<string, string>();
beforeAll(async () => {
  hub = await startTestHub();
  const administrator = new Visitor(hub.url);
  await administrator.call('POST', '/api/set-up', boss);
  for (const role of ['agent', 'integrator']) {
    const { json } = await administrator.call('POST', '/api/api-keys', { name: role, role });
    keys.set(role, String(json['secret']));
  }
});
afterAll(() => hub.stop());

async function ask(operation: OperationName, role: string, known: Record<string, string>) {
  const [first = ''] = connection.operations[operation]?.first ?? [];
  const step = connection.steps[first];
  if (step === undefined) throw new Error(`The template has no ${operation}.`);
  const config = { HubUrl: hub.url, ApiKey: keys.get(role) ?? '', CreateContactEnabled: true };
  const Number = spellCaller(known['Number'] ?? '', connection.number);
  const values = valuesFor(connection, { config, values: { ...known, Number } });
  const rendered = renderRequest(connection, step, values);
  if (!rendered.ok) throw new Error(rendered.fault.message);
  const { method, url, headers, body } = rendered.request;
  const answer = await fetch(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body,
  });
  const { records } = extract(step, await answer.text(), values);
  return { status: answer.status, found: records.map((record) => outputsOf(step, record)) };
}

const ann = { FirstName: 'Ann', LastName: 'O’Hara & Söhne', Company: 'Acme "GmbH"', Email: 'ann@acme.example' };

test('a contact made through the template is found by it, by number, address and name', async () => {
  const made = await ask('createContact', 'integrator', { ...ann, Number: '+4930901820' });
  expect(made).toMatchObject({
    status: 201,
    found: [{ FirstName: 'Ann', LastName: ann.LastName, CompanyName: ann.Company }],
  });
  const again = await ask('createContact', 'integrator', { ...ann, Number: '+4930901820' });
  expect(again.found[0]?.['EntityId']).toBe(made.found[0]?.['EntityId']);
  for (const [operation, values] of [
    ['findByNumber', { Number: '+4930901820' }],
    ['findByNumber', { Number: '030 901820' }],
    ['findByEmail', { Email: 'ANN@acme.example' }],
    ['search', { SearchText: 'söhne' }],
  ] as const) {
    const { found } = await ask(operation, 'agent', values);
    expect(found).toMatchObject([{ EntityId: made.found[0]?.['EntityId'], PhoneBusiness: '+4930901820' }]);
  }
});

test('an unknown number finds nobody, and an agent’s key makes no contacts', async () => {
  expect(await ask('findByNumber', 'agent', { Number: '+4930999999' })).toEqual({ status: 200, found: [] });
  expect(await ask('createContact', 'agent', { ...ann, Number: '1' })).toMatchObject({ status: 403, found: [] });
});
