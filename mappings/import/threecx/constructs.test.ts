import { describe, expect, test } from 'vitest';
import { ImportRefusal } from '../findings.ts';
import { importTemplate } from '../import-template.ts';
import { dictionaryFaults, importFixture } from '../testing/fixture.ts';
import { simulate } from '../testing/simulate.ts';

const fixtures = ['3cx-larkspur', '3cx-juniper', '3cx-sorrel', '3cx-tansy', '3cx-yarrow', '3cx-minimal'];

test.each(fixtures)('the dictionaries of %s are clean and pass their tests', (name) => {
  expect(dictionaryFaults(importFixture(`${name}.xml`))).toEqual([]);
});

describe('basic authentication, forms and XML', () => {
  const { connection, findings } = importFixture('3cx-juniper.xml');
  const config = { User: 'ann', Password: 'p:w' };

  test('the caller is found by any of several numbers', () => {
    const answer =
      '<result><person id="4"><name>Ann Bo</name><work>030 9876543</work><cell>0171 2345678</cell></person></result>';
    const found = simulate(connection, 'findByNumber', { config, values: { Number: '+49171 2345678' } }, () => answer);
    expect(found.requests).toEqual([
      {
        method: 'POST',
        url: 'https://desk.juniper.example/api/resolve',
        headers: [
          ['Authorization', `Basic ${Buffer.from('ann/api:p:w').toString('base64')}`],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ],
        body: 'caller=%2B49171+2345678&last4=%2B491712345678',
      },
    ]);
    expect(found.records).toMatchObject([{ ContactID: '4', PhoneBusiness: '030 9876543', Nickname: 'Ann' }]);
    expect(connection.record).toEqual({ id: 'ContactID', kind: null, url: null });
  });

  test('a second kind of record is asked for only when the first was not found', () => {
    const firm = simulate(connection, 'findByNumber', { config, values: { Number: '+49171 2345678' } }, ({ method }) =>
      method === 'POST' ? '<result/>' : '{"firms": [{"id": 9}]}',
    );
    expect(firm.records).toEqual([{ ContactID: '9' }]);
    expect(connection.operations.findByNumber).toMatchObject({
      first: ['LookupByNumber', 'LookupByNumber_2'],
      run: 'all',
    });
  });

  test('every search runs, one journaling step for each kind of call', () => {
    const people = JSON.stringify({
      people: [
        { id: 1, name: 'A' },
        { id: 2, name: 'B' },
      ],
    });
    expect(
      simulate(connection, 'search', { config, values: { SearchText: 'a b' } }, () => people).records,
    ).toHaveLength(4);
    const call = (CallType: string) =>
      simulate(
        connection,
        'reportCall',
        { config, values: { CallType, Agent: '7', CallStartTimeUTC: '2026-03-01T09:30:00Z' } },
        () => '',
      );
    expect(call('Inbound').requests.map(({ body }) => body)).toEqual(['key=202603010930007&mode=in&at=']);
    expect(call('Missed').requests.map(({ body }) => body)).toEqual(['key=202603010930007&mode=missed']);
    expect(call('Outbound').requests).toEqual([]);
  });

  test('what changed is named', () => {
    expect(findings.map(({ code, kind }) => `${kind} ${code}`)).toEqual([
      'changed number.maxLength',
      'changed expression.format',
    ]);
    expect(connection.number).toEqual({ prefix: 'plus', maxDigits: null });
    expect(connection.maxConcurrentRequests).toBe(64);
  });
});

describe('signing in by a scenario, envelopes and messages', () => {
  const { connection, findings } = importFixture('3cx-sorrel.xml');
  const config = { Base: 'https://sorrel.example/', Db: 'main', Key: 'k"1' };

  test('the token travels in every request, and the message is JSON whatever the number says', () => {
    const answers = ['{"result": 12}', '{"result": [{"id": 5, "name": "Ö"}]}'];
    const found = simulate(
      connection,
      'findByNumber',
      { config, values: { Number: '1"}' } },
      () => answers.shift() ?? '{}',
    );
    expect(found.requests.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
      { args: ['main', 'k"1', {}] },
      { method: 'find', uid: 12, domain: [['phone', 'like', '1"}']] },
    ]);
    expect(found.requests[1]?.headers).toContainEqual(['X-Auth-Uid', '12']);
    expect(found.records).toEqual([{ EntityId: '5', LastName: 'Ö', ContactUrl: 'https://sorrel.example//partner/5' }]);
  });

  test('chats are journaled', () => {
    const values = { ChatMessages: 'Hi\n"you"', ChatEndTimeUTC: '2026-03-01T09:30:00Z' };
    const sent = simulate(connection, 'reportChat', { config, values }, () => '{"result":1}').requests.at(-1);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ text: 'Hi\n"you"', end: '2026-03-01T09:30:00' });
  });

  test('a chain that comes back ends before it does, and lost scenarios are named', () => {
    expect(connection.steps['Loop']?.next).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual([
      'variable.noSource',
      'variable.noSource',
      'scenario.cycle',
      'scenario.missing',
      'scenario.unsupported',
      'scenario.unreachable',
    ]);
  });
});

describe('OAuth2 and parameters', () => {
  const { connection, findings } = importFixture('3cx-tansy.xml');

  test('the grant is read out of the parameter and its scenario', () => {
    expect(connection.auth).toEqual({
      kind: 'oauth2',
      grant: 'authorizationCode',
      authorizeUrl: 'https://login.tansy.example/authorize',
      tokenUrl: 'https://login.tansy.example/token',
      clientId: '{{ config.ClientId }}',
      clientSecret: '{{ config.ClientSecret }}',
      scope: 'contacts calls',
    });
    expect(Object.keys(connection.steps)).not.toContain('GetToken');
  });

  test('a sign-in that only refreshes is OAuth2; one that does more keeps its steps and says so', () => {
    const refresh = (next: string) => `<Crm Name="x"><Parameters><Parameter Name="Refresh" Type="OAuth"
        RequestUrl="https://x.example/authorize" RequestUrlParameters="client_id=[Client]" ResponseScenario="Code" /><Parameter Name="Client" Type="String" /></Parameters>
      <Authentication Type="Scenario"><Value>Auth</Value></Authentication><Scenarios>
      <Scenario Id="Auth"><Request Url="https://x.example/token" RequestType="Post"><PostValues><Value Key="grant_type">refresh_token</Value>
        <Value Key="refresh_token">[Refresh]</Value></PostValues></Request><Variables><Variable Name="Token" Path="access_token" /></Variables>
        <Outputs Next="${next}"><Output Type="HeaderValue" Value="Bearer [Token]" /></Outputs></Scenario>
      <Scenario Id="Code"><Request Url="https://x.example/token" RequestType="Post" /></Scenario>
      <Scenario Id="LogIn"><Request Url="https://x.example/login" /></Scenario>
      <Scenario><Request Url="https://x.example/find?n=[Number]" /></Scenario></Scenarios></Crm>`;
    const plain = importTemplate(Buffer.from(refresh('')));
    expect(plain.connection.auth).toMatchObject({ kind: 'oauth2', clientId: '{{ config.Client }}' });
    expect(plain.connection.parameters.map(({ name }) => name)).toEqual(['Client']);
    expect(plain.findings.map(({ what }) => what)).toEqual(['LogIn']);
    const more = importTemplate(Buffer.from(refresh('LogIn')));
    expect(more.findings.map(({ code }) => code)).toEqual(['auth.consent']);
    const config = { Refresh: 'r', Client: 'c' };
    const { requests } = simulate(
      more.connection,
      'findByNumber',
      { config, values: { Number: '1' } },
      () => '{"access_token": "t"}',
    );
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/token', '/login', '/find']);
    expect(requests.at(-1)?.headers).toEqual([['Authorization', 'Bearer t']]);
  });

  test('types, and what of them is not carried', () => {
    expect(connection.parameters.map(({ name, type, default: otherwise }) => [name, type, otherwise])).toEqual([
      ['ClientId', 'text', null],
      ['ClientSecret', 'secret', null],
      ['Limit', 'integer', 20],
      ['Weight', 'number', 0.5],
      ['Since', 'datetime', '2024-01-01'],
      ['Owner', 'text', null],
      ['Code', 'text', null],
      ['Shape', 'text', null],
    ]);
    expect(findings.map(({ code }) => code).toSorted()).toEqual([
      'parameter.default',
      'parameter.dynamicList',
      'parameter.type',
      'parameter.validation',
      'scenario.unsupported',
    ]);
    expect(connection.operations.createContact?.first).toEqual(['CreateContactRecordFromClient']);
  });
});

describe('a template full of mistakes', () => {
  const { connection, findings } = importFixture('3cx-yarrow.xml');

  test('keeps what can be kept', () => {
    expect(Object.keys(connection.operations)).toEqual(['findByNumber', 'reportCall']);
    expect(connection.steps['LookupByNumber']?.headers.map(({ name }) => name)).toEqual([
      'X-Format',
      'X-Short',
      'X-Again',
    ]);
  });

  test('a condition that cannot be read never lets a write through', () => {
    expect(connection.steps['ReportCall']?.skipIf).toBe('true');
  });

  test('names every mistake with its place, its reason and what to do', () => {
    expect(new Set(findings.map(({ code }) => code))).toEqual(
      new Set([
        'element.unknown',
        'parameter.name',
        'auth.unsupported',
        'expression.variable',
        'request.method',
        'expression.function',
        'expression.unreadable',
        'expression.format',
        'expression.tooInvolved',
        'request.responseType',
        'rule.type',
        'path.unsupported',
        'attribute.unknown',
        'variable.name',
        'scenario.database',
        'output.clash',
      ]),
    );
    for (const finding of findings) {
      expect(finding.why).toMatch(/\.$/);
      expect(finding.mend).toMatch(/[.}]$/);
      expect(finding.where.path).not.toBe('');
    }
  });
});

test('names in any script', () => {
  const { connection } = importFixture('3cx-minimal.xml');
  const found = simulate(connection, 'findByNumber', { values: { Number: '1' } }, () => '{"姓名": "王"}');
  expect(found.records).toEqual([{ LastName: '王' }]);
  expect(found.requests[0]?.url).toBe('https://crm.example/查?tel=1');
  expect(connection.id).toBe('crm');
});

describe('hostile templates', () => {
  const template = (inner: string): Buffer => Buffer.from(`<Crm Name="x">${inner}</Crm>`);
  const lookup = (url: string, more = ''): Buffer =>
    template(`<Scenarios><Scenario><Request Url="${url}" ${more}/></Scenario></Scenarios>`);

  test.each<[string, string]>([
    ['IIf in IIf', `${'[IIf([a]==1,'.repeat(10_000)}x${',y)]'.repeat(10_000)}`],
    ['brackets in brackets', `${'['.repeat(10_000)}a${']'.repeat(10_000)}`],
    ['methods on methods', `[[a]${'.Trim()'.repeat(2000)}]`],
    ['conditions that double', `${'[IIf([IIf([a]==1,True,False)]==True,'.repeat(30)}x${',y)]'.repeat(30)}`],
  ])('%s is named, not run', (_, expression) => {
    const { findings } = importTemplate(lookup('https://x.example/', `SkipIf="${expression}==1"`));
    expect(findings.map(({ code }) => code)).toEqual([
      expect.stringMatching(/^expression\.(?:unreadable|tooInvolved)$/),
    ]);
  });

  test('a template without anything to run is refused', () => {
    for (const bytes of [template(''), template('<Scenarios/>'), lookup('')]) {
      expect(() => importTemplate(bytes)).toThrow(ImportRefusal);
    }
  });

  test('more parameters than a connection can hold are refused', () => {
    const many = Array.from({ length: 400 }, (_, index) => `<Parameter Name="P${index}" Type="String"/>`).join('');
    const scenario = '<Scenarios><Scenario><Request Url="https://x.example/"/></Scenario></Scenarios>';
    expect(() => importTemplate(template(`<Parameters>${many}</Parameters>${scenario}`))).toThrow(
      'beyond what a connection can hold',
    );
  });

  test('line breaks in headers, keys and addresses stay where they are', () => {
    const headers =
      '<Headers><Value Key="X-A">[Name]&#13;&#10;X-Evil: 1</Value><Value Key="X&#10;B">1</Value></Headers>';
    const make = (inner: string) =>
      importTemplate(
        template(
          `<Scenarios><Scenario><Request Url="https://x.example/?q=[Name]">${inner}</Request></Scenario></Scenarios>`,
        ),
      );
    const values = { Name: 'n\r\nX-More: 2' };
    const faulty = simulate(make(headers).connection, 'findByNumber', { values }, () => '{}');
    expect(faulty).toMatchObject({ requests: [], faults: ['header.name'] });
    const [sent] = simulate(
      make('<Headers><Value Key="X-A">[Name]</Value></Headers>').connection,
      'findByNumber',
      { values },
      () => '{}',
    ).requests;
    expect(sent).toMatchObject({ url: 'https://x.example/?q=n%0D%0AX-More%3A%202', headers: [['X-A', 'n X-More: 2']] });
  });

  test('what a caller says is never read as an expression', () => {
    const values = { Number: '{{ config.Secret }}[Secret]', Secret: 's' };
    const { connection } = importTemplate(lookup('https://x.example/?n=[[Number]]'));
    const [sent] = simulate(connection, 'findByNumber', { values }, () => '{}').requests;
    expect(decodeURIComponent(sent?.url ?? '')).toBe('https://x.example/?n={{ config.Secret }}[Secret]');
  });
});
