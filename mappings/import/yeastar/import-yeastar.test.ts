import { compile } from '#mappings/language/compile.ts';
import { checkDictionary } from '#mappings/language/dictionary.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sampleCall } from '../dictionary/calls.ts';
import { ImportRefusal } from '../findings.ts';
import { importTemplate } from '../import-template.ts';
import { printTemplate } from '../template/print.ts';
import { dictionaryFaults, importFixture } from '../testing/fixture.ts';
import { simulate } from '../testing/simulate.ts';
import { readGjson } from './gjson.ts';
import { translateGo } from './go-template.ts';

test.each(['yeastar-aster', 'yeastar-borage', 'yeastar-campion'])('the dictionaries of %s can be used', (name) => {
  expect(dictionaryFaults(importFixture(`${name}.xml`))).toEqual([]);
});

describe('a helpdesk', () => {
  const imported = importFixture('yeastar-aster.xml');
  const { connection, findings } = imported;
  const config = { domain: 'acme', client_id: 'id', client_secret: 's' };

  test('signs in with OAuth2 and sends its headers', () => {
    expect(connection.auth).toMatchObject({
      kind: 'oauth2',
      grant: 'authorizationCode',
      tokenUrl: 'https://{{ config.domain }}.aster.example/oauth/token',
      clientId: '{{ config.client_id }}',
      scope: 'read write',
    });
    expect(connection.headers).toEqual([{ name: 'Accept', value: 'application/json' }]);
    expect(connection.maxConcurrentRequests).toBe(10);
  });

  test('finds the caller among users, and among leads when no user has the number', () => {
    const users = {
      users: [
        {
          id: 4,
          name: 'Ann',
          email: 'ann@example.com',
          phone: '030 1',
          identities: [
            { type: 'phone_number', value: 'first' },
            { type: 'mobile', value: '0171 1' },
            { type: 'phone_number', value: 'second' },
          ],
        },
      ],
    };
    const call = { config, values: { Number: '+49 171&1', AccessToken: 't' } };
    const found = simulate(connection, 'findByNumber', call, () => JSON.stringify(users));
    expect(found.requests).toEqual([
      {
        method: 'GET',
        url: 'https://acme.aster.example/api/users?phone=%2B49%20171%261',
        headers: [
          ['Authorization', 'Bearer t'],
          ['Accept', 'application/json'],
        ],
        body: null,
      },
    ]);
    expect(found.records).toEqual([
      {
        ContactsId: '4',
        FirstName: 'Ann',
        Email: 'ann@example.com',
        BusinessNumber: '030 1',
        MobileNumber: '0171 1',
        BusinessNumber2: 'second',
        ContactUrl: 'https://acme.aster.example/users/4',
      },
    ]);
    const lead = simulate(connection, 'findByNumber', call, ({ url }) =>
      url.includes('/leads/') ? '{"lead": {"id": 7, "full.name": "Bo"}}' : '{"users": []}',
    );
    expect(lead.requests[1]?.url).toBe('https://acme.aster.example/api/leads/%2B49%20171%261');
    expect(lead.records).toMatchObject([{ ContactsId: '7', FirstName: 'Bo' }]);
  });

  test('makes a contact; a name with quotes stays a text', () => {
    const call = { config, values: { Number: '1', Name: 'ann "x"' } };
    const [made] = simulate(connection, 'createContact', call, () => '{"user": {"id": 1}}').requests;
    expect(JSON.parse(made?.body ?? '')).toEqual({ user: { name: 'Ann "x"', phone: '1' } });
  });

  test('searches and lists agents', () => {
    const [search] = simulate(connection, 'search', { config, values: { SearchText: 'a b' } }, () => '{}').requests;
    expect(search?.url).toBe('https://acme.aster.example/api/users?q=a%20b');
    const agents = simulate(connection, 'listAgents', { config, values: {} }, () => '{"agents":[{"id":1},{"id":2}]}');
    expect(agents.records.map(({ UserUniqueId }) => UserUniqueId)).toEqual(['1', '2']);
  });

  test('journals a call of the hub, if it was recorded', () => {
    const file = imported.files.find(({ name }) => name === 'calls.yaml');
    const { dictionary } = checkDictionary(file?.text ?? '', { file: 'calls.yaml' });
    if (dictionary === null) throw new Error('no dictionary');
    const { record } = compile(dictionary).write(sampleCall);
    const values = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).parse(record);
    const call = { config, values, timeZone: 'Asia/Shanghai' };
    const [sent] = simulate(connection, 'reportCall', call, () => '{}').requests;
    expect(sent).toMatchObject({ method: 'PUT', url: 'https://acme.aster.example/api/tickets/7.json' });
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      subject: 'Inbound call from +442079460010, 00:01:05',
      recording: 'https://hub.example/recordings/1',
      started: '2026-03-01T09:30:00.000Z',
      local: '2026-03-01 17:30:00',
      ms: 1_772_357_400_000,
      secs: 65,
    });
    expect(
      simulate(connection, 'reportCall', { ...call, values: { ...values, RecordPath: '' } }, () => '').requests,
    ).toEqual([]);
  });

  test('names what is not carried', () => {
    expect(findings.map(({ code }) => code)).toEqual([
      'path.unsupported',
      'scenario.unsupported',
      'scenario.unsupported',
    ]);
  });
});

test('basic authentication, a form and an XML answer', () => {
  const { connection, findings } = importFixture('yeastar-borage.xml');
  const config = { email: 'me@x.example', api_token: 't' };
  const answer = '<contacts><contact><id>1</id><name>Bo</name></contact><contact><id>2</id></contact></contacts>';
  const found = simulate(connection, 'findByNumber', { config, values: { Number: '5' } }, () => answer);
  expect(found.requests).toMatchObject([
    {
      headers: [
        ['Authorization', `Basic ${btoa('me@x.example/token:t')}`],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: 'tel=5&kind=person',
    },
  ]);
  expect(found.records).toMatchObject([{ ContactsId: '1', LastName: 'Bo' }, { ContactsId: '2' }]);
  expect(findings).toEqual([]);
  expect(connection.maxConcurrentRequests).toBe(1);
});

test('mistakes are named, and the rest is kept', () => {
  const { connection, findings } = importFixture('yeastar-campion.xml');
  expect(connection.steps['SyncContactAuto_1']?.extract.map(({ name }) => name)).toEqual(['Email']);
  expect(findings.map(({ code }) => code).toSorted()).toEqual(
    [
      'auth.incomplete',
      'element.unknown',
      'expression.function',
      'expression.function',
      'expression.unreadable',
      'expression.variable',
      'expression.variable',
      'parameter.name',
      'path.unsupported',
      'path.unsupported',
      'path.unsupported',
      'request.method',
      'request.url',
      'scenario.unsupported',
      'variable.name',
    ].toSorted(),
  );
});

describe('Go templates', () => {
  const translate = (text: string): string =>
    printTemplate(translateGo(text, { use: 'text', nameOf: (name) => ({ kind: 'name', scope: 'value', name }) }));

  test.each([
    ['{{ .a }}', '{{ a }}'],
    ['x {{- /* c */ -}} y', 'xy'],
    ['{{if .a}}b{{else if ne .c "d"}}e{{else}}f{{end}}', "{{#if a}}b{{else if c != 'd'}}e{{else}}f{{/if}}"],
    ['{{ .a | UrlEncode | Capitalize }}', '{{ a | urlEncode | capitalize }}'],
    ['{{ if or (eq .a 1) (and .b (not .c)) }}x{{ end }}', '{{#if a == 1 or (b and not c)}}x{{/if}}'],
    ['{{ `raw "x"` }} {{ "q\\"\\n" }}', "{{ 'raw \"x\"' }} {{ 'q\"\\n' }}"],
    ['{{ "}}" }}', "{{ '}}' }}"],
  ])('%s', (text, expected) => {
    expect(translate(text)).toBe(expected);
  });

  test.each<[string, string]>([
    ['a tag left open', '{{ .a'],
    ['if left open', '{{if .a}}'],
    ['if in if, ten thousand deep', '{{if .a}}'.repeat(2000)],
    ['brackets, thousands deep', `{{ ${'('.repeat(4000)}.a${')'.repeat(4000)} }}`],
    ['end without if', '{{end}}'],
    ['a loop', '{{range .a}}{{end}}'],
    ['a variable', '{{ $x := .a }}'],
    ['too long', 'x'.repeat(30_000)],
  ])('%s is a fault', (_, text) => {
    expect(() => translate(text)).toThrow();
  });
});

test.each<[string, unknown]>([
  ['a.b', { extraction: { path: 'a.b', where: [], nth: 0 }, isList: false }],
  ['a.#.b', { extraction: { path: 'a.b', where: [], nth: 0 }, isList: true }],
  ['a.0.b', { extraction: { path: 'a.0.b', where: [], nth: 0 }, isList: false }],
  ['full\\.name', { extraction: { path: 'full\\.name', where: [], nth: 0 }, isList: false }],
  [
    'a.#(k=="v")#|2.b',
    { extraction: { path: 'a.b', where: [{ path: 'a.k', is: 'equals', value: 'v' }], nth: 2 }, isList: false },
  ],
  ['a.#', null],
  ['a.*', null],
  ['a|@reverse', null],
  ['{a,b}', null],
  ['a.#(k=="v").#(l=="w").b', null],
  ['a.__proto__', null],
  ['a..b', null],
])('GJSON %s', (text, expected) => {
  expect(readGjson(text)).toEqual(expected);
});

test('an empty template is refused', () => {
  expect(() => importTemplate(Buffer.from('<Information Name="x"><Scenarios/></Information>'))).toThrow(ImportRefusal);
});
