import { checkDictionary } from '#mappings/language/dictionary.ts';
import { compile } from '#mappings/language/compile.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sampleCall } from '../dictionary/calls.ts';
import { dictionaryFaults, importFixture } from '../testing/fixture.ts';
import { simulate } from '../testing/simulate.ts';

describe('a look-up in two steps', () => {
  const imported = importFixture('3cx-larkspur.xml');
  const { connection } = imported;
  const config = { ApiToken: 'secret', JournalEnabled: true };

  test('its dictionaries are clean and their tests pass', () => {
    expect(dictionaryFaults(imported)).toEqual([]);
    expect(imported.files.map(({ name }) => name)).toEqual([
      'contact.yaml',
      'contact.test.yaml',
      'calls.yaml',
      'calls.test.yaml',
    ]);
  });

  test('finds the caller', () => {
    const answers: Record<string, unknown> = {
      '/v2/people/search?phone=%2B44207946%200010&region=eu': {
        data: {
          items: [
            { id: 8, phones: ['+1 555'] },
            { id: 7, phones: ['030 1', '020 7946 0010'] },
          ],
        },
      },
      '/v2/people/7?fields=all': {
        data: {
          id: 7,
          first_name: 'Ada',
          last_name: 'Lovelace',
          vip: true,
          org: { name: 'Engines' },
          phone: [
            { label: 'mobile', value: '+447700900123' },
            { label: 'work', value: '+442079460010' },
          ],
          email: [{ value: '' }, { value: 'ada@example.com' }],
        },
      },
    };
    const found = simulate(connection, 'findByNumber', { config, values: { Number: '+44207946 0010' } }, ({ url }) =>
      JSON.stringify(answers[url.replace('https://api.larkspur.example', '')] ?? {}),
    );
    expect(found.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v2/people/search', '/v2/people/7']);
    expect(found.requests[0]?.headers).toEqual([['X-Api-Token', 'secret']]);
    expect(found.records).toEqual([
      {
        FirstName: 'Ada',
        LastName: 'Lovelace (VIP)',
        CompanyName: 'ENGINES',
        PhoneBusiness: '+442079460010',
        PhoneMobile: '+447700900123',
        PhoneBusiness2: '+44207946 0010',
        Email: 'ada@example.com',
        EntityId: '7',
        EntityType: 'Person',
        ContactUrl: 'https://app.larkspur.example/person/7',
      },
    ]);
  });

  test('makes a contact with the text its owner wrote, and reads it', () => {
    const made = simulate(
      connection,
      'createContact',
      { config: { ...config, NewName: 'Neu: {{ Number }}' }, values: { Number: '+44"1', CallDirection: 'Inbound' } },
      ({ method }) => JSON.stringify({ data: { id: method === 'POST' ? 9 : '9', first_name: 'Neu' } }),
    );
    expect(made.requests[0]?.body).toBe('{"name":"Neu: +44\\"1","phones":[{"value":"+44\\"1","primary":true}]}');
    expect(made.records).toMatchObject([{ FirstName: 'Neu', EntityId: '9' }]);
  });

  test('does not make one for a call it was told to leave out', () => {
    const values = { Number: '1', CallDirection: 'Outbound' };
    expect(simulate(connection, 'createContact', { config, values }, () => '{}').requests).toEqual([]);
  });

  test('journals a call of the hub', () => {
    const file = imported.files.find(({ name }) => name === 'calls.yaml');
    const { dictionary } = checkDictionary(file?.text ?? '', { file: 'calls.yaml' });
    if (dictionary === null) throw new Error('no dictionary');
    const { record } = compile(dictionary).write(sampleCall);
    const values = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).parse(record);
    const call = { config, values, timeZone: 'Asia/Shanghai' };
    const [request] = simulate(connection, 'reportCall', call, () => '{}').requests;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      subject: '17:30: call from +442079460010 to 101 (00:01:05)',
      person: 7,
      kind: 'call_in',
      way: 'in',
      seconds: 65,
      start: '2026-03-01T09:30:00Z',
    });
    const missed = simulate(
      connection,
      'reportCall',
      { ...call, values: { ...values, CallType: 'Missed' } },
      () => '{}',
    );
    expect(JSON.parse(missed.requests[0]?.body ?? '')).toMatchObject({
      subject: 'Missed call from +442079460010\n[please call back]',
    });
    const off = simulate(connection, 'reportCall', { ...call, config: { JournalEnabled: false } }, () => '{}');
    expect(off.requests).toEqual([]);
  });

  test('tells the one value the hub does not have', () => {
    expect(imported.findings.map(({ code, what }) => [code, what])).toEqual([['variable.noSource', '[Summary]']]);
  });
});
