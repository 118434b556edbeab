import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extract, outputsOf } from './extract.ts';
import { isSameNumber, spellCaller } from './number-spelling.ts';
import { renderRequest } from './render-request.ts';
import { type RestConnectionInput, restConnectionDraft, type RestConnection } from './rest-connection.ts';
import type { Scalar } from './template/ast.ts';
import { valuesFor } from './values.ts';

type StepInput = RestConnectionInput['steps'][string];

function connectionWith(step: StepInput, more: Partial<RestConnectionInput> = {}): RestConnection {
  return restConnectionDraft.parse({
    format: 'tieline-rest-connection',
    formatVersion: 1,
    id: 'acme',
    title: 'Acme',
    parameters: [
      { name: 'Url', title: 'Address', type: 'text', default: 'https://crm.example/api/v2/' },
      { name: 'Domain', title: 'Domain', type: 'text', default: 'acme' },
      { name: 'Key', title: 'Key', type: 'secret' },
    ],
    auth: { kind: 'none' },
    number: {},
    operations: { findByNumber: { first: ['find'] } },
    steps: { find: step },
    record: { id: 'Id' },
    dictionaries: {},
    ...more,
  });
}

function render(step: StepInput, values: Record<string, Scalar>, more: Partial<RestConnectionInput> = {}) {
  const connection = connectionWith(step, more);
  const { find } = connection.steps;
  if (find === undefined) throw new Error('no step');
  const config: Record<string, Scalar> = 'config' in values ? { Url: values['config'] ?? null } : {};
  return renderRequest(connection, find, valuesFor(connection, { config, values }));
}

function urlOf(url: string, values: Record<string, Scalar>): string {
  const rendered = render({ method: 'GET', url }, values);
  return rendered.ok ? rendered.request.url : rendered.fault.code;
}

describe('a request’s address', () => {
  test.each<[string, Record<string, Scalar>, string]>([
    ['https://x.example/?q={{ Number }}', { Number: '+49 30&x=1#' }, 'https://x.example/?q=%2B49%2030%26x%3D1%23'],
    ['{{ config.Url }}people/{{ Id }}', { Id: 'a/b?c' }, 'https://crm.example/api/v2/people/a%2Fb%3Fc'],
    ['https://{{ config.Domain }}.example/x', {}, 'https://acme.example/x'],
    ['https://{{ Name }}.example/x', { Name: 'evil.example/' }, 'url.address'],
    ['https://{{ Name }}.example/x', { Name: 'user@evil' }, 'url.address'],
    ['{{ config.Url }}x', { config: 'file:///etc/passwd' }, 'url.address'],
    ['{{ config.Url }}x', { config: 'https://a b' }, 'url.address'],
    ['{{ config.Url }}x', { config: 'https://u:p@h/' }, 'url.invalid'],
    ['https://x.example/a/{{ Id }}/b', { Id: '..' }, 'url.path'],
    ['https://x.example/a/{{ Id }}/b', { Id: '%2e%2e' }, 'https://x.example/a/%252e%252e/b'],
    ['https://x.example/{{ Id }}', { Id: 'a\r\nHost: evil' }, 'https://x.example/a%0D%0AHost%3A%20evil'],
    ['gopher://x.example/', {}, 'url.invalid'],
  ])('%s', (template, values, expected) => {
    expect(urlOf(template, values)).toBe(expected);
  });

  test('query pairs go behind what is there, and relative ones behind the base', () => {
    const step: StepInput = {
      method: 'GET',
      url: '/p?a=1',
      query: [
        { name: 'q', value: '{{ Q }}' },
        { name: 'n', value: '1', when: 'Q == 2' },
      ],
    };
    const rendered = render(step, { Q: 'ü&' }, { baseUrl: '{{ config.Url }}' });
    expect(rendered).toMatchObject({ request: { url: 'https://crm.example/api/v2/p?a=1&q=%C3%BC%26' } });
  });
});

describe('headers', () => {
  test('a value never ends its line', () => {
    const headers = [
      { name: 'X-Name', value: '{{ Name }}' },
      { name: 'authorization', value: 'Token {{ config.Key }}' },
    ];
    const auth = { kind: 'basic', username: 'me', password: 'pässword' } as const;
    const rendered = render(
      { method: 'GET', url: 'https://x.example/', headers },
      { Name: 'a\r\nX-Evil: 1\u0000中' },
      { auth },
    );
    expect(rendered).toMatchObject({
      ok: true,
      request: {
        headers: [
          ['authorization', 'Token'],
          ['X-Name', 'a X-Evil: 1 ä¸\u00ad'],
        ],
      },
    });
  });

  test('a name that is none is a fault', () => {
    const headers = [{ name: 'X-{{ Name }}', value: '1' }];
    const rendered = render({ method: 'GET', url: 'https://x.example/', headers }, { Name: 'a: b\r\n' });
    expect(rendered).toMatchObject({ ok: false, fault: { code: 'header.name' } });
  });

  test('no value whatever adds a header or a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (Name) => {
        const headers = [{ name: 'X-Name', value: '{{ Name }}' }];
        const url = 'https://x.example/{{ Name }}?q={{ Name }}';
        const rendered = render({ method: 'GET', url, headers }, { Name });
        if (!rendered.ok) return;
        expect(rendered.request.headers).toHaveLength(1);
        expect(rendered.request.headers[0]?.[1]).toMatch(/^[\u0020-\u007e\u0080-\u00ff]*$/u);
        expect(new URL(rendered.request.url).host).toBe('x.example');
      }),
    );
  });
});

describe('bodies', () => {
  const step = (body: StepInput['body']): StepInput => ({ method: 'POST', url: 'https://x.example/', body });
  const bodyOf = (body: StepInput['body'], values: Record<string, Scalar>): string | null | undefined => {
    const rendered = render(step(body), values);
    return rendered.ok ? rendered.request.body : undefined;
  };

  test('JSON built of parts', () => {
    const of = {
      object: [
        { key: 'name', value: '{{ Name }}' },
        { key: 'age', value: '{{ Age }}', type: 'number' as const },
        { key: 'id', value: '12345678901234567890', type: 'number' as const },
        { key: 'done', value: 'True', type: 'boolean' as const },
        { key: 'kind', value: 'a', when: "Name == 'x'" },
        { key: 'kind', value: 'b', when: "Name != 'x'" },
        { key: '__proto__', value: 'p' },
        {
          key: 'tags',
          array: [{ value: 't' }, { object: [] }, { array: [] }],
        },
      ],
    };
    expect(bodyOf({ kind: 'json', of }, { Name: 'a"\n', Age: '7' })).toBe(
      '{"name":"a\\"\\n","age":7,"id":"12345678901234567890","done":true,"kind":"b","__proto__":"p","tags":["t",{},[]]}',
    );
  });

  test('texts are escaped for what they are', () => {
    const Name = '"</a>&\n';
    const text = (escape: 'json' | 'xml' | 'form', template: string) =>
      bodyOf({ kind: 'text', text: template, escape, contentType: 'text/plain' }, { Name });
    expect(text('json', '{"n":"{{ Name }}"}')).toBe('{"n":"\\"</a>&\\n"}');
    expect(text('xml', '<n>{{ Name }}</n>')).toBe('<n>&#34;&#60;/a&#62;&#38;\n</n>');
    expect(text('form', 'n={{ Name }}')).toBe('n=%22%3C%2Fa%3E%26%0A');
    expect(bodyOf({ kind: 'form', pairs: [{ name: 'n', value: '{{ Name }}' }] }, { Name: 'a&b=c' })).toBe(
      'n=a%26b%3Dc',
    );
  });
});

describe('answers', () => {
  function read(step: Omit<StepInput, 'method' | 'url'>, answer: string, values: Record<string, Scalar> = {}) {
    const connection = connectionWith({ method: 'GET', url: 'https://x.example/', ...step });
    const { find } = connection.steps;
    if (find === undefined) throw new Error('no step');
    const { records, fault } = extract(find, answer, valuesFor(connection, { config: {}, values }));
    return { fault, found: records.map((record) => outputsOf(find, record)) };
  }
  const outputs = [
    { name: 'Id', value: '{{ Id }}' },
    { name: 'Mobile', value: '{{ Mobile }}' },
  ];
  const extraction: StepInput['extract'] = [
    { name: 'Id', path: 'data.people.id' },
    {
      name: 'Mobile',
      path: 'data.people.phones.number',
      where: [{ path: 'data.people.phones.kind', is: 'equals', value: 'mobile' }],
    },
  ];
  const people = {
    data: {
      people: [
        {
          id: 1,
          phones: [
            { kind: 'work', number: '030 1' },
            { kind: 'mobile', number: '0171 2345678' },
          ],
        },
        { id: 2, phones: [{ kind: 'mobile', number: '0171 9999999' }] },
        { id: 3, phones: [] },
      ],
    },
  };

  test('every element of the list that meets the rules is a record', () => {
    const step = {
      records: [{ path: 'data.people.phones.number', is: 'number' as const }],
      extract: extraction,
      outputs,
    };
    expect(read(step, JSON.stringify(people), { Number: '+491712345678' }).found).toEqual([
      { Id: '1', Mobile: '0171 2345678' },
    ]);
    expect(
      read({ ...step, records: [{ path: 'data.people.id', is: 'present' }] }, JSON.stringify(people)).found,
    ).toHaveLength(3);
  });

  test('the whole answer is the record when no rule meets a list', () => {
    const step = {
      records: [{ path: 'person.id', is: 'equals' as const, value: '{{ Id }}' }],
      extract: [
        { name: 'Second', path: 'person.phones.n', nth: 1 },
        { name: 'First', path: 'person.phones.0.n' },
      ],
      outputs: [{ name: 'Both', value: '{{ First }}/{{ Second }}' }],
    };
    const answer = '{"person":{"id":9007199254740993,"phones":[{"n":"a"},{"n":"b"}]}}';
    expect(read(step, answer, { Id: '9007199254740993' }).found).toEqual([{ Both: 'a/b' }]);
    expect(read(step, answer, { Id: '1' }).found).toEqual([]);
  });

  test('XML is walked by local names', () => {
    const step = {
      answer: 'xml' as const,
      records: [{ path: 'list.p.@id', is: 'present' as const }],
      extract: [
        { name: 'Id', path: 'list.p.@id' },
        { name: 'Mobile', path: 'list.p.tel' },
      ],
      outputs,
    };
    const answer = '<s:list xmlns:s="x"><s:p id="1"><tel>5</tel></s:p><s:p id="2"/></s:list>';
    expect(read(step, answer).found).toEqual([
      { Id: '1', Mobile: '5' },
      { Id: '2', Mobile: '' },
    ]);
  });

  test.each<[string, string]>([
    ['no JSON', '<html>'],
    ['too deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['too long', ' '.repeat(6_000_000)],
  ])('%s is a fault', (_, answer) => {
    expect(read({ outputs }, answer)).toMatchObject({ found: [], fault: expect.stringContaining('answer') });
  });

  test('names of object machinery lead nowhere', () => {
    expect(() =>
      connectionWith({ method: 'GET', url: 'https://x.example/', extract: [{ name: 'A', path: '__proto__.a' }] }),
    ).toThrow('may not stand');
    expect(read({ extract: [{ name: 'Id', path: 'a.b' }], outputs }, '{"__proto__":{"a":{"b":1}}}').found).toEqual([
      { Id: '', Mobile: '' },
    ]);
  });
});

describe('numbers', () => {
  test.each<[string, RestConnection['number'], string]>([
    ['+49 30 123', { prefix: 'asIs', maxDigits: null }, '+49 30 123'],
    ['+4930123', { prefix: 'off', maxDigits: null }, '4930123'],
    ['004930123', { prefix: 'plus', maxDigits: null }, '+4930123'],
    ['+4930123', { prefix: 'zeros', maxDigits: null }, '004930123'],
    ['030123', { prefix: 'plus', maxDigits: null }, '030123'],
    ['+123456789', { prefix: 'asIs', maxDigits: 6 }, '456789'],
  ])('%s', (raw, rule, expected) => {
    expect(spellCaller(raw, rule)).toBe(expected);
  });

  test('are the same when one ends the other', () => {
    expect([
      isSameNumber('+49 171 2345678', '0171/2345678'),
      isSameNumber('12', '12'),
      isSameNumber('5512', '12'),
    ]).toEqual([true, true, false]);
    expect([isSameNumber('', ''), isSameNumber('abc', '')]).toEqual([false, false]);
  });
});

describe('the draft', () => {
  test('a chain that comes back and a step that is missing are refused', () => {
    const step = { method: 'GET', url: 'https://x.example/' } as const;
    expect(() => connectionWith({ ...step, next: 'find' })).toThrow('comes back');
    expect(() => connectionWith({ ...step, next: 'gone' })).toThrow('no step');
  });

  test('a template that cannot be read is refused with its place', () => {
    expect(() => connectionWith({ method: 'GET', url: 'https://x.example/{{ a | b }}' })).toThrow('no filter');
  });
});
