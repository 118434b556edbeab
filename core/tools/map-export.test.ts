import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFlatContact, flatContact, lookUpContacts } from '#core/contract/api/directory.ts';
import { exportThreeCx } from '#mappings/import/export-threecx.ts';
import { importTemplate } from '#mappings/import/import-template.ts';
import { dictionaryFaults } from '#mappings/import/testing/fixture.ts';
import { simulate } from '#mappings/import/testing/simulate.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import { command } from './map.ts';

describe('the 3CX template of the hub', () => {
  const imported = importTemplate(Buffer.from(exportThreeCx({ hubUrl: 'https://hub.example/' })), '3cx');
  const { connection } = imported;
  const config = { ApiKey: 'tl_key', CreateContactEnabled: true };
  const contact = flatContact.parse({
    ...Object.fromEntries(Object.keys(flatContact.shape).map((name) => [name, `the ${name}`])),
    phoneWork: '+442079460010',
  });

  test('is read back without anything lost or changed', () => {
    expect(imported.findings).toEqual([]);
    expect(dictionaryFaults(imported)).toEqual([]);
    expect(Object.keys(connection.operations)).toEqual(['findByNumber', 'findByEmail', 'search', 'createContact']);
  });

  test.each([
    ['findByNumber' as const, { Number: '00442079460010' }, 'number'],
    ['findByEmail' as const, { Email: 'a+b@example.com' }, 'email'],
    ['search' as const, { SearchText: 'Ann & Bo' }, 'search'],
  ])('%s asks the route of the contract and reads every value of its answer', (operation, values, name) => {
    const answer = JSON.stringify(lookUpContacts.response.parse({ contacts: [contact, { ...contact, id: '2' }] }));
    const { requests, records } = simulate(connection, operation, { config, values }, () => answer);
    const url = new URL(requests[0]?.url ?? '');
    expect([requests[0]?.method, url.pathname]).toEqual([lookUpContacts.method, lookUpContacts.path]);
    expect(lookUpContacts.query.parse(Object.fromEntries(url.searchParams))).toEqual({
      [name]: Object.values(values)[0],
    });
    expect(requests[0]?.headers).toEqual([['Authorization', 'Bearer tl_key']]);
    expect(records.map(({ EntityId }) => EntityId)).toEqual(['the id', '2']);
    expect(records[0]).toMatchObject({
      FirstName: 'the firstName',
      CompanyName: 'the company',
      PhoneBusiness: '+442079460010',
      FaxBusiness: 'the fax',
      ContactUrl: 'https://hub.example/directory?contact=the id',
    });
  });

  test('gives back the number that was asked for, or 3CX would drop the contact', () => {
    const call = { config, values: { Number: '0044 1' } };
    const { records } = simulate(connection, 'findByNumber', call, () => JSON.stringify({ contacts: [contact] }));
    expect(Object.values(records[0] ?? {})).toContain('0044 1');
  });

  test('makes a contact when its owner switched that on', () => {
    const values = { FirstName: 'Ann', LastName: 'Bo', Number: '0044 1', Email: 'a@b.example', Company: 'C"o' };
    const [sent] = simulate(connection, 'createContact', { config, values }, () => '{}').requests;
    expect([sent?.method, new URL(sent?.url ?? '').pathname]).toEqual([
      createFlatContact.method,
      createFlatContact.path,
    ]);
    const body: unknown = JSON.parse(sent?.body ?? '');
    expect(createFlatContact.body.strict().parse(body)).toEqual({
      firstName: 'Ann',
      lastName: 'Bo',
      company: 'C"o',
      email: 'a@b.example',
      number: '0044 1',
    });
    expect(simulate(connection, 'createContact', { config: { ApiKey: 'k' }, values }, () => '{}').requests).toEqual([]);
  });

  test('an address with odd characters stays inside its attribute', () => {
    const text = exportThreeCx({ hubUrl: 'https://h.example/?a="><Evil/>&b', name: 'A & "B"' });
    expect(text).not.toContain('<Evil/>');
    expect(importTemplate(Buffer.from(text)).connection.title).toBe('A & "B"');
  });
});

describe('tieline map export', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tieline-export-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  async function call(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), env: {}, cwd };
    const code = await command.run(['export', ...words], io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  test('writes to standard output or a file', async () => {
    expect((await call('3cx')).out).toContain('<Crm Name="Tieline"');
    expect(await call('3cx', '--hub-url', 'https://h.example', '--out', 't.xml')).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 't.xml'), 'utf8')).toContain('Default="https://h.example"');
    expect(await call('3cx', '--out', 't.xml')).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
  });

  test.each([[['avaya']], [[]], [['3cx', '--hub-url', 'ftp://x']], [['3cx', '--hub-url', 'https://x?a=1']]])(
    '%j is a usage error',
    async (words) => {
      await expect(call(...words)).rejects.toBeInstanceOf(UsageError);
    },
  );
});
